"""Options and helpers shared by all tests."""

from __future__ import annotations

import difflib
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from audioworkout.voices import engines

# No test fails because a computer is busy.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")

TESTS = Path(__file__).parent
DEFAULT_ENGINE = engines.default_engine


def pytest_configure() -> None:
    """Programs that tests start hear Ctrl-C, even where the tests run in the background."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # such a shell ignores it, for them too
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-goldens",
        action="store_true",
        help="write what the program says now beside the examples, instead of comparing",
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text with the file that holds what is expected, or rewrite that file.

    A failure shows the difference and the command that accepts it.
    """

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update-goldens"):
            path.write_text(text, encoding="utf-8")
        expected = path.read_text(encoding="utf-8") if path.exists() else ""
        if text == expected:
            return
        name = path.relative_to(TESTS.parent).as_posix()
        lines = difflib.unified_diff(
            expected.splitlines(keepends=True),
            text.splitlines(keepends=True),
            f"{name} (expected)",
            f"{name} (now)",
        )
        command = f"pytest {request.node.nodeid.split('[')[0]} --update-goldens"
        difference = "".join(lines)
        pytest.fail(f"{difference}\nIf that is right: {command}", pytrace=False)

    return compare


@pytest.fixture(scope="session", autouse=True)
def plain_default() -> Iterator[None]:
    """The default as it is where there is no natural voice: that one takes a hundred times longer.

    Tests of the natural voice ask for `natural_default`. Programs started by tests know nothing of
    this.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "default_engine", lambda language="en": engines.other_default())
        yield


@pytest.fixture(scope="module")
def natural_default() -> Iterator[None]:
    """The default that people have."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "default_engine", DEFAULT_ENGINE)
        yield
