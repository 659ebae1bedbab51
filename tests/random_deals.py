"""Deals made at random from a seed: everything a deal file may hold, from an empty log to full sheets of answers.

Nobody would keep such deals. They are there so that no mixture of what a file may hold, however odd, ends in a crash
or in a line that says nothing.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, get_args

import yaml

from buystage.deals.crm_words import stage_words
from buystage.library.playbooks import load_shelf
from buystage.model.answer import Value
from buystage.model.catalogue import Catalogue
from buystage.model.fields import Role
from buystage.render.review.formats import FORMATS
from buystage.settings.values import SEVERITIES

TODAY = date(2026, 6, 15)
TWO_YEARS = 730
ALL_PLAYBOOKS = ("linear", "gartner", "key-account", "procurement", "purchase-cycle")
PLAIN = ("Meridian", "Halden & Sons", "华东电子", "Société Générale", "O'Neill", "Lin Yue", "北京“远大”集团")
ODD = (
    "🙂🙃", "[bold]red[/bold]", "x | y * # _z_ `code` ~a~", "::error file=a.py,line=1::gone", "##[error]gone",
    "\x1b[31mred\x1b[0m", "\u202eback\u202cwards", "שלום עולם", "a\u200bb\u00ada", "line one\nline two", "tab\there",
    "{NAME} {0} {} %s %(x)d $HOME", "<b>&amp;</b> ]]>", "=1+1", "+49 30 1234", "- a dash", "1. first", "# a title",
    "https://example.com/a_b?c=d", "@all GH-3 :tada:", "no", "null", "yes: no", "'quoted' \"twice\"", "back\\slash",
    "--help", "ﷺ", "e\u0301\u0323", "Ａｃｍｅ　ＧｍｂＨ", "A" * 900, "长" * 300, "a long tale " * 60, "“quoted”",
    "《书》。", "𝔘𝔫𝔦",
)  # fmt: skip
CURRENCIES = ("EUR", "USD", "CNY", "eur", "€", "人民币", "points", "|*|")
AMOUNTS = (0, 0.0, 0.01, 1, 999.99, 12_345.67, 310_000, 1_200_000, 4e9, 1e15)
NONSENSE = ("Somewhere", "Stage 4", "zzz", "Ok?", "洽谈中", "100 %", "before", "offer", "won")
STEPS = ("Visit on site", "Send the offer", "Call Ann", "开评审会", "Sign.")


class RandomDeal(NamedTuple):
    """A deal as its file holds it, what is private about its people, the day to judge by, and what to suppose."""

    seed: int
    data: dict[str, Any]
    private: dict[str, Any]
    as_of: date
    what_if: dict[str, Value]

    @property
    def names(self) -> list[str]:
        """The people of the deal."""
        return [person["name"] for person in self.data.get("buying_group", ())]

    @property
    def text(self) -> str:
        """The deal as a file in YAML."""
        return yaml.safe_dump(self.data, allow_unicode=True, sort_keys=False)

    @property
    def private_text(self) -> str:
        """What is private about its people, as a file in YAML."""
        return yaml.safe_dump(self.private, allow_unicode=True, sort_keys=False)


def random_deal(seed: int) -> RandomDeal:
    """Return the deal of this seed, the same each time."""
    return _Maker(Random(seed)).deal(seed)


@cache
def _catalogue() -> Catalogue:
    return load_shelf(ALL_PLAYBOOKS).catalogue


@cache
def _claims() -> tuple[tuple[str | None, str], ...]:
    """Return every word that a CRM ships with, by its CRM and by none, every stage by id and by title, and nonsense."""
    crms = stage_words().crms.items()
    by_crm = [(name, word) for name, crm in crms for word in (*crm.words, *crm.ids, *crm.kept_ids)]
    states = [each for book in load_shelf(ALL_PLAYBOOKS).playbooks for each in book.states.items()]
    ids = [name for name, _ in states]
    titles = [word for _, state in states for each in (state.title, state.short) if each for word in (each.en, each.zh)]
    unnamed = [*(word for _, word in by_crm), *ids, *filter(None, titles), *NONSENSE, *ODD]
    return (*by_crm, *((None, word) for word in unnamed))


class _Maker:
    """Holds the source of chance while the parts of a deal are made."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def deal(self, seed: int) -> RandomDeal:
        data = {
            "name": self._text(),
            **self._some({"customer": self._text(), "owner": self._text(), "notes": self._text()}, 0.3),
            **self._some({"amount": self._of(AMOUNTS), "currency": self._of(CURRENCIES)}, 0.7),
            **self._some({"crm_id": self._of(("006A", 4711, self._text())), "forecast": self._text()}, 0.3),
            **self._claim(),
            **self._plans(),
            **self._some({"buying_group": self._people()}, 0.6),
            **self._some({"observations": self._log()}, 0.97),
            **self._some({"waivers": self._waivers(), "extra": {"team": [self._text(), {"a": 1}]}}, 0.3),
        }
        suppose = {name: self._of(("yes", "no")) for name in self._signals(self._of((0, 0, 1, 3)))}
        as_of = TODAY if self._chance(0.7) else self._day()
        return RandomDeal(seed, data, self._private(data.get("buying_group", ())), as_of, suppose)

    # --- chance ----------------------------------------------------------------------------------------------

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _of(self, things: Sequence[Any]) -> Any:
        return self.random.choice(things)

    def _some(self, keys: Mapping[str, Any], share: float) -> dict[str, Any]:
        return {key: value for key, value in keys.items() if self._chance(share)}

    def _text(self) -> str:
        return str(self._of(PLAIN if self._chance(0.5) else ODD))

    def _day(self, ahead: int = 0) -> date:
        """Return a day of the last two years, up to so many days ahead of today."""
        return TODAY + timedelta(days=self.random.randint(-TWO_YEARS, ahead))

    def _any_day(self) -> str:
        """Return a day that may be long past, yesterday, today, tomorrow or far off."""
        near = TODAY + timedelta(days=self._of((-1, 0, 1, 2, 40)))
        return (near if self._chance(0.5) else self._day(TWO_YEARS)).isoformat()

    def _signals(self, most: int) -> list[str]:
        names = list(_catalogue().signals)
        return self.random.sample(names, min(most, len(names)))

    # --- the log ---------------------------------------------------------------------------------------------

    def _log(self) -> list[dict[str, Any]]:
        """Return a thin log, one of a usual size, full sheets, or a purchase that gets on, and sometimes goes back."""
        entries: list[dict[str, Any]] = self._of((self._thin, self._usual, self._sheets, self._course))()
        if self._chance(0.5):
            self.random.shuffle(entries)
        return entries

    def _thin(self) -> list[dict[str, Any]]:
        return [self._entry(self._day(1), self._guesses(self._signals(self._of((0, 1, 2)))))
                for _ in range(self.random.randint(0, 3))]  # fmt: skip

    def _usual(self) -> list[dict[str, Any]]:
        days = [self._day(1) for _ in range(self.random.randint(1, 4))]
        return [self._entry(self._of(days), self._guesses(self._signals(self.random.randint(0, 8))))
                for _ in range(self.random.randint(2, 10))]  # fmt: skip

    def _sheets(self) -> list[dict[str, Any]]:
        most = len(_catalogue().signals)
        return [self._entry(self._day(1), self._guesses(self._signals(self._of((most, most // 2)))))
                for _ in range(self.random.randint(1, 2))]  # fmt: skip

    def _course(self) -> list[dict[str, Any]]:
        """Return a purchase that gets further each time, with some answers that don't fit, and things open again."""
        names = list(_catalogue().signals)
        again = [name for name in names if name.endswith("_reopened")]
        days = sorted(self._day(1) for _ in range(self.random.randint(1, 8)))
        entries = []
        for at, day in enumerate(days, start=1):
            reach = at / len(days) * self.random.random()
            told = self._signals(self._of((3, 8, 20)))
            words = {name: "yes" if names.index(name) / len(names) < reach else "no" for name in told}
            words |= {name: self._of(("yes", "no")) for name in self._signals(self._of((0, 0, 1)))}
            words |= {self._of(again): "yes"} if self._chance(0.3) else {}
            entries.append(self._entry(day, words))
        return entries

    def _guesses(self, names: Sequence[str]) -> dict[str, str]:
        words = self._of((("yes", "no", "unknown"), ("yes", "yes", "no"), ("no", "no", "yes"), ("yes",), ("unknown",)))
        return {name: self._of(words) for name in names}

    def _entry(self, day: date, words: Mapping[str, str]) -> dict[str, Any]:
        answers = {name: self._answer(word) for name, word in words.items()}
        source = {"source": self._text()} if self._chance(0.5) else {}
        return {"date": day.isoformat(), **source, **({"answers": answers} if answers or self._chance(0.5) else {})}

    def _answer(self, word: str) -> Any:
        more = self._some({"quote": self._text(), "by": self._text()}, self._of((0, 0.3, 0.8)))
        more |= {"evidence": self._of(("customer", "assumed"))} if self._chance(0.3) else {}
        return {"answer": word, **more} if more else word

    # --- the rest of a deal ----------------------------------------------------------------------------------

    def _claim(self) -> dict[str, Any]:
        crm, word = self._of(_claims())
        if self._chance(0.1):
            crm = self._of(("Excel", "another", *stage_words().crms))
        return {**({"crm": crm} if crm else {}), **({"claimed_stage": word} if self._chance(0.85) else {})}

    def _plans(self) -> dict[str, Any]:
        step = {"what": self._of((*STEPS, self._text())), "by": self._of(("customer", "us", "both"))}
        dates = [{"what": self._text(), "date": self._any_day()} for _ in range(self._of((1, 1, 3)))]
        context = {
            "contact_restricted": self._of(("yes", "no", True)),
            "complexity": self._of(("low", "normal", "high")),
        }
        plans = {
            "close_date": self._any_day(),
            "next_step": {**step, **self._some({"date": self._any_day()}, 0.7)},
            "key_dates": dates,
            "paused": {"until": self._any_day(), "reason": self._text()},
            "context": self._some(context, 0.6),
        }
        return self._some(plans, 0.4)

    def _people(self) -> list[dict[str, Any]]:
        names = dict.fromkeys(self._text().strip() for _ in range(self._of((1, 2, 4, 8, 14))))
        stances = ("supporter", "neutral", "opponent", "unknown")
        return [
            {
                "name": name,
                "role": self._of(get_args(Role)),
                **self._some({"stance": self._of(stances), "organisation_goal": self._text()}, 0.6),
            }
            for name in names
        ]

    def _private(self, people: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        situations = ("newcomer", "rival", "nothing_to_gain")
        secrets = {"personal_goal": self._text(), "career_situation": self._of(situations)}
        return {"people": {person["name"]: self._some(secrets, 0.7) for person in people if self._chance(0.5)}}

    def _waivers(self) -> list[dict[str, Any]]:
        rules = self.random.sample(list(SEVERITIES), self._of((1, 3, len(SEVERITIES))))
        return [{"rule": rule, "reason": self._text(), "until": self._any_day(), "by": self._text()} for rule in rules]


EVERY_FORMAT = ("text", *FORMATS)


def json_lines(folder: Path, seeds: Iterable[int]) -> Path:
    """Write the deals of these seeds into a file of JSON Lines."""
    path = folder / "deals.jsonl"
    lines = (json.dumps(random_deal(seed).data, ensure_ascii=False) for seed in seeds)
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path
