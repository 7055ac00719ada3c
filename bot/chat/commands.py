"""The commands, in the order they are shown and registered."""

from dataclasses import dataclass
from typing import Final

from bot.domain.access import Role

__all__ = ["COMMANDS", "Command", "allowed"]


@dataclass(frozen=True, slots=True)
class Command:
    """A command and the least role that may give it."""

    name: str
    role: Role

    @property
    def about(self) -> str:
        """Return the key of its description."""
        return f"help-cmd-{self.name.replace('_', '-')}"


COMMANDS: Final = (
    Command("send", Role.OPERATOR),
    Command("mms", Role.OPERATOR),
    Command("multicast", Role.OPERATOR),
    Command("multicasts", Role.VIEWER),
    Command("status", Role.VIEWER),
    Command("bases", Role.VIEWER),
    Command("history", Role.VIEWER),
    Command("balance", Role.VIEWER),
    Command("alerts", Role.VIEWER),
    Command("settings", Role.VIEWER),
    Command("language", Role.VIEWER),
    Command("admins", Role.OWNER),
    Command("audit", Role.OWNER),
    Command("stop_all", Role.OPERATOR),
    Command("resume_all", Role.OWNER),
    Command("cancel", Role.VIEWER),
    Command("help", Role.VIEWER),
)


def allowed(role: Role) -> tuple[Command, ...]:
    """Return the commands that a role may give, in order."""
    return tuple(command for command in COMMANDS if role.may(command.role))
