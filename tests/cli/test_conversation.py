"""The interview as a person meets it: a real process on a real terminal."""

import json
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pyte
import pytest
import yaml

from conftest import ROOT, Cli, Write

DOWN = "\x1b[B"
INTERRUPT, END = "\x03", "\x04"
WORDS, NAME, APPEND = "What exactly did they say or do?", "Keep this as a deal file?", "Append these answers to"


class Desk:
    """A terminal, and what stands on it."""

    def __init__(self, folder: Path, command: str, size: tuple[int, int] = (24, 80), **environment: str) -> None:
        env = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LINES")}
        env |= {"TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1", "LANG": "C.UTF-8"}
        env |= {"XDG_STATE_HOME": str(folder / "state"), **environment}
        script = f'"{sys.executable}" -m buystage {command}'
        self.child = pexpect.spawn(
            "bash", ["-c", script], dimensions=size, encoding="utf-8", env=env, cwd=str(folder), timeout=30
        )
        self.screen = pyte.HistoryScreen(size[1], size[0], history=1000, ratio=1.0)
        self.stream = pyte.Stream(self.screen)
        self.printed = ""

    def see(self, text: str) -> None:
        """Wait until a text is printed."""
        self.child.expect_exact(text)
        self._draw((self.child.before or "") + str(self.child.after))

    def see_one(self, *texts: str) -> int:
        """Wait until one of several texts is printed and return which."""
        found: int = self.child.expect_exact(list(texts))
        self._draw((self.child.before or "") + str(self.child.after))
        return found

    def press(self, keys: str, then: str) -> None:
        """Press keys and wait for what that brings."""
        self.child.send(keys)
        self.see(then)

    def end(self) -> int:
        """Wait for the end and return the exit code."""
        self.child.expect_exact(pexpect.EOF)
        self._draw(self.child.before or "")
        self.child.close()
        return self.child.exitstatus if self.child.exitstatus is not None else -(self.child.signalstatus or 0)

    def _draw(self, text: str) -> None:
        self.printed += text
        self.stream.feed(text)

    def enter(self, text: str) -> None:
        """Type a line once the terminal waits for one: what comes sooner is echoed out of place."""
        self.see("  →")
        self.child.send(f"{text}\r")

    @property
    def transcript(self) -> str:
        """What stands on the terminal at the end, with all that has scrolled away."""
        columns = range(self.screen.columns)
        above = ["".join(line[column].data for column in columns) for line in self.screen.history.top]
        return "\n".join(line.rstrip() for line in (*above, *self.screen.display)).strip() + "\n"

    @property
    def text(self) -> str:
        """All that was printed, without what moves the cursor or colours."""
        return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|\r", "", self.printed)


Sit = Callable[..., Desk]


@pytest.fixture
def sit(tmp_path: Path) -> Iterator[Sit]:
    """Sit down at a terminal: `sit("diagnose", size=(10, 40))`."""
    desks: list[Desk] = []

    def down(command: str, size: tuple[int, int] = (24, 80), **environment: str) -> Desk:
        desks.append(Desk(tmp_path, command, size, **environment))
        return desks[-1]

    yield down
    for each in desks:
        each.child.close(force=True)


def to_the_third_question(at: Desk) -> None:
    at.see("How far has this customer ever got?")
    at.press("3", "open again today?")
    at.press("n", "Question 3")


def say_no_to_the_rest(at: Desk, key: str = "n") -> None:
    while at.see_one("? don't know", "of 12 questions.", "change the result.") == 0:
        at.child.send(key)


def skip_the_words(at: Desk, *ends: str) -> None:
    while at.see_one(WORDS, *ends) == 0:
        at.enter("")


def drafts(folder: Path) -> list[Path]:
    return sorted((folder / "state/buystage/drafts").glob("*.json"))


# --- from the first question to the file -------------------------------------------------------------------------


def test_a_dozen_keys_a_result_the_words_behind_it_and_a_file(sit: Sit, tmp_path: Path) -> None:
    at = sit("diagnose")
    to_the_third_question(at)
    say_no_to_the_rest(at)
    at.see(WORDS)
    assert "Stage   " in at.text
    at.press("nobody was told to\r", "Who was it?")
    at.press("Ann Lee\r", "When?")
    at.press("October\r", "A day up to today")
    at.child.send("2026-03-02\r")
    skip_the_words(at, NAME)
    at.press("y", "What is the deal called?")
    at.press("\x15Acme, line 2\r", "File to write:")
    at.press("\r", "saved to acme-line-2.yaml")
    assert at.end() == 0
    deal = yaml.safe_load((tmp_path / "acme-line-2.yaml").read_text("utf-8"))
    assert deal["name"] == "Acme, line 2"
    first, last = deal["observations"]
    assert str(first["date"]) == "2026-03-02"
    (told,) = first["answers"].values()
    assert (told["quote"], told["by"]) == ("nobody was told to", "Ann Lee")
    assert last["answers"]["offers_requested"] is True
    assert "*.private.yaml" in (tmp_path / ".gitignore").read_text()
    assert drafts(tmp_path) == []


@pytest.mark.parametrize(("key", "kept"), [("n", False), ("y", True)])
def test_answers_are_appended_to_a_deal_where_the_person_agrees(sit: Sit, write: Write, key: str, kept: bool) -> None:
    path = write("deal.yaml", "name: Acme   # ours\n")
    at = sit("diagnose deal.yaml --ask")
    at.see("How far")
    at.press("2", "Question 2")
    at.child.send("q")
    skip_the_words(at, APPEND)
    at.child.send(key)
    assert at.end() == 0
    assert ("requirements_once_agreed: yes" in path.read_text()) == kept
    assert path.read_text().startswith("name: Acme   # ours\n")
    assert drafts(path.parent) == []


@pytest.mark.parametrize(("flag", "kept"), [("--save", True), ("--no-save", False)])
def test_the_flags_decide_without_asking(sit: Sit, write: Write, flag: str, kept: bool) -> None:
    path = write("deal.yaml", "name: Acme\n")
    at = sit(f"diagnose deal.yaml --ask {flag}")
    at.see("How far")
    at.press("1", "Question 2")
    at.child.send("q")
    if kept:
        skip_the_words(at, "saved to deal.yaml")
    assert at.end() == 0
    assert APPEND not in at.text
    assert ("problem_named: yes" in path.read_text()) == kept
    assert drafts(path.parent) == []


def test_what_was_said_on_an_earlier_day_still_holds_today(sit: Sit, write: Write) -> None:
    path = write("deal.yaml", "name: Acme\nobservations:\n  - {date: 2026-03-20, answers: {preferred_named: no}}\n")
    at = sit("diagnose deal.yaml --ask --save -a preferred_named=yes")
    at.see("? don't know")
    at.press("5", "Question 2")
    at.child.send("q")
    at.see(WORDS)
    at.press("it is yours\r", "Who was it?")
    at.press("\r", "When?")
    at.child.send("2026-03-10\r")
    skip_the_words(at, "saved to deal.yaml")
    assert at.end() == 0
    _, earlier, today = yaml.safe_load(path.read_text("utf-8"))["observations"]
    assert (str(earlier["date"]), list(earlier["answers"])) == ("2026-03-10", ["preferred_named"])
    assert today["answers"]["preferred_named"]["quote"] == "it is yours"


@pytest.mark.parametrize("wrong", ["acme", "acme.txt", "x.private.yaml", "gone/x.yaml", "."])
def test_a_file_that_can_t_be_written_is_asked_for_again(sit: Sit, tmp_path: Path, wrong: str) -> None:
    at = sit("diagnose")
    at.see("How far")
    at.press("1", "Question 2")
    at.child.send("q")
    skip_the_words(at, NAME)
    at.press("y", "What is the deal called?")
    at.press("\x15Acme\r", "File to write:")
    at.press(f"\x15{wrong}\r", "error: ")
    at.see("File to write:")
    at.press("\x15good.yaml\r", "buystage after good.yaml")
    assert at.end() == 0
    assert "problem_named: yes" in (tmp_path / "good.yaml").read_text()


@pytest.mark.parametrize(
    ("output", "code"), [("> /dev/full", 3), ("| true; exit ${PIPESTATUS[0]}", 0), ("-o /gone/x", 3)]
)
def test_a_result_that_can_t_be_printed_costs_no_answers(sit: Sit, write: Write, output: str, code: int) -> None:
    path = write("deal.yaml", "name: Acme\n")
    at = sit(f"diagnose deal.yaml --ask --save {output}")
    at.see("How far")
    at.press("1", "Question 2")
    at.child.send("q")
    skip_the_words(at, "saved to deal.yaml")
    assert at.end() == code
    assert "problem_named: yes" in path.read_text()


def test_save_without_a_deal_asks_for_its_name_and_file_alone(sit: Sit, tmp_path: Path) -> None:
    at = sit("diagnose --save")
    at.see("How far")
    at.press("1", "Question 2")
    at.child.send("q")
    skip_the_words(at, "What is the deal called?")
    at.enter("\x15Acme")
    at.see("File to write:")
    at.enter("")
    at.see("saved to acme.yaml")
    assert at.end() == 0
    assert NAME not in at.text
    assert list((tmp_path / "state/buystage/drafts").iterdir()) == []


def test_a_file_that_is_there_is_never_overwritten_and_another_name_is_asked_for(sit: Sit, write: Write) -> None:
    path = write("acme.yaml", "name: mine\n")
    at = sit("diagnose")
    at.see("How far")
    at.press("1", "Question 2")
    at.child.send("q")
    skip_the_words(at, NAME)
    at.press("y", "What is the deal called?")
    at.press("\x15Acme\r", "File to write:")
    at.press("\r", "is there already")
    at.press("\x15other.yaml\r", "saved to other.yaml")
    assert at.end() == 0
    assert path.read_text() == "name: mine\n"


def test_a_result_that_is_not_kept_leaves_nothing(sit: Sit, tmp_path: Path) -> None:
    at = sit("diagnose")
    at.see("How far")
    at.press("1", "Question 2")
    at.child.send("q")
    skip_the_words(at, NAME)
    at.press("n", "not saved")
    assert at.end() == 0
    assert [each.name for each in tmp_path.iterdir()] == ["state"]
    assert drafts(tmp_path) == []


def test_standard_output_carries_the_result_alone(sit: Sit, tmp_path: Path) -> None:
    at = sit("diagnose --format json --no-save > out.json")
    to_the_third_question(at)
    at.child.send("q")
    assert at.end() == 0
    document = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert document["answers"]["yes"] == 1
    assert "buystage.diagnosis.result" not in at.text


def test_after_a_call_what_it_was_to_settle_is_asked_and_saved(sit: Sit, write: Write) -> None:
    answers = "{requirements_agreed: yes, offers_requested: yes}"
    log = f"name: Acme\nobservations:\n  - {{date: 2026-03-02, answers: {answers}}}\n"
    path = write("deal.yaml", log)
    at = sit("after deal.yaml --source 'call with Ann'")
    at.see("Question 1 (of 3 at most)")
    at.see("? don't know")
    at.press("y", "Question 2")
    at.see("? don't know")
    at.press("n", "Question 3")
    at.see("? don't know")
    at.child.send("?")
    skip_the_words(at, "saved to deal.yaml, answers: 3")
    assert at.end() == 0
    assert "ASK  " in at.text.split("saved to")[1]
    assert 'source: "call with Ann"' in path.read_text()
    assert path.read_text().startswith(log)


def test_the_session_in_the_readme(sit: Sit, request: pytest.FixtureRequest) -> None:
    at = sit("diagnose --as-of 2026-04-24", size=(150, 80))  # high enough that nothing scrolls
    for key in "3nynnnnq":
        at.see("result now")
        at.child.send(key)
    at.see(WORDS)
    at.enter("We replace the doors this year")
    at.see("Who was it?")
    at.enter("Per Dahl, production")
    at.see("When?")
    at.enter("")
    skip_the_words(at, NAME)
    at.see("n no")
    at.press("y", "What is the deal called?")
    at.enter("\x15Halden Foods")
    at.see("File to write:")
    at.enter("")
    at.see("saved to")
    assert at.end() == 0
    readme = ROOT / "README.md"
    text = readme.read_text("utf-8")
    before, mark, rest = text.partition("<!-- interview: what a terminal shows in the tests -->\n```text\n")
    _, end, after = rest.partition("```\n")
    assert mark
    if request.config.getoption("--update-goldens"):
        readme.write_text(before + mark + at.transcript + end + after, "utf-8")
    else:
        assert text == before + mark + at.transcript + end + after


# --- going back, more, breaking off --------------------------------------------------------------------------------


def test_back_and_more(sit: Sit) -> None:
    at = sit("diagnose --no-save")
    to_the_third_question(at)
    at.see("? don't know")
    at.press("i", "Not to be mistaken for:")
    at.see("? don't know")
    at.press("y", "Question 4")
    at.see("? don't know")
    at.press("b", "Question 3")
    at.see("? don't know")
    at.press(DOWN + "\r", "→ no")
    at.see("? don't know")
    at.child.send("q")
    assert at.end() == 0


def test_what_is_open_again_is_ticked_by_job(sit: Sit, tmp_path: Path) -> None:
    at = sit("diagnose --format json --no-save > out.json")
    at.see("How far")
    at.press("5", "open again today?")
    at.press("y", "What is open again?")
    at.see("Consensus")
    at.press("b", "open again today?")
    at.press("y", "What is open again?")
    at.see("Consensus")
    at.press("3\r", "→ Requirements")
    at.see("? don't know")
    at.child.send("q")
    assert at.end() == 0
    jobs = json.loads((tmp_path / "out.json").read_text("utf-8"))["diagnoses"][1]["jobs"]
    assert [job["id"] for job in jobs if job["state"] == "reopened"] == ["requirements_building"]


@pytest.mark.parametrize("key", [INTERRUPT, END])
def test_breaking_off_keeps_the_answers_and_the_next_time_offers_them(sit: Sit, tmp_path: Path, key: str) -> None:
    at = sit("diagnose; echo code $?; stty -a")
    to_the_third_question(at)
    at.see("? don't know")
    at.press(key, "Your answers are kept")
    at.see("code 130")
    at.see(" echo ")  # the terminal is as it was
    assert at.end() == 0
    again = sit("diagnose --no-save")
    again.see("was not saved. Go on from there?")
    again.press("y", "Question 1")
    assert "How far has this customer" not in again.text
    again.see("? don't know")
    again.child.send("q")
    assert again.end() == 0
    assert drafts(tmp_path) == []


def test_words_are_kept_too_and_a_draft_of_another_day_keeps_its_day(sit: Sit, write: Write) -> None:
    path = write("deal.yaml", "name: Acme\n")
    at = sit("diagnose deal.yaml --ask --as-of 2026-03-02")
    to_the_third_question(at)
    at.see("? don't know")
    at.press("y", "Question 4")
    at.child.send("q")
    at.see(WORDS)
    at.press("it stops on Fridays\r", "Who was it?")
    at.press(INTERRUPT, "Your answers are kept")
    at.end()
    again = sit("diagnose deal.yaml --ask --save --as-of 2026-03-09")
    again.press("", "An interview of 2 Mar was not saved")
    again.press("y", "Question 1")
    again.see("? don't know")
    again.press("3", "Question 2")
    again.child.send("q")
    skip_the_words(again, "saved to deal.yaml")
    assert again.end() == 0
    first, second = yaml.safe_load(path.read_text("utf-8"))["observations"]
    assert [str(each["date"]) for each in (first, second)] == ["2026-03-02", "2026-03-09"]
    assert "it stops on Fridays" in [
        given.get("quote") for given in first["answers"].values() if isinstance(given, dict)
    ]


def test_the_day_of_what_was_said_is_kept_where_the_talk_is_broken_off(sit: Sit, write: Write) -> None:
    path = write("deal.yaml", "name: Acme\n")
    at = sit("diagnose deal.yaml --ask --as-of 2026-03-09")
    to_the_third_question(at)
    at.see("? don't know")
    at.press("y", "Question 4")
    at.child.send("q")
    at.see(WORDS)
    at.press("it stops on Fridays\r", "Who was it?")
    at.press("Ann\r", "When?")
    at.press("2026-03-03\r", APPEND)
    at.press(INTERRUPT, "Your answers are kept")
    at.end()
    again = sit("diagnose deal.yaml --ask --save --as-of 2026-03-09")
    again.press("", "was not saved")
    again.press("y", "Question 1")
    again.see("? don't know")
    again.child.send("q")
    skip_the_words(again, "saved to deal.yaml")
    assert again.end() == 0
    first, second = yaml.safe_load(path.read_text("utf-8"))["observations"]
    assert [str(each["date"]) for each in (first, second)] == ["2026-03-03", "2026-03-09"]
    (said,) = first["answers"].values()
    assert (said["quote"], said["by"]) == ("it stops on Fridays", "Ann")


def test_an_old_draft_alone_is_saved_on_its_day_without_more_questions(sit: Sit, write: Write) -> None:
    path = write("deal.yaml", "name: Acme\n")
    at = sit("diagnose deal.yaml --ask --as-of 2026-03-02")
    to_the_third_question(at)
    at.see("? don't know")
    at.press("y", "Question 4")
    at.press(INTERRUPT, "Your answers are kept")
    at.end()
    again = sit("diagnose deal.yaml --ask --save --as-of 2026-03-09")
    again.press("", "An interview of 2 Mar was not saved")
    again.press("y", "Question 1")
    again.press("q", "saved to deal.yaml")
    assert again.end() == 0
    assert WORDS not in again.text
    (entry,) = yaml.safe_load(path.read_text("utf-8"))["observations"]
    assert str(entry["date"]) == "2026-03-02"
    assert drafts(path.parent) == []


def test_a_draft_that_is_in_the_log_already_is_not_offered(sit: Sit, write: Write, tmp_path: Path) -> None:
    write("deal.yaml", "name: Acme\n")
    at = sit("diagnose deal.yaml --ask --as-of 2026-03-02")
    at.see("How far")
    at.press("1", "Question 2")
    at.press(INTERRUPT, "Your answers are kept")
    at.end()
    (draft,) = drafts(tmp_path)
    (entry,) = json.loads(draft.read_text("utf-8"))
    words = {name: given["answer"] for name, given in entry["answers"].items()}
    write("deal.yaml", f"name: Acme\nobservations:\n  - {{date: 2026-03-02, answers: {json.dumps(words)}}}\n")
    again = sit("diagnose deal.yaml --ask --no-save --as-of 2026-03-09")
    again.see("? don't know")
    assert "was not saved" not in again.text
    again.child.send("q")
    assert again.end() == 0


def test_two_interviews_at_once_keep_out_of_each_other_s_way(sit: Sit, tmp_path: Path) -> None:
    first, second = sit("diagnose"), sit("diagnose --no-save")
    to_the_third_question(first)
    to_the_third_question(second)
    second.child.send("q")
    assert second.end() == 0
    assert "was not saved" not in second.text
    first.see("? don't know")
    first.press(INTERRUPT, "Your answers are kept")
    first.end()
    assert len(drafts(tmp_path)) == 1


def test_after_offers_its_own_draft_and_leaves_that_of_diagnose(sit: Sit, write: Write, tmp_path: Path) -> None:
    write("deal.yaml", "name: Acme\nobservations:\n  - {date: 2026-03-02, answers: {requirements_agreed: yes}}\n")
    ask = sit("diagnose deal.yaml --ask")
    ask.see("? don't know")
    ask.press("?", "Question 2")
    ask.press("n", "Question 3")
    ask.press(INTERRUPT, "Your answers are kept")
    ask.end()
    at = sit("after deal.yaml")
    at.see("? don't know")
    at.press("y", "Question 2")
    at.press(INTERRUPT, "Your answers are kept")
    at.end()
    again = sit("after deal.yaml")
    again.see("was not saved. Go on from there?")
    again.press("y", "Question 1 (of 2 at most)")
    again.see("? don't know")
    again.child.send("q")
    skip_the_words(again, "saved to deal.yaml, answers: 1")
    assert again.end() == 0
    assert [each.name.split("-")[0] for each in drafts(tmp_path)] == ["diagnose"]


def test_a_draft_that_is_not_wanted_is_gone(sit: Sit, tmp_path: Path) -> None:
    at = sit("diagnose")
    to_the_third_question(at)
    at.child.send(INTERRUPT)
    at.end()
    assert len(drafts(tmp_path)) == 1
    again = sit("diagnose --no-save")
    again.see("Go on from there?")
    again.press("n", "How far has this customer")
    again.child.send("q")
    assert again.end() == 0
    assert drafts(tmp_path) == []


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGHUP, signal.SIGTERM])
def test_a_kill_or_a_closed_terminal_loses_no_answer(sit: Sit, tmp_path: Path, end: signal.Signals) -> None:
    at = sit("diagnose")
    to_the_third_question(at)
    os.killpg(os.getpgid(int(at.child.pid or 0)), end)
    at.child.expect(pexpect.EOF, timeout=30)
    (draft,) = drafts(tmp_path)
    answers = json.loads(draft.read_text("utf-8"))[0]["answers"]
    assert answers["offers_requested"]["answer"] == "yes"
    assert answers["problem_reopened"]["answer"] == "no"


def test_a_draft_that_is_damaged_is_no_draft(sit: Sit, tmp_path: Path) -> None:
    folder = tmp_path / "state/buystage/drafts"
    folder.mkdir(parents=True)
    for number, text in enumerate(
        ('[{"date": "2026-03-02", "answers": {"gone": "yes"', "[" * 100_000, "7", "[1]", "\\")
    ):
        (folder / f"diagnose-new-99999{number}.json").write_text(text)
    os.mkfifo(folder / "diagnose-new-999990.json.json")
    at = sit("diagnose --no-save")
    at.see("How far")
    at.child.send("q")
    assert at.end() == 0


def test_where_no_draft_can_be_kept_it_is_said_and_the_interview_goes_on(sit: Sit, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("no folder")
    at = sit("diagnose --no-save")
    at.see("How far")
    at.press("1", "answers can't be kept while you go")
    at.see("? don't know")
    at.child.send("q")
    assert at.end() == 0


# --- small, Chinese, plain -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "size"), [("en", (10, 40)), ("zh", (10, 40)), ("zh", (24, 80))])
def test_a_question_fits_small_windows_in_both_languages(sit: Sit, language: str, size: tuple[int, int]) -> None:
    at = sit(f"diagnose --no-save --lang {language}", size=size)
    hint = "result now" if language == "en" else "q 结果"
    for key in "3n":
        at.see(hint)
        at.child.send(key)
    at.see(hint)
    shown = [line.rstrip() for line in at.screen.display]
    assert any(line.startswith("> y ") for line in shown)
    assert not any(line.lstrip()[:1] in "，。；：？！、）”" for line in shown if line.strip())
    at.child.send("q")
    assert at.end() == 0


@pytest.mark.parametrize("environment", [{"ACCESSIBLE": "1"}, {"TERM": "dumb"}])
def test_line_by_line_without_moving_the_cursor(sit: Sit, environment: dict[str, str]) -> None:
    at = sit("diagnose --no-save", **environment)
    at.see("  3) They have asked for offers")
    at.see("q result now")
    at.press("3\r", "open again today?")
    at.see("q result now")
    at.press("y\r", "What is open again?")
    at.see("q result now")
    at.press("1, 2\r", "Question 3")
    at.see("q result now")
    at.press("maybe\r", "There is no such answer")
    at.see("q result now")
    at.press("i\r", "Not to be mistaken for")
    at.see("q result now")
    at.press("q\r", "OPEN AGAIN")
    assert at.end() == 0
    prompts = at.printed.split("OPEN AGAIN")[0]
    assert not re.search(r"\x1b\[[0-9;?]*[A-HJKfhlr]", prompts)


def test_the_end_of_the_input_ends_the_plain_way_too(sit: Sit) -> None:
    at = sit("diagnose", ACCESSIBLE="1")
    at.see("q result now")
    at.child.send(END)
    assert at.end() == 130


# --- where nobody can be asked -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("diagnose",), "--answer"),
        (("diagnose", "--no-input"), "--answer"),
        (("diagnose", "--ask"), "needs a terminal"),
        (("diagnose", "-", "--ask"), "needs a terminal"),
        (("diagnose", "deal.yaml", "--ask"), "--no-input"),
        (("diagnose", "--save"), "deal file"),
        (("diagnose", "-a", "problem_named=yes", "--all"), "--all needs questions"),
        (("diagnose", "-a", "problem_named=yes", "--max-questions", "3"), "--max-questions needs questions"),
        (("after", "deal.yaml"), "needs a terminal"),
    ],
)
def test_without_a_terminal_nobody_is_asked(cli: Cli, arguments: tuple[str, ...], says: str) -> None:
    result = cli(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr
