"""How a golden file writes a view: the text, a line, then each row as `[label|verb argument]`."""

from pathlib import Path

from bot.chat.view import Button, View

FOLDER = Path(__file__).parent
RULE = "────"


def written(view: View) -> str:
    """Write a view as its golden file holds it."""
    rows = [" ".join(_button(button) for button in row) for row in view.rows]
    keyboard = [] if view.contact is None else [f"contact: {view.contact or 'taken away'}"]
    keyboard += [] if view.placeholder is None else [f"reply: {view.placeholder}"]
    below = [RULE, *rows, *keyboard] if rows or keyboard else []
    return "\n".join([view.text, *below]) + "\n"


def path_of(language: str, name: str) -> Path:
    """Return where a golden card lives."""
    return FOLDER / language / f"{name}.txt"


def _button(button: Button) -> str:
    return f"[{button.label}|{' '.join(filter(None, (button.verb, button.arg)))}]"
