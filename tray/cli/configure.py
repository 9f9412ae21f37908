"""The guided set-up: from a start URL to profiles, with nothing written before the end.

Each question has a flag that answers it ahead, so the same command runs in a script.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from tray.cli.asking import Check
from tray.cli.outside import Tools
from tray.cli.setting_up import (
    Room,
    enter,
    listed,
    refuse_early,
    remember,
    room_of,
    write,
)
from tray.core.accesses import Access
from tray.core.choices import NOTHING
from tray.core.edits import Edit, Head, Kind
from tray.core.errors import Refused, TrayError, UsageError
from tray.core.guiding import (
    chosen,
    likely_name,
    likely_region,
    name_problem,
    output_problem,
    region_problem,
    session_for,
    start_url_of,
)
from tray.core.model import DEFAULT_SCOPES, AwsConfig, SsoSession
from tray.core.naming import DEFAULT_TEMPLATE, names_for, parse_template
from tray.core.syncing import (
    Consent,
    Standing,
    SyncPlan,
    Wish,
    edits_of,
    plan_sync,
    session_edit,
)
from tray.core.wording import configure as wording
from tray.core.wording import syncing


def configure(options: Namespace, tools: Tools) -> int:
    """Guide from a start URL to profiles."""
    with tools.outside.setting_up(tools.printer, bool(options.debug)) as setup:
        room = room_of(options, tools, setup)
        session, new = _session(room)
        setup.config.session = session
        entered = enter(room, session)
        try:
            return _profiles(room, session)
        except BaseException:
            if entered and new:
                _leave(room, session)
            raise


def _profiles(room: Room, session: SsoSession) -> int:
    """Pick, name and write the profiles of a session that somebody is logged in to."""
    reached = listed(room, session)
    if not reached:
        raise Refused(*wording.no_access(session.start_url))
    picked = _picked(room, reached)
    if not picked:
        raise TrayError(*wording.NOTHING_PICKED)
    choice = room.setup.choices.read().get(session.name, NOTHING)
    choice = replace(
        choice,
        region=_region(room, choice.region or session.region),
        output=_output(room, choice.output or "json"),
    )
    standing = room.setup.standing()
    template = _template(room, session, picked, standing)
    choice = replace(choice, template=template)
    wish = Wish(session, parse_template(template), choice.region, choice.output)
    plan = plan_sync(wish, picked, standing)
    edits = _edits(room, plan, wish)
    if edits:
        room.say(room.setup.editor.diff(edits).rstrip("\n"))
        if not room.consents(wording.WRITE):
            raise TrayError(*wording.LEFT)
        write(room, edits)
    else:
        room.say(syncing.in_step(plan.present))
    remember(room, session, choice, reached if len(picked) == len(reached) else ())
    _tell_next(room, picked, wish)
    return 0


def _edits(room: Room, plan: SyncPlan, wish: Wish) -> tuple[Edit, ...]:
    """Give what is to be written: the session, if it is not there, and profiles."""
    edits = edits_of(plan, wish, Consent())
    there = Head(Kind.SESSION, wish.session.name) in room.setup.editor.heads()
    return edits if there else (session_edit(wish.session), *edits)


def _session(room: Room) -> tuple[SsoSession, bool]:
    """Give the session that is meant, and whether the config lacks it yet."""
    refuse_early(room)
    config = room.setup.config.read()
    url, region = _portal(room, config)
    known = session_for(url, config)
    wanted = room.options.session_name
    if known is not None and wanted in {None, known.name}:
        room.say(wording.reusing(known.name))
        return known, False
    taken = [one.name for one in config.sessions]
    name = _answer(
        room,
        ("--session-name", wording.NAME, wanted),
        likely_name(url, taken),
        lambda text: name_problem(text, url, config),
    )
    session = SsoSession(name, url, region, DEFAULT_SCOPES)
    return session, name not in taken


def _portal(room: Room, config: AwsConfig) -> tuple[str, str]:
    """Ask for the start URL and its region until they lead to a portal."""
    given = room.options.start_url
    while True:
        typed = _answer(
            room, ("--start-url", wording.START_URL, given), None, _url_wrong
        )
        url = start_url_of(typed)
        try:
            return url, _region_of(room, url, config)
        except TrayError as error:
            if given is not None or room.asking is None:
                raise
            room.tools.printer.error(error)


def _region_of(room: Room, url: str, config: AwsConfig) -> str:
    known = session_for(url, config)
    written = room.options.region or (known.region if known else "")
    likely = written or likely_region(config, room.tools.outside.environ)
    found = room.setup.resolve(url, likely)
    if found.start_url != url:
        room.say(wording.found_portal(found.start_url))
    if found.region != likely:  # the address tells it, and it can't be another one
        room.say(wording.found_region(found.region))
        return found.region
    flag = ("--region", wording.REGION, written or None)
    return _answer(room, flag, likely, region_problem)


def _picked(room: Room, reached: tuple[Access, ...]) -> tuple[Access, ...]:
    options = room.options
    found = chosen(reached, options.account or (), options.role or ())
    if options.account or options.role or options.yes or len(found) == 1:
        return found
    if room.asking is None:
        raise UsageError(*wording.unanswered(wording.PICK, "--account and --role"))
    widest = max(len(one.account.name) for one in found)
    rows = [
        f"{one.account.name:{widest}}  {one.account.account_id}  {one.role}"
        for one in found
    ]
    return tuple(found[number] for number in room.asking.pick(wording.PICK, rows))


def _region(room: Room, likely: str) -> str:
    flag = ("--default-region", wording.DEFAULT_REGION, room.options.default_region)
    return _answer(room, flag, likely, lambda text: text and region_problem(text))


def _output(room: Room, likely: str) -> str:
    flag = ("--output", wording.OUTPUT, room.options.output)
    return _answer(room, flag, likely, output_problem)


def _template(
    room: Room, session: SsoSession, picked: tuple[Access, ...], standing: Standing
) -> str:
    choice = room.setup.choices.read().get(session.name, NOTHING)

    def preview(text: str) -> str:
        names = names_for(picked, session.name, parse_template(text), standing.names)
        return wording.preview([names[one.key] for one in picked], len(picked))

    flag = ("--profile-name", wording.TEMPLATE, room.options.profile_name)
    likely = choice.template or DEFAULT_TEMPLATE
    return _answer(room, flag, likely, _template_wrong, preview)


def _answer(
    room: Room,
    asked: tuple[str, str, str | None],
    likely: str | None,
    check: Check,
    preview: Callable[[str], str] | None = None,
) -> str:
    """Give the flag's answer, or the person's, or what is proposed.

    Raises `UsageError` for a flag that is wrong, and where nobody can be asked.
    """
    flag, question, given = asked
    if given is None and room.asking is not None:
        return room.asking.text(question, likely or "", check, preview)
    if given is None and (likely is None or not room.options.yes):
        raise UsageError(*wording.unanswered(question, flag))
    answer = (likely or "") if given is None else given.strip()
    wrong = check(answer)
    if wrong:
        raise UsageError(*wording.wrong_flag(flag, wrong))
    return answer


def _url_wrong(text: str) -> str:
    return (
        ""
        if "." in start_url_of(text) or "localhost" in text
        else wording.start_url_wanted(text)
    )


def _template_wrong(text: str) -> str:
    try:
        parse_template(text)
    except UsageError as error:
        return str(error)
    return ""


def _leave(room: Room, session: SsoSession) -> None:
    """Log out again of a sign-in that no config knows."""
    with suppress(TrayError, KeyboardInterrupt):
        if Head(Kind.SESSION, session.name) not in room.setup.editor.heads():
            room.setup.verbs.logouts.end(session)


def _tell_next(room: Room, picked: Sequence[Access], wish: Wish) -> None:
    standing = room.setup.standing()
    key = picked[0].key
    for one in standing.config.profiles:
        if (one.account_id, one.role_name) == key and one.session == wish.session.name:
            room.say(wording.next_command(one.name, one.region))
            return
