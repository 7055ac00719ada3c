"""
A picture for an MMS: any photo becomes a PNG that fits beside subject and text.

The provider takes PNG alone, and 300 KB for the whole message (section 1.1). PNG was not made for photos, so something
must go: pixels or colours. The rule, measured on photos, screenshots and scans at the width of a phone:

1. All colours, if that needs no fewer than three quarters of the wanted pixels a side.
2. Else 256 colours, dithered, at the largest step that fits. Fewer colours never looked better than fewer pixels, and
   all colours at the same weight have half the side: a photo gets 800 × 600 where it would have got 480 × 360.
"""

import asyncio
import math
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

__all__ = ["Fitted", "Refused", "fit", "fit_in_thread"]

_LARGEST_FILE = 20 * 1024 * 1024
_MAX_PIXELS = 50_000_000
_MAX_PIXELS_WEBP = 16_000_000
"""Its reader holds four full copies: 36 bytes of 49 megapixels took 720 MB."""
_MAX_PASSES = 1_000_000_000
"""Pixels times passes over them: a progressive JPEG takes ten, but a hostile one may ask for thousands."""
_PASS = re.compile(rb"\xff\xda\x00(?:\x08\x01|\x0a\x02|\x0c\x03|\x0e\x04)")
_MAX_PROFILES = 16
"""A PNG has one, but its reader unpacks each it meets: 20 MB of them took 44 seconds."""
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP")
_WANTED = 1280
_STEPS = (1152, 1024, 896, 800, 720, 640, 560, 480, 400, 320, 240, 160)
_ALL_COLOURS_FROM = 0.75
_COLOURS = 256
_SQUEEZE = 1.07
_BAND = 64
_SIDEWAYS = range(5, 9)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A PNG without metadata, its size in pixels, and that of the picture it was made of, as a viewer would turn it."""

    png: bytes
    width: int
    height: int
    original: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Refused:
    """
    Why there is no picture.

    Broken: unreadable, cut off, beyond 20 MB or 50 megapixels (WebP: 16). Does not fit: not even 160 pixels would.
    """

    why: Literal["broken", "does_not_fit"]


@dataclass(frozen=True, slots=True)
class _Master:
    # Every size is made from this one, not from the size before: what is resampled twice is blurred twice.
    image: "Image"
    original: tuple[int, int]


async def fit_in_thread(data: bytes, room: int) -> Fitted | Refused:
    """Fit without stopping the loop; an honest picture takes a second and 300 MB at worst, so let one run at a time."""
    return await asyncio.to_thread(fit, data, room)


def fit(data: bytes, room: int) -> Fitted | Refused:
    """
    Turn a JPEG, PNG, GIF, WebP (of the last two the first frame) or BMP into a PNG of at most `room` bytes.

    Turned upright, in sRGB, transparent parts on white, never enlarged, the longer side at most 1280 pixels.
    """
    if len(data) > _LARGEST_FILE or data.count(b"iCCP") > _MAX_PROFILES:
        return Refused("broken")
    try:
        master = _decode(data)
    except Exception:  # noqa: BLE001 - a damaged file makes Pillow's readers raise nearly anything
        return Refused("broken")
    wanted = min(_WANTED, max(master.original))
    least = math.ceil(wanted * _ALL_COLOURS_FROM)
    return (
        _largest(master, room, _all_colours, [side for side in _sides(wanted) if side >= least])
        or _largest(master, room, _dithered, list(_sides(wanted)))
        or Refused("does_not_fit")
    )


def _sides(wanted: int) -> Iterator[int]:
    yield wanted
    yield from (step for step in _STEPS if step < wanted)


def _largest(master: _Master, room: int, encode: Callable[["Image", int], bytes], sides: list[int]) -> Fitted | None:
    """Return the first that fits; bytes shrink no faster than the area, so sizes without hope are not tried."""
    while sides:
        side = sides[0]
        width, height = _box(master.original, side)
        png = encode(_resized(master.image, width, height), room)
        if len(png) <= room:
            return Fitted(png, width, height, master.original)
        hope = side * math.sqrt(max(room, 0) / len(png)) * 1.05
        sides = [smaller for smaller in sides[1:] if smaller <= hope]
    return None


def _box(original: tuple[int, int], side: int) -> tuple[int, int]:
    longest = max(original)
    width, height = (max(1, round(length * side / longest)) for length in original)
    return width, height


def _resized(image: "Image", width: int, height: int) -> "Image":
    from PIL.Image import Resampling

    return image if image.size == (width, height) else image.resize((width, height), Resampling.LANCZOS)


def _all_colours(image: "Image", room: int) -> bytes:
    """Encode without loss, as greys or a palette where that holds every colour."""
    from PIL import ImageChops
    from PIL.Image import Quantize

    red, green, blue = image.split()
    if not any(ImageChops.difference(red, other).getbbox() for other in (green, blue)):
        return _png(red, room)
    if image.getcolors(_COLOURS):
        return _png(image.quantize(_COLOURS, Quantize.MEDIANCUT), room)
    return _png(image, room)


def _dithered(image: "Image", room: int) -> bytes:
    """Encode in 256 colours: an octree's reach to the corners of what the photo holds, so dithering finds every hue."""
    from PIL.Image import Dither, Quantize

    palette = image.quantize(_COLOURS, Quantize.FASTOCTREE)
    return _png(image.quantize(palette=palette, dither=Dither.FLOYDSTEINBERG), room)


def _png(image: "Image", room: int) -> bytes:
    """Compress; the hardest level takes ten times as long for a few per cent, so only where those decide."""
    png = _compressed(image, 6)
    return _compressed(image, 9) if room < len(png) <= room * _SQUEEZE else png


def _compressed(image: "Image", level: int) -> bytes:
    out = BytesIO()
    image.save(out, "PNG", compress_level=level)
    return out.getvalue()


def _decode(data: bytes) -> _Master:
    """Read the header, refuse what would explode, and only then read the pixels."""
    from PIL import Image

    with Image.open(BytesIO(data), formats=_FORMATS) as file:
        pixels = file.width * file.height
        most = _MAX_PIXELS_WEBP if file.format == "WEBP" else _MAX_PIXELS
        if pixels > most or pixels * len(_PASS.findall(data)) > _MAX_PASSES:
            raise Image.DecompressionBombError
        original = file.size
        # A JPEG can be read at a half, a quarter or an eighth, as long as that is no smaller than wanted.
        file.draft(None, _box(original, min(_WANTED, max(original))))
        file.load()
        image = _coloured(_reduced(file), file.info.get("icc_profile"))
        image.info = file.info
    return _upright(image, original)


def _reduced(file: "ImageFile") -> "Image":
    """Bring it near its largest size by whole divisors, band by band: a second full copy would cost 200 MB."""
    from PIL import Image

    divisor = max(1, max(file.size) // (2 * _WANTED))
    if divisor == 1:
        return _opaque(file)
    width, height = (math.ceil(length / divisor) for length in file.size)
    image = Image.new("CMYK" if file.mode == "CMYK" else "RGB", (width, height))
    for top in range(0, height, _BAND):
        bottom = min(file.height, (top + _BAND) * divisor)
        band = file.crop((0, top * divisor, file.width, bottom))
        image.paste(_opaque(band).reduce(divisor), (0, top))
    return image


def _opaque(image: "Image") -> "Image":
    """Return it in RGB (CMYK waits for its profile), whatever was transparent on white, as the chat shows it."""
    from PIL import Image

    if image.mode == "CMYK":
        return image
    if image.mode.startswith("I;16"):
        # Pillow would cut 16 bits off at 255 instead of scaling them.
        image = image.point(lambda grey: grey / 257 + 0.5).convert("L")
    if image.has_transparency_data:
        colours = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", image.size, "white"), colours).convert("RGB")
    return image.convert("RGB")


def _coloured(image: "Image", profile: bytes | None) -> "Image":
    """Return it in sRGB: the PNG carries no profile, and phones of today photograph in wider colours."""
    from PIL import ImageCms

    if profile:
        # Profiles of greys, and broken ones, are no reason to refuse the picture.
        with suppress(ImageCms.PyCMSError, OSError):
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            screen = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(image, source, screen, outputMode="RGB") or image.convert("RGB")
    return image.convert("RGB")


def _upright(image: "Image", original: tuple[int, int]) -> _Master:
    """Turn it as its notes say, then drop them: Pillow would write them into the PNG."""
    from PIL.ExifTags import Base
    from PIL.ImageOps import exif_transpose

    sideways = False
    # Damaged notes raise nearly anything, too; the photo is worth showing without them.
    with suppress(Exception):
        sideways = image.getexif().get(Base.Orientation) in _SIDEWAYS
        image = exif_transpose(image)
    image.info = {}
    return _Master(image, original[::-1] if sideways else original)
