"""An answer as it stands on a day."""

from datetime import date
from typing import Literal, NamedTuple

Value = Literal["yes", "no"]
PRESENT = 0.25  # of an answer's weight; what goes on fades below it after 90 days


class Answer(NamedTuple):
    """A yes or no that stands on the day, with what it rests on and how much it weighs (1, ½, ¼ …)."""

    signal: str
    value: Value
    date: date
    assumed: bool = False
    quote: str | None = None
    by: str | None = None
    implied_by: str | None = None
    weight: float = 1.0
    old: bool = False

    def weighing(self, weight: float, *, old: bool) -> "Answer":
        """Return the same answer with another weight; `replace` takes five times as long, and this runs for each."""
        return Answer(
            self.signal, self.value, self.date, self.assumed, self.quote, self.by, self.implied_by, weight, old
        )

    @property
    def is_yes(self) -> bool:
        """Whether the answer is yes."""
        return self.value == "yes"

    @property
    def is_sure(self) -> bool:
        """Whether it is the customer's own answer, and neither old nor faded: nothing to ask about again."""
        return not self.assumed and not self.old and self.weight == 1.0

    @property
    def is_present(self) -> bool:
        """Whether it is yes and has not faded over two months: something that still goes on."""
        return self.is_yes and self.weight >= PRESENT
