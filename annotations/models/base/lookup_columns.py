"""Columns that repeat what a row's parents say, so that one index finds the row. The database sets and keeps them.

A condition on a joined table, and above all an OR over two of them, can't be looked up: the planner reads every row.
"""

from __future__ import annotations

from typing import Any, Final

import pgtrigger
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Exists

from annotations.models.base.versioned import ByDatabase


class ParentByDatabase(ByDatabase, models.ForeignKey):  # type: ignore[type-arg]
    """A key of a parent's parent. It needs no constraint: a trigger reads it where there is one."""


FROM_PARENT: Final[dict[str, Any]] = {
    "on_delete": models.DO_NOTHING,
    "related_name": "+",
    "db_constraint": False,
    "db_index": False,
    "editable": False,
}
"""How such a key is declared; the table's indexes begin with it."""


def sets_lookup_columns(statement: str) -> pgtrigger.Trigger:
    """A trigger that sets the columns by this PL/pgSQL statement, whatever an insertion or update says of them.

    A row whose parent is not there gets none, and is refused because they are never null.
    """
    return pgtrigger.Trigger(
        name="sets_lookup_columns",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"{statement} RETURN NEW;",
    )


class ArrayOf(models.Func):
    """A key as an array of one, by which an index of words can also tell projects apart."""

    template = "ARRAY[%(expressions)s]"


class Trigrams(models.Func):
    """The trigrams of a claim's quote and statement, by which its words are found."""

    function = "factcheck_trigrams"
    output_field = SearchVectorField()


def among(rows: models.QuerySet[Any], *others: models.QuerySet[Any], field: str = "pk") -> models.Func:
    """Condition on UUIDs: `field` is the key of one of these rows. Each query is looked up by itself, before all else.

    No index serves an OR over two tables, and IN is only as good as the order in which the other tables are joined.
    """
    keys, *more = (one.order_by().values("pk") for one in (rows, *others))
    array = ArraySubquery(keys.union(*more) if more else keys, output_field=ArrayField(models.UUIDField()))
    return models.Func(
        models.F(field), array, template="%(expressions)s)", arg_joiner=" = ANY(", output_field=models.BooleanField()
    )


class Probed(Exists):
    """EXISTS that is looked up by index for each row.

    Beside an OR, PostgreSQL may else read all rows of the subquery, of every project, to look each up in memory.
    """

    template = "EXISTS(%(subquery)s OFFSET 0)"
