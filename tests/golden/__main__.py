"""`python -m tests.golden` prints every card in both languages; `--write` renews the golden files."""

import argparse
import sys

from bot.chat.texts import LANGUAGES
from tests.golden.examples import cards
from tests.golden.notation import FOLDER, path_of


def main() -> None:
    """Print or write."""
    parser = argparse.ArgumentParser(prog="python -m tests.golden", description=__doc__)
    parser.add_argument("--write", action="store_true", help="renew the golden files and remove orphans")
    write = parser.parse_args().write
    for language in LANGUAGES:
        for name, text in cards(language).items():
            if write:
                path = path_of(language, name)
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8")
            else:
                sys.stdout.write(f"═══ {language}/{name}\n{text}\n")
        if write:
            for orphan in {path.stem for path in (FOLDER / language).glob("*.txt")} - set(cards(language)):
                path_of(language, orphan).unlink()


main()
