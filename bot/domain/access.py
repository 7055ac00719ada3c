"""Who may do what: roles in ascending order of power."""

from enum import StrEnum


class Role(StrEnum):
    """Each role may do all that the ones before it may."""

    VIEWER = "viewer"
    OPERATOR = "operator"
    OWNER = "owner"

    def may(self, needed: "Role") -> bool:
        """Return whether this role reaches the needed one."""
        order = tuple(Role)
        return order.index(self) >= order.index(needed)
