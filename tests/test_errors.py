"""Errors as those meet them who call buystage from Python."""

import pickle

from buystage.errors import InputError, InvalidContentError, Location, Problem


def test_an_error_says_in_english_what_is_wrong_and_where() -> None:
    place = Location("deals/acme.yaml", 3, 5, "amout: 5")
    error = InvalidContentError(Problem("unknown_key", {"key": "amout"}, place), Problem("empty_file"), more=2)
    assert str(error) == "deals/acme.yaml:3:5: unknown key 'amout'\nthe file is empty\nand 2 more"


def test_an_error_says_the_same_in_another_process() -> None:
    error = InputError(Problem("unreadable", {"file": "a.yaml", "reason": "no such file"}))
    assert str(pickle.loads(pickle.dumps(error))) == str(error) == "can't read a.yaml: no such file"
