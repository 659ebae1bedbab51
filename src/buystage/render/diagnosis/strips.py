"""Rows of stages as text: in full, or as much as fits into a line around where the customer is."""

from buystage.language import Language, say
from buystage.render.diagnosis.stages import Strip
from buystage.terminal.wrapping import Text

JOINT, LEFT_OUT = " > ", "…"


def whole_strip(strip: Strip) -> Text:
    """Return all stages in a row, the one the customer is in marked by brackets and capitals."""
    return _row(strip, 0, len(strip.stages))


def strip_in_a_line(strip: Strip, room: int, language: Language) -> Text:
    """Return the stages around the one the customer is in, as many as fit into `room` columns, and how sure that is."""
    if strip.here is None:
        return Text(say("strip_unknown", language), style="dim")
    sure = Text(f"  {strip.sure}", style="dim")
    first, last = strip.here, strip.here + 1
    while (wider := _wider(strip, first, last, room - sure.cell_len)) is not None:
        first, last = wider
    row = _row(strip, first, last)
    row.append_text(sure)
    return row


def _wider(strip: Strip, first: int, last: int, room: int) -> tuple[int, int] | None:
    """Return the row with one more stage where that fits, on the shorter side of the two first."""
    sides = [(first - 1, last), (first, last + 1)]
    here = strip.here or 0
    nearest = sorted(sides, key=lambda side: max(here - side[0], side[1] - 1 - here))
    inside = (side for side in nearest if side[0] >= 0 and side[1] <= len(strip.stages))
    return next((side for side in inside if _row(strip, *side).cell_len <= room), None)


def _row(strip: Strip, first: int, last: int) -> Text:
    text = Text(LEFT_OUT + JOINT if first else "")
    for index, name in enumerate(strip.stages[first:last], start=first):
        here = index == strip.here
        text.append(JOINT if index > first else "")
        text.append(f"[{name.upper()}]" if here else name, style="bold" if here else "")
    end = [LEFT_OUT] if last < len(strip.stages) else [strip.after] if strip.after else []
    text.append("".join(JOINT + each for each in end), style="dim")
    return text
