"""The only place that makes consoles and decides on colour; user text passes `literal` on its way to a screen."""

import codecs
import io
import os
import re
import shutil
import signal
import sys
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from time import monotonic
from typing import TYPE_CHECKING, Literal, TextIO, TypeVar

from buystage.model.visible import UNPRINTABLE, is_plain_text

if TYPE_CHECKING:
    from rich.console import RenderableType

LOOK_ALIKE = "buystage.look-alike"
LOOKS_LIKE = {
    "✗": "x",
    "·": ".",
    "→": ">",
    "−": "-",
    "–": "-",
    "—": "-",
    "…": "...",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "《": '"',
    "》": '"',
}
"""Our signs, and what stands for each where a console has no such letter."""
Color = Literal["auto", "always", "never"]
Thing = TypeVar("Thing")
LEAST_WIDTH = 40
REFRESH = 0.1  # seconds between two looks of a progress bar
MOST_WIDTH = 100  # columns; longer lines are hard to read

# What build servers take for a command in a log: of the older kind anywhere in a line, of the newer kind at its start,
# which a text of a person's may come to where lines are broken.
_COMMAND = re.compile(
    r"#(?=#\[|#vso\[)|:(?=:(?:add-|endgroup|error|debug|echo|group|notice|remove-|save-|set-|stop-|warning)[^:]*::)",
    re.IGNORECASE,
)


def literal(text: str) -> str:
    """Return text that a person wrote, on one line, without what would act on a screen or in a log, or hide in it."""
    return without_commands(printable(text))


def printable(text: str) -> str:
    """Return text that a person wrote, on one line, without what would act on a terminal or hide in it."""
    return (text if is_plain_text(text) else UNPRINTABLE.sub(" ", text)).strip()


def without_commands(text: str) -> str:
    """Return text with a space in what a build server would take for a command: `# #[error]`, `: :error::`."""
    return _COMMAND.sub(r"\g<0> ", text) if "##" in text or "::" in text else text


def use_color(choice: Color, environment: Mapping[str, str], stream: TextIO | None = None) -> bool:
    """Return whether to colour: the flag, then NO_COLOR, FORCE_COLOR, then whether the stream is a terminal."""
    stream = stream or sys.stdout
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return stream is not None and stream.isatty() and environment.get("TERM") != "dumb"


def width() -> int:
    """Return the columns to write in: COLUMNS, the terminal's, or 80."""
    return max(LEAST_WIDTH, min(shutil.get_terminal_size((80, 24)).columns, MOST_WIDTH))


def drawn(*parts: "RenderableType", columns: int, color: bool) -> str:
    """Return renderables as text, without trailing spaces."""
    from rich.console import Console  # imported on use: machine formats never need rich

    file = io.StringIO()
    system: Literal["standard"] | None = "standard" if color else None
    console = Console(
        file=file,
        width=columns,
        color_system=system,
        force_terminal=color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for part in parts:
        console.print(part)
    return "".join(f"{line.rstrip()}\n" for line in file.getvalue().splitlines())


def shown_on_stderr(*parts: "RenderableType") -> None:
    """Draw renderables on standard error, in colour where it is a terminal that has them."""
    text = drawn(*parts, columns=width(), color=use_color("auto", os.environ, sys.stderr))
    sys.stderr.write(text)
    sys.stderr.flush()


def styled(text: str, style: str, color: bool) -> str:
    """Return text with the codes of a style around it where there is colour."""
    if not (color and style):
        return text
    from rich.color import ColorSystem
    from rich.style import Style

    return Style.parse(style).render(text, color_system=ColorSystem.STANDARD)


def with_progress(things: Iterable[Thing], total: int | None) -> Iterator[Thing]:
    """Yield things, and show on standard error how many of them are through where that is a terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield from things
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    color = use_color("auto", os.environ, sys.stderr)
    console = Console(stderr=True, no_color=not color)
    with Progress(
        *columns, console=console, transient=True, auto_refresh=False, redirect_stdout=False
    ) as progress:  # results are written to standard output meanwhile
        task, shown = progress.add_task("", total=total), 0.0
        for thing in things:
            yield thing
            progress.advance(task)
            if monotonic() - shown > REFRESH:
                progress.refresh()
                shown = monotonic()


def can_ask() -> bool:
    """Return whether somebody can be asked: input and standard error are terminals."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def is_plain(environment: Mapping[str, str]) -> bool:
    """Return whether to ask line by line: for screen readers, and where the cursor can't move."""
    return environment.get("ACCESSIBLE", "0") not in ("", "0") or environment.get("TERM", "") in ("", "dumb", "unknown")


def survive_terminals() -> None:
    """Make odd terminals harmless: encodings without our characters, sizes that are no numbers, readers that leave."""
    codecs.register_error(LOOK_ALIKE, _look_alike)
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, LOOK_ALIKE), (sys.stderr, LOOK_ALIKE)):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=errors)
    forget_odd_sizes(os.environ)
    if hasattr(signal, "SIGPIPE"):  # a closed pipe is no error, whoever was writing
        signal.signal(signal.SIGPIPE, lambda *_: os._exit(0))


def forget_odd_sizes(environment: MutableMapping[str, str]) -> None:
    """Take sizes of the terminal that are none out of an environment: what reads them fails, or fills the memory."""
    for name in ("COLUMNS", "LINES", "TERMINAL_WIDTH"):
        if not re.fullmatch("[1-9][0-9]{0,2}", environment.get(name, "80"), re.ASCII):
            del environment[name]


def _look_alike(error: UnicodeError) -> tuple[str, int]:
    """Return what stands for characters that a stream can't encode, and where to go on."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(LOOKS_LIKE.get(each, "?") for each in error.object[error.start : error.end]), error.end
