"""What files and deals are called where services keep them: paths from the root of the repository, identities."""

import os
from collections import Counter

from buystage.errors import InputError
from buystage.files.source import STDIN
from buystage.render.review.report import DealReport
from buystage.review.git import work_tree

WORKSPACE = "GITHUB_WORKSPACE"  # where a workflow has its repository, also one that came without git


class RepositoryPaths:
    """Paths from the root of the git work tree a file is in, else of the workspace of a workflow, else from here.

    What is found is kept for one review, in which thousands of deals may be in one folder.
    """

    def __init__(self) -> None:
        self._roots: dict[str, str] = {}

    def path(self, file: str) -> str:
        """Return the path of a file with slashes, however it was spelt; one outside, and `-`, stay as they are."""
        if file == STDIN:
            return file
        try:
            folder, name = os.path.split(os.path.abspath(file))
            folder = os.path.realpath(folder)
            path = os.path.relpath(os.path.join(folder, name), self._root(folder)).replace(os.sep, "/")
        except (OSError, ValueError):  # the current folder is gone, or on another drive
            return file
        return file if path.startswith("../") else path

    def _root(self, folder: str) -> str:
        if folder not in self._roots:
            self._roots[folder] = _work_tree(folder) or _workspace(folder) or os.getcwd()
        return self._roots[folder]


def _work_tree(folder: str) -> str | None:
    try:
        return work_tree(folder)
    except InputError:
        return None


def _workspace(folder: str) -> str | None:
    workspace = os.path.realpath(os.environ.get(WORKSPACE) or os.curdir)
    return workspace if os.path.join(folder, "").startswith(os.path.join(workspace, "")) else None


class Identities:
    """Gives each deal of a review what it is known by: its record in the CRM, else its file, customer and name.

    The second deal known by the same gets a number. Only the hashes of those seen are kept: a stream has no end.
    """

    def __init__(self, paths: RepositoryPaths) -> None:
        self._paths = paths
        self._seen: Counter[int] = Counter()

    def identified(self, report: DealReport) -> DealReport:
        """Return the report with its identity."""
        identity = report.identity if report.crm_id else self._paths.path(report.file) + report.identity
        key = hash(identity)
        self._seen[key] += 1
        number = self._seen[key]
        return report._replace(identity=identity if number == 1 else f"{identity}#{number}")
