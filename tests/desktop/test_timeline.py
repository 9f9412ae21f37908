"""The picture of the coming day: one description, two ways to write it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from tests.builders import NOON, a_session, a_token, hours, minutes
from tests.flows.test_simulation import EIGHT, premises
from tray.core.board import Phase, SessionStatus
from tray.core.hours import parse_hours
from tray.core.model import AwsConfig
from tray.core.simulation import Event, Kind, Life, Simulation
from tray.core.wording import simulation as wording
from tray.desktop import drawing
from tray.desktop.drawing import Box, Drawing, Line, Shape, Words
from tray.desktop.timeline import INK, LEFT, RED, WIDTH, timeline
from tray.flows.simulation import simulate

SVG = "{http://www.w3.org/2000/svg}"


def words(found: Drawing) -> list[str]:
    """Give all that is written in a drawing."""
    return [part.text for part in found.parts if isinstance(part, Words)]


def a_picture(length: timedelta, *events: Event, lives: int = 0) -> Drawing:
    """Give the picture of a session with these events, and tokens of an hour each."""
    status = SessionStatus(a_session(), Phase.VALID)
    tokens = tuple(
        Life("corp", NOON + minutes(40 * n), NOON + minutes(40 * n + 60))
        for n in range(lives)
    )
    told = Simulation(NOON, NOON + length, (status,), events, tokens, ())
    return timeline(told)


def image(found: Drawing) -> Image.Image:
    """Give a drawing as it looks."""
    return Image.open(io.BytesIO(drawing.png(found)))


def test_both_files_show_the_same() -> None:
    """SVG and PNG have the same size and come from the same parts."""
    settings = replace(EIGHT, working_hours=parse_hours("12:00-20:00"))
    found = timeline(simulate(premises(a_token(), settings), NOON + hours(24)))
    root = ET.fromstring(drawing.svg(found))
    shot = image(found)

    assert list(shot.size) == [2 * found.width, 2 * found.height]
    assert float(root.attrib["width"]) == found.width
    written = [one.text or "" for one in root.iter(f"{SVG}text")]
    assert written == words(found)
    assert root.findtext(f"{SVG}title") == wording.PICTURE_TITLE
    assert len(list(root)) == len(found.parts) + 1


def test_what_is_written_in_it() -> None:
    """Title, span, times, day, the session and how it stands, when it stops."""
    found = words(timeline(simulate(premises(a_token(), EIGHT), NOON + hours(24))))

    assert found[:2] == [
        wording.PICTURE_TITLE,
        "Mon 2 Mar, 12:00 to Tue 3 Mar, 12:00",
    ]
    assert {"14:00", "00:00", "Tue 3 Mar", "corp", "ends in 7 h", "19:00"} <= {*found}
    assert {text for _, text in wording.LEGEND} <= {*found}


@pytest.mark.parametrize(
    ("length", "shown", "hidden"),
    [
        (minutes(30), "12:15", "Tue 3 Mar"),
        (hours(10), "12:30", "12:15"),
        (timedelta(days=3), "18:00", "14:00"),
        (timedelta(days=7), "Wed 4 Mar", "18:00"),
        (timedelta(days=31), "15", "12:00"),
    ],
)
def test_the_axis_fits_the_span(length: timedelta, shown: str, hidden: str) -> None:
    """Times stand as far apart as people can read them."""
    found = words(a_picture(length))

    assert shown in found
    assert hidden not in found


def test_the_axis_follows_the_wall_clock(zone: Callable[[str], None]) -> None:
    """Where the clock is put forward, an hour is missing and none is wrong."""
    zone("Europe/Berlin")
    begin = datetime(2026, 3, 28, 21, 0, tzinfo=UTC)
    told = Simulation(begin, begin + hours(9), (), (), (), ())
    found = words(timeline(told))

    assert "01:00" in found
    assert "03:00" in found
    assert "02:00" not in found
    assert wording.NO_SESSIONS in found


def test_nights_are_shaded_within_the_picture() -> None:
    """From ten to six, and never beyond the frame."""
    found = a_picture(timedelta(days=2))
    nights = [p for p in found.parts if isinstance(p, Box) and p.fill == "#eceff4"]

    assert len(nights) == 3  # two, and the sample in the legend
    assert all(LEFT <= one.at[0] <= WIDTH for one in nights[:2])


def test_many_renewals_are_one_bar() -> None:
    """Where ticks would touch, there are none."""
    apart, dense = a_picture(hours(24), lives=36), a_picture(hours(400), lives=600)
    ticks = [
        sum(isinstance(p, Line) and p.colour == INK and p.width < 2 for p in one.parts)
        for one in (apart, dense)
    ]

    assert ticks == [36, 1]  # the legend shows one


def test_a_stop_at_the_edge_has_no_room_for_its_time() -> None:
    """A text that would not fit is left out, the cross stays."""
    event = Event(NOON + hours(23.9), "corp", Kind.STOPS, "stops")
    found = a_picture(hours(24), event)
    red = [
        part for part in found.parts if isinstance(part, Line) and part.colour == RED
    ]

    assert len(red) == 4  # and two in the legend
    assert "11:54" not in words(found)


def test_every_kind_that_has_a_form_is_drawn() -> None:
    """Each adds something; those without a form add nothing."""
    plain = len(a_picture(hours(24)).parts)
    formless = {Kind.RENEWAL, Kind.REFUSAL, Kind.SNOOZE_OVER, Kind.BROWSER}
    for kind in Kind:
        event = Event(NOON + hours(3), "corp", kind, str(kind))
        more = len(a_picture(hours(24), event).parts) - plain
        assert (more > 0) is (kind not in {*formless, Kind.ENDED_NOTICE})


def test_a_hundred_sessions_fit_on_one_picture() -> None:
    """Lanes are lower then, and the picture stays within memory."""
    sessions = tuple(a_session(f"session {n}") for n in range(100))
    statuses = tuple(SessionStatus(one, Phase.VALID) for one in sessions)
    told = Simulation(NOON, NOON + hours(24), statuses, (), (), ())
    found = timeline(told)

    assert found.height < 4400
    assert image(found).size[0] == 2 * WIDTH


def test_odd_names_stay_in_their_column() -> None:
    """Long ones are cut, and nothing in them is taken for markup or for a picture."""
    names = ("<script>&\"'", "x" * 300, "日本語" * 20, "a\x00\x1b\ufeffb")
    config = AwsConfig(tuple(a_session(name) for name in names))
    found = timeline(simulate(replace(premises(None), config=config), NOON + hours(24)))
    root = ET.fromstring(drawing.svg(found))

    assert "<script>&\"'" in [one.text for one in root.iter(f"{SVG}text")]
    assert image(found).format == "PNG"
    assert all(len(text) < 80 for text in words(found))


def test_parts_are_drawn_where_they_should_be() -> None:
    """A box, a line and a polygon, seen in the pixels; what is empty does no harm."""
    parts = (
        Box((0, 0), (20, 20), "#ffffff"),
        Box((2, 2), (4, 4), "#ff0000"),
        Box((9, 9), (0, 4), "#000000"),
        Line((0, 10), (20, 10), "#00ff00", 2),
        Shape(((12, 12), (20, 12), (20, 20)), "#0000ff"),
    )
    shot = image(Drawing(20, 20, "a test", parts)).convert("RGB")

    assert shot.getpixel((8, 8)) == (255, 0, 0)
    assert shot.getpixel((20, 20)) == (0, 255, 0)
    assert shot.getpixel((38, 30)) == (0, 0, 255)
    assert shot.getpixel((36, 6)) == (255, 255, 255)
