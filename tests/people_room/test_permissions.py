"""What each role may do, read aloud."""

import pytest

from parvis.people.permissions import GRANTS, PERMISSIONS, Role, allows

TABLE = """
                     first  superv second crew   plan   council admin
console.open         x      x      x      x      x      x       x
case.read            x      x      .      .      x      .       x
case.read_own        .      .      x      x      .      .       x
person.read          x      x      x      .      .      .       x
person.erase         .      .      .      .      .      .       x
case.create          x      x      x      .      .      .       x
case.accept          x      x      x      .      .      .       x
case.work            x      x      x      x      .      .       x
case.reopen          x      x      x      .      .      .       x
case.merge           x      x      x      .      .      .       x
case.reply           x      x      x      .      .      .       x
case.note            x      x      x      x      .      .       x
case.bulk            .      x      x      .      .      .       x
case.clear_emergency .      x      .      .      .      .       x
photo.publish        x      x      x      .      .      .       x
numbers.read         .      x      .      .      x      x       x
catalogue.edit       .      .      .      .      .      .       x
people.edit          .      .      .      .      .      .       x
jobs.manage          .      x      .      .      .      .       x
ledger.read          .      x      .      .      .      .       x
"""
ROLES = [Role.FIRST_LINE, Role.SUPERVISOR, Role.SECOND_LINE, Role.CREW, Role.PLANNER, Role.COUNCIL, Role.ADMINISTRATOR]
LINES = [line.split() for line in TABLE.strip().splitlines()[1:]]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[0])
def test_each_permission_is_held_by_these_roles(line):
    permission, *marks = line
    assert ["x" if allows(role, permission) else "." for role in ROLES] == marks


def test_the_table_above_is_whole():
    assert [line[0] for line in LINES] == list(PERMISSIONS)
    assert set(GRANTS) == set(Role.values)


def test_a_misspelt_permission_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        allows(Role.ADMINISTRATOR, "case.raed")
