"""What ships, parsed when the package was built: reading it as JSON takes a tenth of the time that its YAML takes.

A prepared file is named by the SHA-256 of the text it comes from, so it is never out of date. In a checkout there are
none, and of a team's own files neither: their YAML is parsed.
"""

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from buystage.files.source import Source, read_source
from buystage.files.strict_yaml import YamlMap, parse

FOLDER = Path(__file__).parents[1] / "parsed"


def prepared(source: Source) -> YamlMap | None:
    """Return what a shipped YAML text holds where that is prepared, without places: nothing is wrong in it.

    Not for a team's file, though it may be a copy: what is wrong may be where it stands or what it is called.
    """
    try:
        text = (FOLDER / _name(source)).read_bytes()
    except OSError:
        return None
    data = YamlMap((0, 0))
    data.update(json.loads(text))
    return data


def prepare(files: Iterable[Path], folder: Path) -> None:
    """Write what YAML files hold to `folder`, as `prepared` reads it; called when a wheel is built."""
    for source in map(read_source, map(str, files)):
        (folder / _name(source)).write_text(json.dumps(parse(source), ensure_ascii=False), "utf-8")


def _name(source: Source) -> str:
    return f"{sha256(source.text.encode()).hexdigest()}.json"
