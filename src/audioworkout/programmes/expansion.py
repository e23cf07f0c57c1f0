"""From a session to its routine: a tree whose texts keep their places in the programme's file.

So whatever reading finds wrong in a session is told where the programme says it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from audioworkout.languages import LANGUAGES
from audioworkout.model.request import Flags, Request
from audioworkout.names import make_stem
from audioworkout.programmes.blanks import fill_text, find_blanks, format_figure, value_blanks
from audioworkout.programmes.model import (
    LogEntry,
    Member,
    Programme,
    Progression,
    Session,
    iterate_tracks,
)
from audioworkout.programmes.schedule import member_blanks, plan_sessions
from audioworkout.programmes.words import SessionWords, greet_member, say_words
from audioworkout.reading import Diagnostics, Folders
from audioworkout.reading.nodes import List, Map, Node, Text, key_of
from audioworkout.reading.routines import ParsedRoutine, make_request
from audioworkout.reading.yaml_text import dump_node

_SETS = re.compile(r"^\s*(\d+)(?=\s*(?:x|×|sets of))", re.IGNORECASE)
_OWN_KEYS = ("title", "opening", "closing", "language", "level", "equipment", "voice", "music")


@dataclass(frozen=True, slots=True)
class ExpandedSession:
    """A session as a routine."""

    session: Session
    title: str
    """`Couch to 5K, week 3, day 2`."""
    source: ParsedRoutine
    """The whole routine as a tree, for reading."""
    root: Map
    """The routine without first and last words: the same for everybody at this stage."""
    words: SessionWords
    """What is said at the beginning and at the end."""
    request: Request
    """What `read_session` gives with the flags that it was expanded with."""

    @property
    def body(self) -> str:
        """The routine as YAML without first and last words."""
        return dump_node(self.root)

    @property
    def text(self) -> str:
        """The whole routine as YAML: what `programme expand` prints."""
        return dump_node(self.source.root)

    @property
    def file_name(self) -> str:
        """`w03d02.mp3`."""
        week, day = self.session.position
        return f"w{week:02}d{day:02}.mp3"


@dataclass(slots=True)
class KnownSessions:
    """What was read for others with the same folders, and is not read again.

    Attributes:
        bodies: Routines without first and last words, by everything they depend on.
        courses: All sessions of members who differ in nothing but their names.
    """

    bodies: dict[Hashable, tuple[Map, Request]] = field(default_factory=dict)
    courses: dict[Hashable, tuple[ExpandedSession, ...]] = field(default_factory=dict)


def expand_programme(
    programme: Programme,
    member: Member,
    log: Iterable[LogEntry] = (),
    today: date | None = None,
    folders: Folders | None = None,
    flags: Flags | None = None,
) -> tuple[ExpandedSession, ...]:
    """Every session of a member as a routine, in order.

    Args:
        programme: From `read_programme`.
        member: Who trains, and from which day.
        log: What was reported.
        today: Tells whether days were missed since the last report; None: none were.
        folders: Where exercises and settings lie.
        flags: Options of the build that change what is done; first words tell of it.

    Raises:
        RoutineError: A session is no routine, or a value of the member is missing.
    """
    known = KnownSessions()
    places, asked = folders or Folders(), flags or Flags()
    sessions = expand_unnamed(programme, member, tuple(log), today, places, asked, known)
    return tuple(name_member(programme, each, member.name) for each in sessions)


def expand_unnamed(
    programme: Programme,
    member: Member,
    log: tuple[LogEntry, ...],
    today: date | None,
    folders: Folders,
    flags: Flags,
    known: KnownSessions,
) -> tuple[ExpandedSession, ...]:
    """Every session as `expand_programme` gives it, but for the sentences with the member's name.

    `known` grows. Whoever differs in the name alone is given the same sessions.

    Raises:
        RoutineError: A session is no routine, or a value of the member is missing.
    """
    own = replace(member, name="")
    key = (programme.folder, programme.key, repr(own), log, today if log else None, flags)
    if key not in known.courses:
        sessions = plan_sessions(programme, own, log, today)
        read_body = _make_body_reader(programme, own, folders, flags, known)
        read = [read_body(each) for each in sessions]
        words = say_words(programme, sessions, [request.routine for _, request in read])
        known.courses[key] = tuple(
            _finish_session(programme, session, root, each, request)
            for session, (root, request), each in zip(sessions, read, words, strict=True)
        )
    return known.courses[key]


def name_member(programme: Programme, expanded: ExpandedSession, name: str) -> ExpandedSession:
    """The session with the sentences that have the member's name; empty: as it is."""
    if not name:
        return expanded
    last = expanded.session.position == programme.positions[-1]
    words = greet_member(programme, expanded.words, name, expanded.request.routine.language, last)
    return _finish_session(programme, expanded.session, expanded.root, words, expanded.request)


def _make_body_reader(
    programme: Programme, member: Member, folders: Folders, flags: Flags, known: KnownSessions
) -> Callable[[Session], tuple[Map, Request]]:
    """A function that reads a session's routine without first and last words, each once."""
    who = repr(replace(member, start=date.min))

    def read_body(session: Session) -> tuple[Map, Request]:
        values = tuple(session.values.items())
        stage = (session.number, values, session.deload, session.test)
        key = (programme.folder, programme.key, who, flags, stage)
        if key not in known.bodies:
            root = build_root(programme, member, session)
            source = ParsedRoutine(_session_key(programme, session), root, programme.folder)
            known.bodies[key] = root, make_request(source, flags, folders, Diagnostics())
        return known.bodies[key]

    return read_body


def read_session(
    expanded: ExpandedSession, folders: Folders, flags: Flags | None = None
) -> Request:
    """The request of an expanded session, as `read_routine` gives it for a file.

    Raises:
        RoutineError: With everything that is wrong, at its place in the programme.
    """
    return make_request(expanded.source, flags or Flags(), folders, Diagnostics())


def _session_key(programme: Programme, session: Session) -> str:
    return f"{programme.key}-{session.label}"


def _finish_session(
    programme: Programme, session: Session, root: Map, words: SessionWords, request: Request
) -> ExpandedSession:
    head: list[tuple[str, Node]] = [
        ("title", _text(root, words.title)),
        ("language", _text(root, request.routine.language)),
        ("opening", _texts(root, words.opening)),
    ]
    if words.closing:
        head.append(("closing", _texts(root, words.closing)))
    rest = [pair for pair in root.pairs if key_of(pair[0]) not in ("title", "language")]
    pairs = [(_text(root, name), node) for name, node in head]
    whole = root._replace(pairs=(*pairs, *rest))
    source = ParsedRoutine(_session_key(programme, session), whole, programme.folder)
    spoken = request.routine._replace(
        title=words.title, opening=words.opening, closing=words.closing
    )
    return ExpandedSession(
        session,
        words.title,
        source,
        root._replace(pairs=tuple(rest)),
        words,
        request._replace(routine=spoken),
    )


# --- The tree ----------------------------------------------------------------------------------


def build_root(programme: Programme, member: Member, session: Session) -> Map:
    """The routine of a session without its first and last words.

    Raises:
        RoutineError: A blank stands for nothing.
    """
    diagnostics = Diagnostics()
    filler = _BlankFiller(programme, member, session, diagnostics)
    written = programme.routine.pairs if programme.routine else ()
    pairs = [
        (key, filler.fill(node)) for key, node in written if key_of(key) not in _own_keys(member)
    ]
    if not any(key_of(key) == "exercises" for key, _ in pairs):
        blanks = [_text(programme.root, f"{{{name}}}") for name in _usual_lists(programme)]
        items = _make_node_list(programme.root, blanks)
        pairs.append((_text(programme.root, "exercises"), filler.fill(items)))
    diagnostics.finish()
    return _map(programme.root, (*_member_pairs(programme, member), *pairs))


def _usual_lists(programme: Programme) -> tuple[str, ...]:
    """What the exercises are where `routine` does not say."""
    there = {"plan": programme.rows, "day": programme.days}
    chosen = tuple(name for name, part in there.items() if part)
    return chosen if programme.days or not programme.tracks else (*chosen, "tracks")


def _own_keys(member: Member) -> tuple[str, ...]:
    """Keys that a member has a say in: theirs win over the programme's."""
    return tuple(key for key in _OWN_KEYS if getattr(member, key, None)) + _OWN_KEYS[:4]


def _member_pairs(programme: Programme, member: Member) -> Iterator[tuple[Text, Node]]:
    root = programme.root
    yield _text(root, "title"), _text(root, programme.title)
    yield _text(root, "language"), _text(root, member.language or programme.language)
    for key in _OWN_KEYS[4:]:
        value = getattr(member, key)
        if value:
            yield _text(root, key), _text(root, value)


@dataclass(slots=True)
class _BlankFiller:
    """Fills the blanks of a session."""

    programme: Programme
    member: Member
    session: Session
    diagnostics: Diagnostics

    def fill(self, node: Node) -> Node:
        """A node with every blank filled; lists of items may become longer."""
        match node:
            case Text():
                return fill_text(node, self._known(), self.diagnostics)
            case List():
                parts = [part for item in node.items for part in self._fill_item(item)]
                return node._replace(items=tuple(parts))
            case Map() if self._is_by_language(node):
                return self.fill(self._choose_language(node))
            case Map():
                pairs = [
                    (fill_text(key, self._known(), self.diagnostics), self.fill(value))
                    for key, value in node.pairs
                ]
                return node._replace(pairs=tuple(pairs))

    def _is_by_language(self, node: Map) -> bool:
        """Whether it is a text in several languages, as `{en: Breathe., de: Atme.}`."""
        keys = [key_of(key) for key, _ in node.pairs]
        return bool(keys) and all(
            key in LANGUAGES and isinstance(text, Text)
            for key, (_, text) in zip(keys, node.pairs, strict=True)
        )

    def _choose_language(self, node: Map) -> Node:
        """The text in the member's language, else in the programme's, else the first."""
        texts = {key_of(key): text for key, text in node.pairs}
        wanted = (self.member.language, self.programme.language)
        return next((texts[one] for one in wanted if one in texts), node.pairs[0][1])

    def _known(self) -> dict[str, str]:
        values = {name: format_figure(value) for name, value in self.session.values.items()}
        return values | member_blanks(self.programme, self.member)

    def _fill_item(self, item: Node) -> Sequence[Node]:
        """An item, or the items that a blank stands for by itself."""
        blanks = find_blanks(item.value) if isinstance(item, Text) else []
        if isinstance(item, Text) and blanks and item.value.strip() == f"{{{blanks[0]}}}":
            match blanks[0]:
                case "plan":
                    return self._row()
                case "day":
                    return self._day()
                case "tracks":
                    inside = iterate_tracks(self.programme, self.session.number)
                    return [self._track_item(track) for track in inside if track.line]
        return [self.fill(item)]

    def _row(self) -> Sequence[Node]:
        week, day = self.session.position
        row = self.programme.rows[week]
        chosen = row[0] if len(row) == 1 else row[day - 1]
        items = chosen.items if isinstance(chosen, List) else (chosen,)
        return [self.fill(item) for item in items]

    def _day(self) -> Sequence[Node]:
        day = self.programme.day_of(self.session.number)
        assert day is not None
        tracks = {make_stem(track.name.value): track for track in self.programme.tracks}
        found: list[Node] = []
        for item in day[1]:
            track = tracks.get(make_stem(item.value)) if isinstance(item, Text) else None
            if track is not None and track.line is not None:
                found.append(self._track_item(track))
            else:
                found.extend(self._fill_item(item))
        return found

    def _track_item(self, track: Progression) -> Node:
        """`name: line`, with the track's value in the line."""
        line = self._line_of(track)
        value = format_figure(self.session.values[track.name.value])
        own = dict.fromkeys(value_blanks(line.value), value)
        filled = fill_text(line, self._known() | own, self.diagnostics)
        deload = self.programme.deload
        if self.session.deload and deload is not None and deload.sets:
            fewer = _SETS.sub(lambda m: str(max(1, int(m[1]) + deload.sets)), filled.value)
            filled = filled._replace(value=fewer)
        return _map(track.name, [(track.name, filled)])

    def _line_of(self, track: Progression) -> Text:
        """The line of a track; in a test the test's, if it is one of its tracks."""
        test, line = self.programme.test, track.line
        assert line is not None
        if test is None or test.line is None or not self.session.test:
            return line
        named = {make_stem(name.value) for name in test.tracks}
        alike = set(value_blanks(test.line.value)) <= set(value_blanks(line.value))
        chosen = make_stem(track.name.value) in named if named else alike
        return test.line if chosen else line


def _make_node_list(node: Node, items: Sequence[Node]) -> List:
    """A list of ours, at the place of a node."""
    return List(node.page, node.line, node.column, node.width, tuple(items))


def _map(node: Node, pairs: Sequence[tuple[Text, Node]]) -> Map:
    """A mapping of ours, at the place of a node."""
    return Map(node.page, node.line, node.column, node.width, tuple(pairs))


def _text(node: Node, value: str) -> Text:
    """A text of ours, at the place of a node."""
    return Text(node.page, node.line, node.column, node.width, value)


def _texts(node: Node, values: Sequence[str]) -> List:
    return _make_node_list(node, [_text(node, value)._replace(plain=False) for value in values])
