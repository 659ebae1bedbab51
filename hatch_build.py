"""Puts into the wheel what ships as YAML once more, parsed, so that no start has to parse it."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Prepare(BuildHookInterface):
    """Runs before a wheel is built; an editable install reads the YAML, which may change."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Prepare the files, and have them included."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from buystage.library.prepared import prepare

        self.folder = TemporaryDirectory()
        prepare([*root.glob("playbooks/*.yaml"), root / "src/buystage/deals/crm_words.yaml"], Path(self.folder.name))
        build_data["force_include"][self.folder.name] = "buystage/parsed"
