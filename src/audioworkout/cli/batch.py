"""`batch`: programmes for everybody in a table, on Dask."""

# Annotations are looked at when a command is made, so they are real objects here and not texts.

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audioworkout.cli.course_options import (
    MEMBER_PANEL,
    BaseAddress,
    CourseBitrate,
    CourseEngine,
    CourseFolder,
    Today,
    WeeksAhead,
    choose_day,
)
from audioworkout.cli.options import make_option
from audioworkout.cli.screen import Screen, print_result
from audioworkout.errors import BuildError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from audioworkout.batch.members import MemberList, MemberRow
    from audioworkout.batch.planning import BatchWishes
    from audioworkout.batch.report import ReportLine
    from audioworkout.batch.tasks import SessionResult
    from audioworkout.model.request import Diagnostic

RUN_PANEL = "Where it runs"


def build_batch(
    members: Annotated[
        Path | None,
        typer.Argument(
            metavar="members.csv",
            help="A row a person: id, name, programme, start, level, language, kit, voice, music,"
            " and values like member.squat.",
        ),
    ] = None,
    *,
    output: CourseFolder = None,
    weeks_ahead: WeeksAhead = 2,
    url: BaseAddress = None,
    engine: CourseEngine = None,
    bitrate: CourseBitrate = None,
    today: Today = None,
    only: Annotated[
        list[str] | None,
        make_option(MEMBER_PANEL, "ID", "Nobody else. Can be given several times.", "--only"),
    ] = None,
    retry_failed: Annotated[
        bool, make_option(MEMBER_PANEL, None, "Only who failed in the last run.", "--retry-failed")
    ] = False,
    forget: Annotated[
        str | None,
        make_option(
            MEMBER_PANEL, "ID", "Remove a person's folder, address and report.", "--forget"
        ),
    ] = None,
    scheduler: Annotated[
        str | None,
        make_option(RUN_PANEL, "ADDRESS", "A running `dask scheduler`.", "--scheduler"),
    ] = None,
    workers: Annotated[
        int | None,
        make_option(
            RUN_PANEL,
            "N",
            "Processes on this computer (default one a core).",
            "--workers",
            least=1,
            most=256,
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Tell of errors only.")] = False,
) -> None:
    """Build the programmes of many people, each with a folder, a feed and a calendar."""
    screen = Screen(quiet)
    if output is None:
        raise UsageError("`batch` needs a folder", "Name one with -o.")
    if forget is not None:
        forget_id(output, forget, screen)
        return
    if members is None:
        raise UsageError("`batch` needs a table of members", "docs/batch.md tells its columns.")
    if scheduler and workers:
        raise UsageError(
            "--workers belongs to a cluster of this computer", "`dask worker` adds some to others."
        )
    from audioworkout.batch.planning import BatchWishes
    from audioworkout.cli.serve import base_address

    wishes = BatchWishes(
        output.resolve(),
        choose_day("--today", today),
        engine,
        bitrate,
        base_address(url) if url else "",
        weeks_ahead,
    )
    serve_members(
        members, output, wishes, Chosen(tuple(only or ()), retry_failed), screen, scheduler, workers
    )


class Chosen:
    """Which members are served."""

    def __init__(self, only: "Sequence[str]", retry_failed: bool) -> None:
        self.only = only
        self.retry_failed = retry_failed

    @property
    def limited(self) -> bool:
        """True if anybody is left out."""
        return bool(self.only) or self.retry_failed

    def choose(self, listed: "MemberList", before: "Sequence[ReportLine]") -> "Sequence[MemberRow]":
        """The rows that are wanted.

        Raises:
            UsageError: Nobody has an id that was asked for.
        """
        from audioworkout.names import did_you_mean

        ids = {row.id for row in listed.rows} | {each for each, _ in listed.refused.values()}
        for each in self.only:
            if each not in ids:
                near = did_you_mean(each, ids)
                raise UsageError(f"nobody has the id {each}", near or "See the first column.")
        failed = {line.id for line in before if line.result == "failed"}
        return [
            row
            for row in listed.rows
            if (not self.only or row.id in self.only)
            and (not self.retry_failed or row.id in failed)
        ]


def forget_id(output: Path, person: str, screen: Screen) -> None:
    """Remove what is kept of a person, and print the folder that was removed."""
    from audioworkout.batch.report import forget_person

    print_result(str(forget_person(output, person)))
    screen.note("Remove the row of the table too: the next run would begin anew.")


def serve_members(
    members: Path,
    output: Path,
    wishes: "BatchWishes",
    chosen: Chosen,
    screen: Screen,
    scheduler: str | None,
    workers: int | None,
) -> None:
    """Build everything, write the report and print its path.

    Raises:
        typer.Exit: Something failed.
        UsageError: The table cannot be read, or the folder is wrong.
        BuildError: The scheduler cannot be reached, or was lost.
    """
    from audioworkout.batch.members import read_members
    from audioworkout.batch.planning import plan_batch
    from audioworkout.batch.report import REPORT, give_addresses, read_report
    from audioworkout.batch.running import open_client, run_batch
    from audioworkout.batch.tasks import SharedFolders
    from audioworkout.cli.user_paths import find_user_paths
    from audioworkout.programmes.folder import ensure_folder

    listed = read_members(members)
    screen.findings(listed.findings)
    ensure_folder(wishes.output)
    before = read_report(wishes.output)
    rows = chosen.choose(listed, before)
    tokens = give_addresses(wishes.output, (row.id for row in rows), wishes.url)
    shared = SharedFolders(wishes.output / ".cache", find_user_paths().config)
    # The cluster is started first: where it cannot be, nothing was done in vain.
    with open_client(scheduler, workers) as client:
        batch = plan_batch(
            rows,
            tokens,
            wishes,
            shared,
            str(members),
            lambda done, total: screen.progress("Planning", done, total),
        )
        screen.findings([*(finding for _, finding in batch.refused), *batch.doubts])
        if has_dashboard():
            screen.note(f"Dask shows what it does at {client.dashboard_link}")
        lines = {row.line: [refused_line(row.id, one)] for row, one in batch.refused}
        if not chosen.limited:
            refused = listed.refused.items()
            lines |= {line: [refused_line(*each)] for line, each in refused}
        try:
            for person, results in run_batch(batch, shared, client, screen.progress):
                lines[person.row.line] = [report_line(person.row.id, each) for each in results]
        finally:
            shared.trim()
            ordered = write_lines(wishes.output, listed, before, lines)
    print_result(str(output / REPORT))
    tell_counts([line for own in lines.values() for line in own], len(ordered), screen)


def refused_line(person: str, finding: "Diagnostic") -> "ReportLine":
    """The line of a person who cannot be served at all."""
    from audioworkout.batch.report import ReportLine

    place = f"{finding.source}:{finding.line}:{finding.column}"
    return ReportLine(person, "", "failed", 0.0, f"{place}: {finding.message}", finding.hint)


def report_line(person: str, result: "SessionResult") -> "ReportLine":
    """The line of a session."""
    from audioworkout.batch.report import ReportLine

    return ReportLine(person, result.label, result.result, result.seconds, *result.failure)


def write_lines(
    output: Path,
    listed: "MemberList",
    before: "Sequence[ReportLine]",
    lines: "Mapping[int, Sequence[ReportLine]]",
) -> "Sequence[ReportLine]":
    """Write the report in the order of the table; who was not served this time keeps the lines.

    `lines` are by line of the table.
    """
    from audioworkout.batch.report import write_report

    earlier = {
        row.line: [each for each in before if each.id == row.id]
        for row in listed.rows
        if row.line not in lines
    }
    ordered = [line for _, own in sorted({**earlier, **lines}.items()) for line in own]
    write_report(output, ordered)
    return ordered


def tell_counts(lines: "Sequence[ReportLine]", total: int, screen: Screen) -> None:
    """Print how many sessions were built, kept and refused.

    Raises:
        typer.Exit: Something failed.
    """
    counts = {
        what: sum(line.result == what for line in lines) for what in ("built", "kept", "failed")
    }
    screen.note(", ".join(f"{count:,} {what}" for what, count in counts.items()))
    if counts["failed"]:
        screen.error(
            f"{counts['failed']:,} of {total:,} failed, see report.csv",
            "With --retry-failed nobody else is looked at.",
        )
        raise typer.Exit(BuildError.exit_code)


def has_dashboard() -> bool:
    """True if what Dask's page needs is installed."""
    from importlib.util import find_spec

    return find_spec("bokeh") is not None
