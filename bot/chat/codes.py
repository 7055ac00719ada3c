"""Pictures that a phone's camera reads."""

from io import BytesIO

import segno

from bot.domain.bases import BaseFile

__all__ = ["picture"]


def picture(file: BaseFile, language: str) -> BaseFile:  # noqa: ARG001 - a link has no language
    """Turn a file that holds a link into its QR picture, wide enough to be read off another screen."""
    drawn = BytesIO()
    segno.make(file.data.decode(), error="m", micro=False).save(drawn, kind="png", scale=12, border=4)
    return BaseFile(file.name, "image/png", drawn.getvalue())
