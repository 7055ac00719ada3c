"""The account's credentials: they leave in bodies alone, and what comes back is cleaned of them."""

import hashlib
import html
import re
from urllib.parse import quote_plus

__all__ = ["Login"]

_EXCERPT = 200
_SEARCHED = 20_000  # far more than 200 characters can be left of, however much is struck out


class Login:
    """A user and a password that show in no `repr`."""

    def __init__(self, user: str, password: str) -> None:
        self.user = user
        self.password = password
        self._pattern = _pattern(user, password, self.password_md5)

    def __repr__(self) -> str:
        return "Login(***)"

    @property
    def password_md5(self) -> str:
        """The password as MMS calls want it (MMS section 1.1)."""
        return hashlib.md5(self.password.encode(), usedforsecurity=False).hexdigest()

    def redact(self, text: str) -> str:
        """Cut `text` to its first 200 characters, with the credentials and their echoed forms struck out."""
        return self._pattern.sub("***", text.strip()[:_SEARCHED])[:_EXCERPT]


def _pattern(user: str, password: str, password_md5: str) -> re.Pattern[str]:
    # A user name may be an everyday word: it is struck out only where it stands alone.
    users = rf"(?<!\w)(?:{_alternatives(user)})(?!\w)"
    return re.compile(f"{_alternatives(password, password_md5)}|{users}", re.IGNORECASE)


def _alternatives(*secrets: str) -> str:
    forms = {form for secret in secrets if secret for form in _forms(secret)}
    # The longest first: a short form may begin a longer one. Without secrets nothing matches.
    return "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True)) or r"(?!)"


def _forms(secret: str) -> set[str]:
    quoted = {quote_plus(secret, encoding=charset, errors="replace") for charset in ("cp1251", "utf-8")}
    return {secret, html.escape(secret), *quoted}
