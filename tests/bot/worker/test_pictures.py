"""Whatever is sent as a picture becomes a PNG that fits and looks right, or a clear refusal."""

import asyncio
import random
import re
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageStat

from bot.worker.pictures import Fitted, Refused, fit, fit_in_thread

# Pillow warns of damaged files; in the bot a warning is no error, so it is none here.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning", "ignore:Image size:RuntimeWarning")

ROOM = 300 * 1024


def saved(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def fitted(data: bytes, room: int = ROOM) -> Fitted:
    result = fit(data, room)
    assert isinstance(result, Fitted)
    return result


def shown(data: bytes, room: int = ROOM) -> Image.Image:
    image = Image.open(BytesIO(fitted(data, room).png), formats=["PNG"])
    image.load()
    return image


def noise(width: int, height: int, mode: str = "RGB", seed: int = 1) -> Image.Image:
    """Make the worst case for PNG: nothing repeats."""
    size = width * height * len(mode)
    return Image.frombytes(mode, (width, height), random.Random(seed).randbytes(size))


def photo(width: int, height: int, *, grain: float = 0.05, finest: int = 256) -> Image.Image:
    """Make what a camera does: forms of every size, and a little grain."""
    image = Image.new("RGB", (width, height), "#806040")
    for detail in (4, 16, 64, finest):
        layer = noise(detail, max(1, detail * height // width), seed=detail)
        image = Image.blend(image, layer.resize((width, height), Image.Resampling.BICUBIC), 0.4)
    return Image.blend(image, noise(width, height), grain)


def screenshot(width: int, height: int) -> Image.Image:
    image = Image.new("RGB", (width, height), "#e8ecf2")
    draw = ImageDraw.Draw(image)
    for top in range(20, height - 60, 90):
        draw.rounded_rectangle((20, top, max(20, width - 40), top + 70), 16, fill="white")
        draw.text((40, top + 20), f"Order {top} is ready, 500 roubles", fill="#2a7de1", font_size=28)
    return image


def gradient(width: int, height: int) -> Image.Image:
    """Make a sunset: smooth, and more than 256 colours."""
    down = Image.linear_gradient("L").resize((width, height), Image.Resampling.BICUBIC)
    return Image.merge("RGB", (down, down.rotate(180), Image.new("L", (width, height), 90)))


KINDS: dict[str, Callable[[int, int], Image.Image]] = {
    "noise": noise,
    "photo": photo,
    "screenshot": screenshot,
    "gradient": gradient,
}


@settings(deadline=None)
@given(
    kind=st.sampled_from(sorted(KINDS)),
    width=st.integers(1, 400),
    height=st.integers(1, 400),
    room=st.integers(0, 100_000),
)
def test_a_fitted_picture_keeps_room_shape_and_size(kind: str, width: int, height: int, room: int) -> None:
    """It is a PNG within the room, never enlarged, its aspect right to a pixel, and the same every time."""
    data = saved(KINDS[kind](width, height))
    result = fit(data, room)
    assert fit(data, room) == result
    if isinstance(result, Refused):
        assert result.why == "does_not_fit"
        return
    image = Image.open(BytesIO(result.png), formats=["PNG"])
    image.load()
    assert image.size == (result.width, result.height)
    assert len(result.png) <= room
    assert result.original == (width, height)
    assert result.width <= width
    assert result.height <= height
    scale = max(image.size) / max(width, height)
    assert abs(width * scale - result.width) < 1
    assert abs(height * scale - result.height) < 1


@settings(deadline=None)
@given(
    data=st.binary(max_size=300), start=st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"BM"])
)
def test_no_bytes_raise(start: bytes, data: bytes) -> None:
    assert isinstance(fit(start + data, ROOM), Refused | Fitted)


@settings(deadline=None)
@given(st.data())
def test_a_damaged_picture_raises_nothing(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["JPEG", "PNG", "GIF", "WEBP", "BMP"]))
    content = bytearray(saved(photo(40, 30), kind))
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    assert isinstance(fit(bytes(content), ROOM), Refused | Fitted)


# What is kept and what is given up


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB"])
def test_a_small_picture_of_few_colours_stays_as_it_is(mode: str) -> None:
    image = screenshot(640, 400).quantize(200).convert("RGB").convert(mode)
    assert shown(saved(image)).convert("RGB").tobytes() == image.convert("RGB").tobytes()


def test_a_screenshot_keeps_every_colour_at_full_size() -> None:
    image = screenshot(900, 1200)
    assert shown(saved(image)).convert("RGB").tobytes() == image.tobytes()


def test_a_large_smooth_picture_is_wanted_at_1280_in_all_colours() -> None:
    image = shown(saved(gradient(2560, 1440)))
    assert (image.size, image.mode) == ((1280, 720), "RGB")


@pytest.fixture(scope="module")
def snapshot() -> Image.Image:
    return photo(1200, 900, grain=0.01, finest=64)


def test_a_photo_gives_up_colours_before_half_of_its_pixels(snapshot: Image.Image) -> None:
    """In all colours it would fit at 480 pixels, two fifths of its size; in 256 it stays half as large again."""
    image = shown(saved(snapshot))
    assert image.mode == "P"
    assert max(image.size) >= 720
    assert len(saved(snapshot.resize((480, 360)))) < ROOM < len(saved(snapshot.resize((640, 480))))


def test_a_dithered_photo_has_the_colours_of_the_photo(snapshot: Image.Image) -> None:
    """Seen from afar it is off by less than 1 of 255 on average; without dithering it would be 2."""
    image = shown(saved(snapshot))
    assert image.mode == "P"
    near, far = (one.convert("RGB").resize((60, 45), Image.Resampling.BOX) for one in (snapshot, image))
    assert max(ImageStat.Stat(ImageChops.difference(near, far)).mean) < 1


def test_greys_need_no_colours() -> None:
    image = shown(saved(photo(300, 200).convert("L").convert("RGB"), "JPEG"))
    assert image.mode == "L"


def test_noise_fits_at_a_smaller_step() -> None:
    result = fitted(saved(noise(1280, 960)))
    assert (result.width, result.height) == (640, 480)


def test_the_room_is_used_to_the_last_byte_and_no_further() -> None:
    data = saved(noise(150, 150))
    exact = fitted(data)
    assert fitted(data, len(exact.png)) == exact
    assert len(fitted(data, len(exact.png) - 1).png) < len(exact.png)


def test_a_few_bytes_too_many_are_pressed_out_before_pixels_go() -> None:
    data = saved(gradient(600, 400))
    easy = fitted(data)
    hard = fitted(data, len(easy.png) - 1)
    assert len(hard.png) < len(easy.png)
    assert shown(data, len(easy.png) - 1).tobytes() == shown(data).tobytes()


@pytest.mark.parametrize("room", [-5, 0, 60, 1000])
def test_what_has_no_room_even_when_small_does_not_fit(room: int) -> None:
    assert fit(saved(noise(300, 300)), room) == Refused("does_not_fit")


def test_a_thread_thin_picture_keeps_its_last_pixel() -> None:
    result = fitted(saved(noise(3000, 1)))
    assert (result.width, result.height, result.original) == (1280, 1, (3000, 1))


# What a file may be

FLAG = Image.new("RGB", (24, 16), "red")
FLAG.paste("blue", (12, 0, 24, 16))


def flag_of(image: Image.Image) -> list[tuple[int, ...]]:
    """Return the left and the right half's colours, rounded to steps of 32."""
    found = []
    for side in (4, 20):
        pixel = image.convert("RGB").getpixel((side, 8))
        assert isinstance(pixel, tuple)
        found.append(tuple(round(value / 32) * 32 for value in pixel))
    return found


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "BMP"])
def test_every_usual_kind_is_read(kind: str) -> None:
    assert flag_of(shown(saved(FLAG, kind))) == [(256, 0, 0), (0, 0, 256)]


def test_an_unusual_kind_is_not_read() -> None:
    """Each further reader is a further door."""
    assert fit(saved(FLAG, "TIFF"), ROOM) == Refused("broken")


def test_cmyk_is_shown_in_its_colours() -> None:
    assert flag_of(shown(saved(FLAG.convert("CMYK"), "JPEG", quality=95))) == [(256, 0, 0), (0, 0, 256)]


def test_greys_of_16_bits_are_scaled_not_cut() -> None:
    image = Image.new("I;16", (3, 1))
    for place, grey in enumerate((0, 0x8080, 0xFFFF)):
        image.putpixel((place, 0), grey)
    assert shown(saved(image)).tobytes() == bytes((0, 0x80, 0xFF))


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_an_animation_the_first_frame_is_shown(kind: str) -> None:
    later = [Image.new("RGB", FLAG.size, "green")] * 3
    data = saved(FLAG, kind, save_all=True, append_images=later, duration=50)
    assert flag_of(shown(data)) == [(256, 0, 0), (0, 0, 256)]


@pytest.mark.parametrize("size", [(24, 16), (6000, 400)])
@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "RGB"])
def test_what_is_transparent_is_white(mode: str, size: tuple[int, int]) -> None:
    """As the chat shows it; a dark phone would show black letters on black."""
    image = Image.new("RGBA", size, (0, 0, 0, 255))
    image.paste((0, 0, 0, 0), (size[0] // 2, 0, *size))
    options: dict[str, Any] = {}
    if mode == "RGB":
        image = Image.composite(image, Image.new("RGBA", size, "#ff00fe"), image.getchannel("A")).convert("RGB")
        options["transparency"] = (255, 0, 254)
    elif mode == "P":
        image = image.quantize(8)
    else:
        image = image.convert(mode)
    result = shown(saved(image, **options)).convert("RGB").resize((24, 16))
    assert flag_of(result) == [(0, 0, 0), (256, 256, 256)]


def test_half_transparent_is_half_white() -> None:
    assert flag_of(shown(saved(Image.new("RGBA", (24, 16), (0, 0, 0, 128))))) == [(128, 128, 128)] * 2


def test_a_transparent_gif_is_white_where_it_is_transparent() -> None:
    image = FLAG.quantize(4)
    [blue] = {image.getpixel((20, 8))}
    assert flag_of(shown(saved(image, "GIF", transparency=blue))) == [(256, 0, 0), (256, 256, 256)]


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("turn", range(1, 9))
def test_a_photo_is_turned_upright(turn: int, *, large: bool) -> None:
    """The camera notes how it was held; viewers turn the picture, and so do we before the note is dropped."""
    T = Image.Transpose  # noqa: N806 - a short name for eight lines
    back = {
        1: None,
        2: T.FLIP_LEFT_RIGHT,
        3: T.ROTATE_180,
        4: T.FLIP_TOP_BOTTOM,
        5: T.TRANSPOSE,
        6: T.ROTATE_90,
        7: T.TRANSVERSE,
        8: T.ROTATE_270,
    }[turn]
    upright = Image.new("RGB", (24, 16), "red")
    upright.paste("blue", (12, 0, 24, 8))
    if large:
        upright = upright.resize((3000, 2000), Image.Resampling.NEAREST)
    exif = Image.Exif()
    exif[0x0112] = turn
    held = upright.transpose(back) if back is not None else upright
    result = fitted(saved(held, "JPEG", exif=exif, quality=95))
    image = Image.open(BytesIO(result.png)).convert("RGB")
    assert result.original == upright.size
    corners = [image.getpixel((x * image.width // 24, y * image.height // 16)) for x, y in ((3, 3), (20, 3), (20, 12))]
    assert [pixel.index(max(pixel)) for pixel in corners if isinstance(pixel, tuple)] == [0, 2, 0]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("notes", [b"MM\0\x2a\xff\xff\xff\xff", b"no notes at all"])
def test_damaged_notes_do_not_cost_the_photo(kind: str, notes: bytes) -> None:
    data = saved(FLAG, kind, exif=b"Exif\0\0" + notes)
    assert flag_of(shown(data)) == [(256, 0, 0), (0, 0, 256)]


def chunks(png: bytes) -> set[bytes]:
    """Return the names of a PNG's chunks."""
    found, place = set(), 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        found.add(png[place + 4 : place + 8])
        place += length + 12
    return found


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_travels_but_the_picture(kind: str) -> None:
    """A photo tells where and with what it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Camera of Ivan"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = saved(FLAG, kind, exif=exif, icc_profile=profile, dpi=(72, 72), comment=b"at home")
    assert b"Camera of Ivan" in data
    assert chunks(fitted(data).png) <= {b"IHDR", b"PLTE", b"IDAT", b"IEND"}


def odd_profile() -> bytes:
    """Make a screen whose red is green, and green red."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swap = {b"rXYZ": b"gXYZ", b"gXYZ": b"rXYZ"}
    return re.sub(b"[rg]XYZ", lambda match: swap[match[0]], profile)


def test_colours_are_those_of_the_files_own_profile() -> None:
    image = Image.new("RGB", (24, 16), "red")
    assert flag_of(shown(saved(image, icc_profile=odd_profile()))) == [(0, 256, 0)] * 2


def green_ink() -> bytes:
    """Make a press that prints green, whatever the inks: ICC.1 sections 7.2 (header), 7.3 (tags), 10.11 (lut8Type)."""
    straight = bytes(range(256))
    matrix = struct.pack(">9i", *(65536 * (place % 4 == 0) for place in range(9)))
    green = bytes((150, 60, 190))  # L*a*b*, each in a byte
    lut = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0)) + matrix + straight * 4 + green * 2**4 + straight * 3
    tags = struct.pack(">I4sII", 1, b"A2B0", 144, len(lut))
    header = struct.pack(">I4sI4s4s4s", 144 + len(lut), b"lcms", 0x02400000, b"prtr", b"CMYK", b"Lab ")
    return (header + bytes(12) + b"acsp").ljust(128, b"\0") + tags + lut


def test_inks_are_printed_by_their_own_profile() -> None:
    image = shown(saved(FLAG.convert("CMYK"), "JPEG", icc_profile=green_ink())).convert("RGB")
    red, green, blue = (round(mean) for mean in ImageStat.Stat(image).mean)
    assert green > red + 50
    assert green > blue + 50


@pytest.mark.parametrize("profile", [b"broken", odd_profile()[:200], odd_profile().replace(b"RGB ", b"GRAY")])
def test_a_profile_that_does_not_apply_is_passed_over(profile: bytes) -> None:
    assert flag_of(shown(saved(FLAG, icc_profile=profile))) == [(256, 0, 0), (0, 0, 256)]


# What is refused


@pytest.mark.parametrize("data", [b"", b"hello", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7", b"\0" * 1000])
def test_what_is_no_picture_is_broken(data: bytes) -> None:
    assert fit(data, ROOM) == Refused("broken")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "BMP"])
def test_a_file_cut_off_is_broken(kind: str) -> None:
    data = saved(photo(200, 150), kind)
    assert fit(data[: len(data) // 2], ROOM) == Refused("broken")


def test_a_file_over_20_mb_is_refused() -> None:
    data = saved(FLAG)
    limit = 20 * 1024 * 1024
    assert isinstance(fit(data + bytes(limit - len(data)), ROOM), Fitted)
    assert fit(data + bytes(limit - len(data) + 1), ROOM) == Refused("broken")


def blank(width: int, height: int) -> bytes:
    """Make a black PNG of one bit a pixel, without the memory its pixels would take."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((1 + (width + 7) // 8) * height), 1)
    parts = [(b"IHDR", header), (b"IDAT", rows), (b"IEND", b"")]
    packed = [
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def test_more_than_50_megapixels_are_refused() -> None:
    assert fitted(blank(10_000, 5_000)).original == (10_000, 5_000)
    assert fit(blank(10_000, 5_001), ROOM) == Refused("broken")


PEAKS = """
import re, sys
from pathlib import Path
from bot.worker.pictures import fit
def peak(): return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
fit(sys.stdin.buffer.read(100), 100)
before = peak()
result = fit(sys.stdin.buffer.read(), 100_000)
print(result.why, peak() / before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads a process's peak from /proc")
def test_a_bomb_is_refused_before_its_pixels_take_memory() -> None:
    """A few kilobytes claim 170 megapixels, which would be as many megabytes."""
    bomb = bytes(100) + blank(17_000, 10_000)
    run = subprocess.run([sys.executable, "-W", "ignore", "-c", PEAKS], input=bomb, capture_output=True, check=True)
    why, growth = run.stdout.split()
    assert why == b"broken"
    assert float(growth) < 2


def test_webp_is_refused_sooner() -> None:
    """Its reader keeps several full copies."""
    data = saved(Image.new("RGB", (4_001, 4_000)), "WEBP", lossless=True, quality=0, method=0)
    assert len(data) < 100
    assert fit(data, ROOM) == Refused("broken")


def test_a_jpeg_that_asks_for_endless_passes_is_refused() -> None:
    """A pass of a few bytes is as much work as any; 25,000 of them over 40,000 pixels are a thousand million steps."""
    data = saved(Image.new("RGB", (200, 200), "teal"), "JPEG", progressive=True)
    body, last = data[: data.rindex(b"\xff\xda")], data[data.rindex(b"\xff\xda") : -2]
    assert isinstance(fit(body + last * 100 + data[-2:], ROOM), Fitted)
    assert fit(body + last * 25_000 + data[-2:], ROOM) == Refused("broken")


def test_a_png_that_packs_many_profiles_is_refused() -> None:
    """Each is unpacked to its full megabyte, one after the other."""
    data = saved(FLAG, icc_profile=odd_profile())
    start, end = data.index(b"iCCP") - 4, data.index(b"IDAT") - 4
    profile = data[start:end]
    assert isinstance(fit(data[:end] + profile * 15 + data[end:], ROOM), Fitted)
    assert fit(data[:end] + profile * 16 + data[end:], ROOM) == Refused("broken")


# Where it runs


async def test_fitting_does_not_stop_the_loop() -> None:
    data, turns = saved(photo(800, 600)), 0
    task = asyncio.create_task(fit_in_thread(data, ROOM))
    while not task.done():
        turns += 1
        await asyncio.sleep(0)
    assert turns > 2
    assert task.result() == fit(data, ROOM)
