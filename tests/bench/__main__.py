"""Run every benchmark, or those named: `python -m tests.bench [client_speed …]`."""

import importlib
import sys

BENCHMARKS = ("client_speed", "import_verdict", "help_beside_import", "history_paging")


def main() -> None:
    for name in sys.argv[1:] or BENCHMARKS:
        sys.stdout.write(f"{name}\n{importlib.import_module(f'tests.bench.{name}').run()}\n")


if __name__ == "__main__":
    main()
