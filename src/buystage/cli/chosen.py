"""The playbooks that a command works with: those its flag names, else those of the settings."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from buystage.cli.session import Session

if TYPE_CHECKING:
    from buystage.library.playbooks import Shelf


def chosen_shelf(session: Session, flag: Sequence[str] | None) -> "Shelf":
    """Return the playbooks in use with their catalogue. Raises as `load_shelf`, and where the settings are wrong."""
    from buystage.library.playbooks import check_chosen, load_shelf

    settings = session.settings
    names = tuple(flag or settings.playbooks)
    if names == settings.playbooks:
        check_chosen(settings)
    shelf = load_shelf(names)
    if settings.stage_words:
        from buystage.deals.crm_words import check_stage_words

        check_stage_words(settings, shelf)
    return shelf
