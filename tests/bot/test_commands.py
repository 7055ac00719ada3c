"""The commands that are routed are those that are listed, for the same roles."""

from bot.chat import commands, routes


def test_every_command_that_is_routed_is_listed_once_for_the_same_role() -> None:
    """All but /start, which nobody types."""
    routed = [(name, role) for name, role, _ in routes.COMMANDS if name != "start"]
    listed = [(command.name, command.role) for command in commands.COMMANDS]
    assert sorted(listed) == sorted(routed)
    assert len({name for name, _ in listed}) == len(listed)
