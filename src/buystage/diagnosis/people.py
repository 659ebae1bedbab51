"""The people whose agreement the decision needs: who is missing, who is against, and what to do with one of them."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, get_args

from buystage.diagnosis.result import Advised
from buystage.errors import Problem, UsageError
from buystage.files.validation import unknown
from buystage.model.deal import Person
from buystage.model.fields import Role
from buystage.model.playbook import Action

LEAST_USUAL, MOST_USUAL = 6, 10  # people who take part in a complex purchase (003); newer surveys say 5 to 16
ROLES_NEEDED: tuple[Role, ...] = tuple(role for role in get_args(Role) if role != "other")


class Gap(NamedTuple):
    """What is wrong with the group as it is known: people by name, or roles that nobody has, or how many are known."""

    kind: Literal["opponents", "single", "roles", "one_sided", "few", "many"]
    names: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    known: int = 0


def gaps(people: Sequence[Person], planned: Sequence[Action]) -> Iterator[Gap]:
    """Yield what is missing among the people known, the most pressing first; nothing where nobody is named yet."""
    if not people:
        return
    if against := tuple(person.name for person in people if person.stance == "opponent"):
        yield Gap("opponents", names=against)
    if len(people) == 1:
        yield Gap("single", names=(people[0].name,))
    if missing := missing_roles(people):
        yield Gap("roles", roles=missing)
    reached = [person.name for person in people if any(_is_meant_for(person.role, action) for action in planned)]
    if len(people) > 1 and len(planned) > 1 and len(reached) == 1:
        yield Gap("one_sided", names=(reached[0],))
    if 1 < len(people) < LEAST_USUAL:
        yield Gap("few", known=len(people))
    if len(people) > MOST_USUAL:
        yield Gap("many", known=len(people))


def missing_roles(people: Sequence[Person]) -> tuple[Role, ...]:
    """Return the roles that nobody has who is known."""
    return tuple(role for role in ROLES_NEEDED if role not in {person.role for person in people})


def _is_meant_for(role: Role, action: Action) -> bool:
    return role in action.for_.roles or not action.for_.roles


def person_called(name: str, people: Sequence[Person]) -> Person:
    """Return the one person whose name is, begins with or contains `name`.

    Raises UsageError where there is none, or more than one.
    """
    wanted = name.strip().casefold()
    for fits in (str.__eq__, str.startswith, str.__contains__) if wanted else ():
        found = [person for person in people if fits(person.name.casefold(), wanted)]
        if len(found) == 1:
            return found[0]
        if found:
            several = ", ".join(person.name for person in found)
            raise UsageError(Problem("several_people", {"id": name, "names": several}))
    names = [person.name for person in people]
    if not names:
        raise UsageError(Problem("nobody_known", hint="nobody_known_hint"))
    raise UsageError(unknown("unknown_person", name, names, "known_people", names=", ".join(names)))


def meant_for(role: Role, actions: Sequence[tuple[Advised, Action]]) -> list[Advised]:
    """Return the recommended actions that are meant for this role, or for everyone."""
    return [advised for advised, action in actions if _is_meant_for(role, action)]
