"""What stands behind a command."""

from telegram import Message


def rest_of(message: Message) -> str:
    """Return what stands behind the command, of a text or a caption, with its own line breaks."""
    words = (message.text or message.caption or "").split(maxsplit=1)
    return words[1] if len(words) > 1 else ""
