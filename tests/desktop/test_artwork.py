"""The picture of a face: shapes, not pixels."""

from __future__ import annotations

from itertools import combinations, pairwise, product

import pytest
from PIL import Image, ImageChops

from tray.core.face import COUNTED, MOST, RINGED, SLICES, Face, Mood
from tray.desktop.artwork import COLOURS, draw
from tray.desktop.glyphs import mark, number
from tray.desktop.statusnotifier import SIZES

PANELS = ("#2b2b2b", "#f0f0f0")
FULL = [Face(mood, SLICES if mood in RINGED else 0) for mood in Mood]
COUNTS = [
    Face(mood, 0, count)
    for mood in sorted(COUNTED)
    for count in (0, *range(2, MOST + 1))
]
FACES = list(dict.fromkeys(FULL + COUNTS))


def on(panel: str, face: Face, size: int) -> Image.Image:
    """Give a face as it looks on a panel."""
    image = Image.new("RGB", (size, size), panel)
    icon = draw(face, size)
    image.paste(icon, (0, 0), icon)
    return image


def apart(one: Image.Image, other: Image.Image) -> float:
    """Give how much two pictures differ in brightness, from 0 to 1, on the whole."""
    difference = ImageChops.difference(one.convert("L"), other.convert("L"))
    shades = difference.histogram()
    total = sum(shade * count for shade, count in enumerate(shades))
    return total / 255 / (one.width * one.height)


def coverage(face: Face, size: int = 64) -> int:
    """Give how many pixels have about the mood's colour."""
    plain = Image.new("RGB", (size, size), COLOURS[face.mood])
    difference = ImageChops.difference(draw(face, size).convert("RGB"), plain)
    near = difference.convert("L").point(
        [255 if shade < 12 else 0 for shade in range(256)]
    )
    return near.histogram()[255]


@pytest.mark.parametrize("size", [*SIZES, 18, 20, 128])
@pytest.mark.parametrize("face", FACES, ids=str)
def test_every_face_is_drawn_at_every_size(face: Face, size: int) -> None:
    """A picture has the size asked for, transparent corners, and something in it."""
    picture = draw(face, size)
    corners = [(x, y) for x, y in product((0, size - 1), repeat=2)]

    assert (picture.size, picture.mode) == ((size, size), "RGBA")
    assert all(alpha_at(picture, corner) < 128 for corner in corners)
    assert alpha_at(picture, (size // 2, size * 3 // 4)) == 255


def alpha_at(picture: Image.Image, place: tuple[int, int]) -> int:
    """Tell how solid a pixel is."""
    pixel = picture.getpixel(place)
    assert isinstance(pixel, tuple)
    return int(pixel[3])


@pytest.mark.parametrize("face", FACES, ids=str)
def test_nothing_is_cut_off(face: Face) -> None:
    """Every shape with its rim stays within the picture."""
    picture = draw(face, 256).getchannel("A")
    edges = [picture.crop(box) for box in edges_of(256)]

    assert all(edge.getextrema() == (0, 0) for edge in edges)


def edges_of(size: int) -> list[tuple[int, int, int, int]]:
    """Give the outermost row and column on each side."""
    last = size - 1
    return [
        (0, 0, size, 1),
        (0, last, size, size),
        (0, 0, 1, size),
        (last, 0, size, size),
    ]


@pytest.mark.parametrize("mood", sorted(RINGED))
@pytest.mark.parametrize("size", SIZES)
def test_the_ring_drains_visibly(mood: Mood, size: int) -> None:
    """Each slice less is less colour, at every size; none is no ring."""
    shown = [coverage(Face(mood, slices), size) for slices in range(SLICES + 1)]
    steps = range(0, SLICES + 1, 1 if size > 32 else 4)

    assert shown[0] < shown[-1] / 8  # a few pixels of the mark are of any shade
    assert all(shown[low] < shown[high] for low, high in pairwise(steps))


@pytest.mark.parametrize("mood", sorted(RINGED))
def test_the_ring_drains_clockwise_from_the_top(mood: Mood) -> None:
    """With half of the time gone, the right half is empty, like a clock's."""
    picture = draw(Face(mood, SLICES // 2), 64)
    left, right = (picture.getpixel((x, 32)) for x in (4, 59))

    assert left != right
    assert right == draw(Face(mood, 0), 64).getpixel((59, 32))


@pytest.mark.parametrize(("size", "panel"), [*product((16, 22), PANELS)])
def test_moods_differ_without_colour(size: int, panel: str) -> None:
    """In shades of grey, no mood looks like another, whatever the panel."""
    seen = {face: on(panel, face, size) for face in FULL}

    for one, other in combinations(FULL, 2):
        assert apart(seen[one], seen[other]) > 0.03, (one, other)


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("face", FACES, ids=str)
def test_the_icon_stands_out_from_the_panel(face: Face, panel: str) -> None:
    """Panels are dark or light; the icon is seen on both."""
    seen = on(panel, face, 16)

    assert apart(seen, Image.new("RGB", seen.size, panel)) > 0.1


@pytest.mark.parametrize(("mood", "size"), [*product(sorted(COUNTED), (16, 22, 64))])
def test_numbers_differ(mood: Mood, size: int) -> None:
    """From two to nine and more, each number can be told from the others."""
    faces = [face for face in COUNTS if face.mood is mood]
    seen = [on(PANELS[0], face, size) for face in faces]

    assert all(apart(*pair) > 0.012 for pair in combinations(seen, 2))


def test_more_than_nine_look_the_same() -> None:
    """Beyond nine the number says no more than that."""
    assert number(MOST, 12) == number(MOST + 5, 12)


@pytest.mark.parametrize("mood", Mood)
def test_each_mood_has_a_mark_of_its_own(mood: Mood) -> None:
    """The mark tells the mood: no two are the same."""
    assert mark(mood).strokes
    assert not any(mark(mood) == mark(other) for other in Mood if other is not mood)
