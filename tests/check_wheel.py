"""Builds the sdist, the wheel from the sdist, and tries each way of installing; run by .ci/run.

Several packagings ship no playbook and say nothing: the count is compared, and each installation is run from `/`.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
PLAYBOOKS = sorted(path.name for path in (ROOT / "playbooks").glob("*.yaml"))
README_COMMANDS = re.findall(r"^\|.*`(buystage [^`]*)` \|$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
TRY = ("-m", "buystage", "diagnose", "-a", "delivery_under_way=yes", "--format", "json", "--lang", "en")
PREPARED = """
from buystage.library.shipped import builtin_folder
from buystage.library.prepared import prepared
from buystage.files.source import read_source
print(all(prepared(read_source(str(path))) for path in builtin_folder().glob("*.yaml")))
"""


def run(*command: str | Path, folder: str | Path = "/", **environment: str) -> str:
    """Run a command from `folder` and return what it prints."""
    print("+", *command, flush=True)
    clean = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(command, cwd=folder, env=clean | environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def fresh(folder: Path) -> Path:
    """Return the Python of a new virtual environment."""
    venv.create(folder, with_pip=True)
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def check(python: Path, how: str, **environment: str) -> None:
    """Fail unless this Python finds the playbooks and names a stage by them."""
    answer = run(python, *TRY, **environment)
    assert '"stage": "solution_confirmation"' in answer, f"{how}: {answer}"
    print(f"ok: {how}")


with TemporaryDirectory() as name:
    scratch = Path(name)
    run(sys.executable, "-m", "build", "--outdir", scratch / "dist", ROOT)  # the sdist, and the wheel from it
    (wheel,), (sdist,) = scratch.glob("dist/*.whl"), scratch.glob("dist/*.tar.gz")
    with zipfile.ZipFile(wheel) as archive:
        inside = sorted(Path(each).name for each in archive.namelist() if "buystage/playbooks/" in each)
        parsed = [each for each in archive.namelist() if "buystage/parsed/" in each]
    assert inside == PLAYBOOKS, inside
    assert len(parsed) == len(PLAYBOOKS) + 1, parsed  # and the stage words of CRMs

    python = fresh(scratch / "wheel")
    run(python, "-m", "pip", "install", "--quiet", wheel)
    check(python, "the wheel made from the sdist")
    assert "True" in run(python, "-c", PREPARED)
    desk = scratch / "desk"  # some of them write files
    for folder in ("examples", "playbooks"):
        shutil.copytree(ROOT / folder, desk / folder)
    run("git", "init", "-q", folder=desk)  # and one compares with a revision
    run("git", "add", "-A", folder=desk)
    run("git", "-c", "user.name=n", "-c", "user.email=n@example.com", "commit", "-qm", "deals", folder=desk)
    for command in README_COMMANDS:
        run(python.parent / "buystage", *shlex.split(command)[1:], folder=desk)
    assert "buystage 0." in run(python.parent / "buystage", "--version")
    run(python, "-m", "pip", "uninstall", "--quiet", "--yes", "buystage")
    check(python, "a plain checkout", PYTHONPATH=str(ROOT / "src"))
    run(python, "-m", "pip", "install", "--quiet", "--no-deps", sdist)
    check(python, "the sdist")
    run(python, "-m", "pip", "uninstall", "--quiet", "--yes", "buystage")
    run(python, "-m", "pip", "install", "--quiet", "--no-deps", "--editable", ROOT)
    check(python, "an editable install")
