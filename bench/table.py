"""The figures as a table, with the goals beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench.exporting import Exported
from bench.importing import Imported
from bench.releasing import Released
from bench.writing import MANY, OPERATIONS, Written

MEGABYTE = 1024 * 1024
Row = tuple[str, str, str, str, str]


def lines(exported: Sequence[Exported], imported: Imported, released: Released, written: Written) -> Iterator[str]:
    """The table, line by line."""
    measured = (*_export(exported), *_import(imported), *_release(released), *_writes(written))
    rows = [("", "Factcheck", "PostgreSQL", "ratio", "goal"), *measured]
    yield from aligned(rows)


def aligned(rows: list[Row]) -> Iterator[str]:
    """Rows as lines, with their columns under one another."""
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    for row in rows:
        yield "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()


def _export(exported: Sequence[Exported]) -> Iterator[Row]:
    for one in exported:
        size = one.size / MEGABYTE
        goal = "" if one.psql is None else "≥ 0.80" if one.format == "jsonl" else "≥ 0.50"
        by_psql = "" if one.psql is None else f"{size / one.psql:.1f}"
        ratio = "" if one.psql is None else f"{one.psql / one.http:.2f}"
        yield (f"export {one.format}, MB/s (psql's COPY)", f"{size / one.http:.1f}", by_psql, ratio, goal)
        yield (f"  seconds for {size:.0f} MB", f"{one.http:.1f}", f"{one.psql:.1f}" if one.psql else "", "", "")
        yield ("  first byte, ms", f"{one.first * 1000:.0f}", "", "", "")
        yield ("  growth of the server's memory, MB", f"{one.growth / MEGABYTE:.1f}", "", "", "< 64")


def _import(imported: Imported) -> Iterator[Row]:
    by_us, by_psql = imported.articles / imported.seconds, imported.articles / imported.psql
    name = "import of csv, articles a second (psql's COPY)"
    yield (name, f"{by_us:.0f}", f"{by_psql:.0f}", f"{by_us / by_psql:.2f}", "≥ 0.20")
    yield (f"  seconds for {imported.articles}", f"{imported.seconds:.1f}", f"{imported.psql:.1f}", "", "")
    yield ("  growth of the worker's memory, MB", f"{imported.worker / MEGABYTE:.1f}", "", "", "< 64")
    yield ("  growth of the server's memory, MB", f"{imported.web / MEGABYTE:.1f}", "", "", "< 64")


def _release(released: Released) -> Iterator[Row]:
    size = released.size / MEGABYTE
    yield (f"release of {size:.0f} MB in four formats and three splits, seconds", f"{released.seconds:.1f}", "", "", "")
    yield ("  growth of the worker's memory, MB", f"{released.growth / MEGABYTE:.1f}", "", "", "< 64")


def _writes(written: Written) -> Iterator[Row]:
    for clients, goal in ((1, "≥ 0.10"), (MANY, "")):
        put, insert = written.put[clients], written.pgbench[clients]
        name = f"PUT spans/, {clients} client{'s' * (clients > 1)}, a second (pgbench)"
        yield (name, f"{put.rate:.0f}", f"{insert.rate:.0f}", f"{put.rate / insert.rate:.2f}", goal)
        yield ("  p50 and p95, ms", f"{put.p50:.1f}  {put.p95:.1f}", "", "", "")
    single, batch = written.put[1].rate, written.batch.rate
    yield ("batch/, operations a second, by 500", f"{batch:.0f}", "", "", "")
    yield (f"  beside {single:.0f} single ones", "", "", f"{batch / single:.1f}", "≥ 5")
    yield (f"  p50 and p95 of {OPERATIONS}, ms", f"{written.batch.p50:.0f}  {written.batch.p95:.0f}", "", "", "")
