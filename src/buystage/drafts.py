"""Answers not saved yet, kept in the user's state folder so that a broken-off interview loses nothing."""

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path

from platformdirs import user_state_path

from buystage.observation import Observation


def draft_path(deal: str | None) -> Path:
    """Return where the draft for a deal file is kept, or that of an interview without one."""
    name = hashlib.sha256(os.path.realpath(deal).encode("utf-8", "replace")).hexdigest()[:16] if deal else "new"
    return user_state_path("buystage") / "drafts" / f"{name}.json"


def load_draft(path: Path) -> Observation | None:
    """Return the answers of a draft with their day; None where there are none, or none that can be read."""
    try:
        draft = Observation.model_validate(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError):
        return None
    return draft if draft.answers else None


def keep_draft(path: Path, draft: Observation) -> None:
    """Write a draft, whole or not at all. Raises OSError where it can't be written."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = path.with_suffix(".new")
    temporary.write_text(draft.model_dump_json(exclude_none=True), "utf-8")
    temporary.replace(path)


def drop_draft(path: Path) -> None:
    """Remove a draft, where there is one."""
    with suppress(OSError):
        path.unlink()
