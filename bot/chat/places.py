"""Where an update comes from."""

from telegram import Message, Update

from bot.domain.models import Place


def place_of(message: Message) -> Place:
    """Return the chat and, in a forum, the topic."""
    thread = message.message_thread_id if message.is_topic_message else None
    return Place(message.chat.id, thread or 0)


def place(update: Update) -> Place:
    """Return the place of an update that has a message; raise ValueError where it has none."""
    message = update.effective_message
    if not isinstance(message, Message):
        if update.effective_chat is None:
            raise ValueError("this update comes from nowhere")
        return Place(update.effective_chat.id)
    return place_of(message)


def rest_of(message: Message) -> str:
    """Return what stands behind the command, with its own line breaks."""
    words = (message.text or "").split(maxsplit=1)
    return words[1] if len(words) > 1 else ""
