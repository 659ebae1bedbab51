"""What is known on a day: the latest answers, what they imply, how much each weighs."""

from datetime import date

from builders import catalogue, entry, signal
from buystage.diagnosis.answers import answers_on, supposing, timeline
from buystage.model.answer import Value

SIGNALS = catalogue(
    named=signal(sort="happened"),
    agreed=signal(sort="stands", implies=["named"], excludes=["reopened"]),
    reopened=signal(sort="stands"),
    signed=signal(sort="happened", implies=["agreed"]),
    comparing=signal(sort="ongoing"),
)


def on(day: str, *log: object) -> dict[str, str]:
    """Return what is known on a day, without what is implied."""
    known = answers_on(log, date.fromisoformat(day), SIGNALS).known  # type: ignore[arg-type]
    return {name: answer.value for name, answer in known.items() if answer.implied_by is None}


def weights(day: str, *log: object) -> dict[str, float]:
    known = answers_on(log, date.fromisoformat(day), SIGNALS).known  # type: ignore[arg-type]
    return {name: answer.weight for name, answer in known.items()}


def test_the_latest_yes_or_no_counts_whatever_the_order_of_the_file() -> None:
    early, late = entry("2026-01-10", agreed="yes"), entry("2026-02-10", agreed="no")
    assert on("2026-03-01", early, late) == on("2026-03-01", late, early) == {"agreed": "no"}


def test_within_a_day_the_later_entry_of_the_file_wins() -> None:
    assert on("2026-03-01", entry(agreed="yes"), entry(agreed="no")) == {"agreed": "no"}


def test_entries_after_the_day_asked_for_don_t_exist_yet() -> None:
    log = entry("2026-01-10", agreed="yes"), entry("2026-02-10", agreed="no")
    assert on("2026-02-09", *log) == {"agreed": "yes"}
    assert on("2026-01-09", *log) == {}


def test_unknown_never_replaces_an_answer() -> None:
    log = entry("2026-01-10", agreed="yes"), entry("2026-02-10", agreed="unknown", named="unknown")
    state = answers_on(log, date(2026, 3, 1), SIGNALS)
    assert state.known["agreed"].value == "yes"
    assert state.unknown == frozenset()  # `named` follows from `agreed`
    assert state.newest == date(2026, 2, 10)


def test_asked_in_vain_is_not_the_same_as_not_asked() -> None:
    assert answers_on([entry(comparing="unknown")], date(2026, 3, 1), SIGNALS).unknown == {"comparing"}


def test_what_goes_on_fades_by_half_every_full_30_days_before_the_newest_entry() -> None:
    newest = entry("2026-04-01", named="yes")
    for days_before, weight in ((0, 1), (29, 1), (30, 0.5), (59, 0.5), (60, 0.25), (90, 0.125)):
        day = date.fromordinal(date(2026, 4, 1).toordinal() - days_before).isoformat()
        assert weights("2026-04-01", entry(day, comparing="yes"), newest)["comparing"] == weight


def test_the_clock_alone_fades_nothing() -> None:
    assert weights("2026-12-01", entry("2026-03-01", comparing="yes")) == {"comparing": 1}


def test_what_happened_and_what_stands_does_not_fade() -> None:
    log = entry("2020-01-01", named="yes", reopened="no"), entry("2026-01-01", comparing="yes")
    assert weights("2026-01-01", *log) == {"named": 1, "reopened": 1, "comparing": 1}


def test_a_guess_counts_half_and_what_it_implies_too() -> None:
    guess = {"answer": "yes", "evidence": "assumed"}
    assert weights("2026-03-01", entry(agreed=guess)) == {"agreed": 0.5, "named": 0.5}


def test_what_is_very_old_and_was_going_on_weighs_nothing() -> None:
    log = entry("2001-01-01", comparing="yes"), entry("2026-01-01", named="yes")
    assert weights("2026-01-01", *log)["comparing"] == 0


def test_what_stands_is_old_after_60_days_by_the_clock() -> None:
    log = [entry("2026-01-01", reopened="yes", named="yes")]
    assert not answers_on(log, date(2026, 3, 2), SIGNALS).known["reopened"].old
    assert answers_on(log, date(2026, 3, 3), SIGNALS).known["reopened"].old
    assert not answers_on(log, date(2026, 3, 3), SIGNALS).known["named"].old  # it happened: it can't grow old


def test_a_newer_yes_renews_what_it_implies() -> None:
    log = [entry("2026-01-01", agreed="yes"), entry("2026-03-20", signed="yes")]
    assert not answers_on(log, date(2026, 4, 1), SIGNALS).known["agreed"].old
    assert answers_on(log, date(2026, 7, 1), SIGNALS).known["agreed"].old  # the newer yes has grown old itself


def test_an_older_yes_renews_nothing_and_a_no_is_not_renewed() -> None:
    older = [entry("2026-01-01", signed="yes"), entry("2026-01-02", agreed="yes")]
    assert answers_on(older, date(2026, 4, 1), SIGNALS).known["agreed"].old
    denied = [entry("2026-01-01", agreed="no"), entry("2026-03-20", signed="yes")]
    assert answers_on(denied, date(2026, 4, 1), SIGNALS).known["agreed"].old


def test_what_follows_from_old_news_is_old() -> None:
    known = answers_on([entry("2026-01-01", signed="yes")], date(2026, 4, 1), SIGNALS).known
    assert known["agreed"].old
    assert not known["named"].old


def test_a_yes_fills_what_it_implies_over_several_steps() -> None:
    known = answers_on([entry(signed="yes")], date(2026, 3, 1), SIGNALS).known
    assert {name: answer.implied_by for name, answer in known.items()} == {
        "signed": None,
        "agreed": "signed",
        "named": "signed",
    }


def test_implied_answers_never_replace_a_given_one() -> None:
    log = [entry("2026-01-01", agreed="no"), entry("2026-02-01", signed="yes")]
    assert answers_on(log, date(2026, 3, 1), SIGNALS).known["agreed"].value == "no"


def test_nothing_is_implied_that_a_given_yes_excludes() -> None:
    known = answers_on([entry(signed="yes", reopened="yes")], date(2026, 3, 1), SIGNALS).known
    assert set(known) == {"signed", "reopened", "named"}


def test_what_is_older_than_the_source_does_not_stop_it_from_implying() -> None:
    log = [entry("2026-01-01", reopened="yes"), entry("2026-02-01", signed="yes")]
    assert answers_on(log, date(2026, 3, 1), SIGNALS).known["agreed"].implied_by == "signed"


def test_a_no_implies_nothing() -> None:
    assert set(answers_on([entry(signed="no")], date(2026, 3, 1), SIGNALS).known) == {"signed"}


def test_evidence_of_the_customer_beats_our_guess_as_a_source() -> None:
    guess = {"answer": "yes", "evidence": "assumed"}
    log = [entry("2026-01-01", agreed="yes"), entry("2026-02-01", signed=guess)]
    assert answers_on(log, date(2026, 3, 1), SIGNALS).known["named"].implied_by == "agreed"


def test_the_timeline_has_a_state_per_day_of_the_log() -> None:
    log = entry("2026-02-10", agreed="yes"), entry("2026-01-10", named="yes"), entry("2026-02-10", comparing="no")
    states = timeline(log, date(2026, 3, 1), SIGNALS)
    assert [state.newest for state in states] == [date(2026, 1, 10), date(2026, 2, 10)]
    assert [set(state.known) for state in states] == [{"named"}, {"named", "agreed", "comparing"}]


def test_an_empty_log_has_one_empty_state() -> None:
    (state,) = timeline((), date(2026, 3, 1), SIGNALS)
    assert (dict(state.known), state.newest) == ({}, None)


def test_what_followed_from_a_yes_outlives_it() -> None:
    log = entry("2026-01-10", agreed="yes"), entry("2026-02-10", agreed="no")
    known = answers_on(log, date(2026, 3, 1), SIGNALS).known
    assert (known["named"].value, known["named"].implied_by, known["named"].date) == (
        "yes",
        "agreed",
        date(2026, 1, 10),
    )
    supposed = supposing(known, {"comparing": "yes"}, date(2026, 3, 1), SIGNALS)
    assert supposed["named"] == known["named"]


def test_it_outlives_a_yes_that_was_overtaken_and_not_one_that_can_only_have_been_wrong() -> None:
    signals = catalogue(chosen=signal(implies=["named"]), named=signal(), again=signal(excludes=["chosen"]))
    overtaken = entry("2026-01-10", chosen="yes"), entry("2026-02-10", again="yes")
    assert answers_on(overtaken, date(2026, 3, 1), signals).known.keys() == {"again", "named"}
    corrected = entry("2026-01-10", signed="yes"), entry("2026-02-10", signed="no")
    assert answers_on(corrected, date(2026, 3, 1), SIGNALS).known.keys() == {"signed"}


def test_what_holds_now_is_a_better_source_than_what_held() -> None:
    log = entry("2026-01-10", signed="yes"), entry("2026-01-20", agreed="yes"), entry("2026-02-10", agreed="no")
    assert answers_on(log, date(2026, 3, 1), SIGNALS).known["named"].implied_by == "signed"


def test_what_followed_is_left_out_where_a_later_yes_excludes_it() -> None:
    signals = catalogue(
        chosen=signal(implies=["kind"]), kind=signal(excludes=["undone"]), undone=signal(), other=signal()
    )
    log = entry("2026-01-10", chosen="yes"), entry("2026-02-10", chosen="no", undone="yes")
    assert answers_on(log, date(2026, 3, 1), signals).known.keys() == {"chosen", "undone"}


def test_to_have_asked_in_vain_lets_nothing_fade_and_is_no_news() -> None:
    log = entry("2026-01-10", comparing="yes"), entry("2026-03-10", named="unknown"), entry("2026-03-20")
    assert weights("2026-04-01", *log) == {"comparing": 1.0}
    state = answers_on(log, date(2026, 4, 1), SIGNALS)
    assert (state.heard, state.newest) == (date(2026, 1, 10), date(2026, 3, 20))


def test_our_own_guess_is_no_news_of_the_customer() -> None:
    log = entry("2026-01-10", comparing="yes"), entry("2026-03-10", comparing={"answer": "no", "evidence": "assumed"})
    assert answers_on(log, date(2026, 4, 1), SIGNALS).heard == date(2026, 1, 10)


def test_a_later_yes_overtakes_an_older_one_that_it_excludes() -> None:
    log = entry("2026-01-10", reopened="yes"), entry("2026-02-10", agreed="yes")
    assert on("2026-03-01", *log) == {"agreed": "yes"}
    assert answers_on(log, date(2026, 3, 1), SIGNALS).unknown == frozenset()


def test_what_follows_from_a_later_yes_overtakes_too_unless_it_is_denied() -> None:
    log = entry("2026-01-10", reopened="yes"), entry("2026-02-10", signed="yes")
    assert on("2026-03-01", *log) == {"signed": "yes"}
    denied = *log, entry("2026-02-10", agreed="no")
    assert on("2026-03-01", *denied) == {"signed": "yes", "agreed": "no", "reopened": "yes"}


def test_nothing_overtakes_on_its_own_day_nor_the_other_way_round() -> None:
    same_day = entry("2026-02-10", reopened="yes", agreed="yes")
    assert on("2026-03-01", same_day) == {"reopened": "yes", "agreed": "yes"}
    reopened_later = entry("2026-01-10", agreed="yes"), entry("2026-02-10", reopened="yes")
    assert on("2026-03-01", *reopened_later) == {"agreed": "yes", "reopened": "yes"}


# --- suppositions --------------------------------------------------------------------------------------------------


def supposed(answers: dict[str, Value], **given: str) -> dict[str, str]:
    known = answers_on([entry(**given)], date(2026, 3, 1), SIGNALS).known
    return {name: each.value for name, each in supposing(known, answers, date(2026, 3, 1), SIGNALS).items()}


def test_a_supposed_yes_brings_what_follows_and_takes_away_what_can_t_stand_beside_it() -> None:
    assert supposed({"agreed": "yes"}, reopened="yes", named="no", comparing="yes") == {
        "agreed": "yes",
        "named": "yes",
        "comparing": "yes",
    }


def test_a_supposed_no_takes_away_what_would_imply_a_yes() -> None:
    assert supposed({"agreed": "no"}, signed="yes", named="yes") == {"agreed": "no", "named": "yes"}


def test_to_suppose_what_is_so_already_changes_nothing() -> None:
    contradiction = {"agreed": "yes", "reopened": "yes"}
    assert supposed({"agreed": "yes"}, **contradiction) == {**contradiction, "named": "yes"}
