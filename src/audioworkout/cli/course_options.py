"""Options of a course, which `programme` and `batch` have in common: who trains, what is built."""

from datetime import date
from pathlib import Path
from typing import Annotated

from audioworkout.cli.options import make_option
from audioworkout.errors import UsageError

MEMBER_PANEL, COURSE_PANEL = "Who", "What"

FirstDay = Annotated[
    str | None,
    make_option(MEMBER_PANEL, "DATE", "First day, as in 2026-01-31 (default today).", "--start"),
]
MemberName = Annotated[
    str, make_option(MEMBER_PANEL, "NAME", "Who is greeted (default nobody).", "--name")
]
MemberLanguage = Annotated[
    str | None, make_option(MEMBER_PANEL, "CODE", "Language of the coach, as in de.", "--language")
]
MemberLevel = Annotated[
    str | None, make_option(MEMBER_PANEL, "LEVEL", "beginner, normal or advanced.", "--level")
]
MemberKit = Annotated[
    str | None, make_option(MEMBER_PANEL, "LIST", "What there is to train with.", "--equipment")
]
MemberValues = Annotated[
    list[str] | None,
    make_option(
        MEMBER_PANEL,
        "KEY=VALUE",
        "A value, as in squat=60kg. Can be given several times.",
        "--member",
    ),
]

CourseFolder = Annotated[
    Path | None, make_option(COURSE_PANEL, "FOLDER", "Where everything goes.", "--output", "-o")
]
WeeksAhead = Annotated[
    int,
    make_option(
        COURSE_PANEL,
        "N",
        "What is due in so many weeks (default 2).",
        "--weeks-ahead",
        least=1,
        most=104,
    ),
]
BaseAddress = Annotated[
    str | None,
    make_option(
        COURSE_PANEL,
        "BASE",
        "The address on the web: of the folder, with `batch` of people/ in it.",
        "--url",
    ),
]
CourseEngine = Annotated[str | None, make_option(COURSE_PANEL, "NAME", "Who speaks.", "--engine")]
CourseBitrate = Annotated[
    int | None, make_option(COURSE_PANEL, "KBPS", "Of the files, as with `build`.", "--bitrate")
]
Today = Annotated[
    str | None,
    make_option(COURSE_PANEL, "DATE", "Another day than today, as in 2026-01-31.", "--today"),
]


def choose_day(option: str, text: str | None) -> date:
    """The day that an option names; today where it is left out.

    Raises:
        UsageError: It is no date.
    """
    from audioworkout.programmes.log import parse_date

    day = date.today() if text is None else parse_date(text)
    if day is None:
        raise UsageError(f"{option} cannot be {text!r}", "Write it as 2026-01-31.")
    return day
