"""What of the talk in a group is meant for the bot."""

from telegram import Message

from bot.chat.context import Context


async def meant(message: Message, context: Context) -> bool:
    """Say whether a message may answer something; in a group what answers a colleague does not, nor what another is asked for."""
    answered = message.reply_to_message
    # In a topic whatever answers nothing answers the topic's first message.
    if context.place.chat > 0 or answered is None or answered.message_id == message.message_thread_id:
        return True
    if answered.from_user is None or answered.from_user.id != context.bot.id:
        return False
    services, admin = context.services, context.admin
    author = await services.prompts.author(context.place.chat, answered.message_id)
    if author is None or author == admin.user_id:
        return True
    whose = await services.people.load(author)
    args = {"name": whose.name if whose else str(author)}
    await services.cards.notify("not_the_author", args, context.place, admin.user_id, move="silent")
    return False
