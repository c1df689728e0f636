"""People in care: their file, their talks, the classes an office made itself; readings are recorded."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from gridbot.models import acts
from gridbot.models.acts import Act, change, created
from gridbot.models.duty.care import KeyPerson, PersonClass, Talk
from gridbot.models.territory.org import Household, Resident


async def own_class(nodes: Collection[str], name: str) -> PersonClass | None:
    """A class that one of these nodes has made."""
    return await PersonClass.filter(node__in=list(nodes), name=name).order_by("-id").first()


async def make_class(act: Act, node: str, name: str, days: int, steps: list[str]) -> PersonClass:
    """A class with a programme; made again, it is changed."""
    row = await PersonClass.get_or_none(node=node, name=name)
    if row is not None:
        await change(act, row, days=days, steps=steps)
        return row
    row = await PersonClass.create(node=node, name=name, days=days, steps=steps, by=act.by, at=act.at)
    await created(act, row)
    return row


async def open_file(
    act: Act, home: Household, *, name: str, kind: str, plan: str, worker: str, today: date, next_on: date
) -> KeyPerson:
    """Take somebody into care."""
    person = await KeyPerson.create(
        household=home.id, grid=home.node, name=name, kind=kind, plan=plan, worker=worker,
        since_on=today, next_on=next_on,
    )  # fmt: skip
    await created(act, person)
    await acts.record(act.by, act.at, "key_person_opened", f"key_person:{person.id}")
    return person


async def of_home(home: str) -> list[KeyPerson]:
    """The people in care of a household. Whoever shows them says so with `read`."""
    return await KeyPerson.filter(household=home, ended_on__isnull=True).order_by("id")


async def named(nodes: Collection[str], name: str) -> list[KeyPerson]:
    """The people in care of that name within some nodes."""
    return await KeyPerson.filter(grid__in=list(nodes), name=name, ended_on__isnull=True).order_by("id")


async def counted(nodes: Collection[str]) -> int:
    return await KeyPerson.filter(grid__in=list(nodes), ended_on__isnull=True).count()


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody whom the imported register puts into a class of people in care."""

    household: str
    grid: str
    name: str
    kind: str


async def listed(nodes: Collection[str], kinds: Collection[str], home: str | None = None) -> list[Listed]:
    """Whom the register of some nodes (or one household) puts into these classes and who has no file yet."""
    wanted = Household.filter(node__in=list(nodes))
    wanted = wanted.filter(id=home) if home else wanted
    homes = {row[0]: row for row in await wanted.values_list("id", "node", "head", "classes")}
    members = Resident.filter(household=home) if home else Resident.all()
    found: dict[tuple[str, str], Listed] = {}
    for household, name, classes in await members.values_list("household", "name", "classes"):
        if household in homes:
            _keep(found, str(household), str(homes[household][1]), str(name), set(classes) & set(kinds))
    seen = {(one.household, one.kind) for one in found.values()}
    for id, node, head, classes in homes.values():
        own = {kind for kind in set(classes) & set(kinds) if (id, kind) not in seen}
        _keep(found, str(id), str(node), str(head), own)
    filed = KeyPerson.filter(grid__in=list(nodes), ended_on__isnull=True)
    known = {(row[0], row[1]) for row in await filed.values_list("household", "name")}
    return [one for key, one in sorted(found.items()) if key not in known]


def _keep(
    found: dict[tuple[str, str], Listed], household: str, node: str, name: str, kinds: Collection[str]
) -> None:
    if kinds:
        found.setdefault((household, name), Listed(household, node, name, "、".join(sorted(kinds))))


async def read_listed(act: Act, household: str) -> None:
    """Somebody looks at what the register says of a household: one line of the audit, without a name."""
    await acts.record(act.by, act.at, "key_person_read", f"household:{household}")


async def read(act: Act, person: KeyPerson) -> None:
    """Somebody looks at a file: one line of the audit, without a name."""
    await acts.record(act.by, act.at, "key_person_read", f"key_person:{person.id}")


async def talked(act: Act, person: KeyPerson, step: str, note: str, days: int, today: date) -> Talk:
    """A talk was had; the next is due so many days later."""
    talk = await Talk.create(person=person.id, step=step, note=note, by=act.by, at=act.at)
    await created(act, talk)
    await change(act, person, step=person.step + (1 if step else 0), next_on=today + timedelta(days=days))
    return talk


async def talks(person: KeyPerson) -> int:
    return await Talk.filter(person=person.id).count()


async def close(act: Act, person: KeyPerson, today: date) -> None:
    """Out of care; the file is kept, nothing is asked any more."""
    await change(act, person, ended_on=today, next_on=None)
    await acts.record(act.by, act.at, "key_person_closed", f"key_person:{person.id}")


async def due(until: date) -> list[KeyPerson]:
    """Whose talk falls due up to a day."""
    return await KeyPerson.filter(next_on__lte=until, ended_on__isnull=True).order_by("next_on", "id")
