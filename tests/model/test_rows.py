"""The shorthand of rows, spelled out."""

import pytest

from buystage.model.rows import JOB_ROWS, PERCENT, begins, during, ends, spread, until

STAGES = ("a", "b", "c", "d")


def words(row: tuple[str, ...]) -> str:
    return " ".join(row)


def test_begins_is_often_in_its_stage_and_always_after() -> None:
    assert [words(begins(at, 4)) for at in range(4)] == [
        "often always always always",
        "rarely often always always",
        "never rarely often always",
        "never never rarely often",
    ]


def test_ends_is_rare_up_to_and_in_its_stage_and_always_after() -> None:
    assert words(ends(0, 4)) == "rarely always always always"
    assert words(ends(2, 4)) == "rarely rarely rarely always"


def test_during_fades_with_distance() -> None:
    assert words(during(0, 4)) == "often sometimes rarely rarely"
    assert words(during(2, 4)) == "rarely sometimes often sometimes"


def test_until_is_the_mirror_image_of_begins() -> None:
    assert words(until(0, 4)) == "often rarely never never"
    assert words(until(2, 4)) == "always always often rarely"


def test_rows_of_jobs() -> None:
    assert {name: words(row) for name, row in JOB_ROWS.items()} == {
        "started": "rarely always always",
        "active": "rarely often rarely",
        "done": "never rarely always",
        "proves": "never never sometimes",
        "forbids_done": "sometimes sometimes never",
    }


def test_the_percentages_printed_beside_the_words() -> None:
    assert PERCENT == {"never": 2, "rarely": 10, "sometimes": 40, "often": 75, "always": 95}


def test_ranges_spread_over_their_states() -> None:
    assert words(spread([("a..c", "never"), ("d", "sometimes")], STAGES)) == "never never never sometimes"


@pytest.mark.parametrize(
    ("ranges", "wrong"),
    [
        ([("a..b", "never")], "c"),
        ([("a..b", "never"), ("b..d", "often")], "b..d"),
        ([("b..d", "never")], "b..d"),
        ([("a..x", "never")], "x"),
        ([("d..a", "never")], "d..a"),
        ([], "a"),
    ],
)
def test_ranges_must_cover_each_state_once_in_order(ranges: list[tuple[str, str]], wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        spread(ranges, STAGES)  # type: ignore[arg-type]
