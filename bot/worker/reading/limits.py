"""How much one document may take."""

import resource
from dataclasses import dataclass
from typing import Final

_MIB: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What breaks one of them is `too_large`, or `too_long` where it is one of time."""

    document: int = 20 * _MIB
    """Bytes as they came: Telegram hands out no more."""
    unpacked: int = 512 * _MIB
    """Bytes of all parts of a workbook, by its own directory."""
    memory: int = 1024 * _MIB
    """Bytes of address space of the process that reads."""
    rows: int = 2_000_000
    cpu: int = 60
    """Seconds."""
    seconds: float = 120.0
    """Waiting for pieces; the time their user takes for them does not count."""

    def impose(self) -> None:
        """Hold this very process to them, for good: beyond its CPU time it gets SIGXCPU, beyond its memory MemoryError."""
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (self.cpu, self.cpu + 1))
        resource.setrlimit(resource.RLIMIT_AS, (self.memory, self.memory))
