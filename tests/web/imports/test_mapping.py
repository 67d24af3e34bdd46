"""The mapping of a table on the import page: guessed, shown with what the first rows become, corrected and kept."""

from __future__ import annotations

from typing import Any, Final

import pytest

from annotations.models import Import
from tests.cast import Cast, make_article, make_project
from tests.web.imports.sending import act, look, proposed
from tests.web.visit import words

pytestmark = pytest.mark.django_db

CLAIMS: Final = (
    "claim_id,claim,evidence,label,mood\n1,The bridge is open.,Cars cross it.,SUPPORTS,calm\n"
    "2,It is blue.,It is red.,REFUTES,calm\n3,It is old.,Cars cross it.,NOT ENOUGH INFO,calm\n"
)
CHOICES: Final = {"format": "table", "encoding": ""}


def stored(one: Import) -> Import:
    return Import.objects.get(pk=one.pk)


def mapped(cast: Cast, content: str = CLAIMS) -> Import:
    """A table of which the page has been asked to map the columns."""
    one = proposed(cast, a_csv=content)
    act(cast, one, "table")
    return stored(one)


def corrected(**columns: str) -> dict[str, Any]:
    """A form that says which column each is."""
    return {**CHOICES, "ours-0": list(columns), "column-0": list(columns.values())}


def test_a_csv_file_may_be_mapped(cast: Cast) -> None:
    one = proposed(cast, a_csv=CLAIMS)
    assert "Map columns" in words(look(cast, one))
    assert stored(one).format == ""
    act(cast, one, "table")
    assert stored(one).format == "table"
    assert "Map columns" not in words(look(cast, one))


def test_the_mapping_is_guessed_from_the_header_and_the_values(cast: Cast) -> None:
    assert mapped(cast).options == {
        "table": "claims",
        "columns": {"id": "claim_id", "claim": "claim", "evidence": "evidence", "relation": "label"},
        "values": {
            "relation": {"SUPPORTS": "corroborates", "REFUTES": "contradicts", "NOT ENOUGH INFO": None}
        },
        "fields": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("header", "table", "columns"),
    [
        ("Doc ID,Type,Text,Begin,Stop,Who", "spans",
         {"article": "Doc ID", "label": "Type", "quote": "Text", "start": "Begin", "end": "Stop", "annotator": "Who"}),
        ("from,to,type", "links", {"source": "from", "target": "to", "relation": "type"}),
        ("claim_id,verdict,justification", "verdicts",
         {"claim": "claim_id", "rating": "verdict", "rationale": "justification"}),
        ("Body ID,articleBody", "articles", {"id": "Body ID", "body": "articleBody"}),
        ("colour,size", "articles", {}),
    ],
)  # fmt: skip
def test_each_kind_of_table_is_guessed(cast: Cast, header: str, table: str, columns: dict[str, str]) -> None:
    options = mapped(cast, f"{header}\n").options
    assert (options["table"], options["columns"]) == (table, columns)


def test_the_first_rows_are_shown_with_what_they_become(cast: Cast) -> None:
    page = words(look(cast, mapped(cast)))
    assert "claim_id claim evidence label Result" in page
    assert "Columns of a.csv Row type Not imported" in page
    assert (
        "1 The bridge is open. Cars cross it. SUPPORTS Article “The bridge is open.” Claim “The bridge is open.” "
        "Link: corroborates Article “Cars cross it.” Fact “Cars cross it.”"
    ) in page
    assert "Noted: “NOT ENOUGH INFO” was skipped, as the mapping says. (value_left_out)" in page


def test_the_mapping_is_corrected(cast: Cast, begun: list[Import]) -> None:
    one = mapped(cast)
    values = {"value-0-rating": ["SUPPORTS", "REFUTES"], "becomes-0-rating": ["supported", "nonsense"]}
    columns = corrected(claim="claim", evidence="evidence", relation="mood", rating="label", speaker="nonsense")
    more = {"value-0-relation": ["calm"], "becomes-0-relation": [""]}
    act(cast, one, "look", **{"table-0": "claims", "was-0": "claims"}, **columns, **values, **more)
    assert {name: stored(one).options[name] for name in ("columns", "values")} == {
        "columns": {"claim": "claim", "evidence": "evidence", "relation": "mood", "rating": "label"},
        "values": {"relation": {"calm": None}, "rating": {"SUPPORTS": "supported"}},
    }
    page = words(look(cast, one))
    assert "Verdict: supported" in page
    assert "Refused: “REFUTES” is neither mapped nor one of" in page


def test_another_kind_of_table_has_other_columns(cast: Cast) -> None:
    one = mapped(cast)
    act(cast, one, "look", **{"table-0": "verdicts", "was-0": "claims"}, **corrected(claim="claim"))
    assert stored(one).options["columns"] == {"claim": "claim", "rating": "label"}


def test_a_column_that_is_taken_away_is_not_found_by_its_name(cast: Cast) -> None:
    one = mapped(cast, "claim,evidence,relation,date\nOne.,Two.,corroborates,01/02/2026\n")
    columns = corrected(claim="claim", evidence="evidence", relation="relation", date="")
    act(cast, one, "look", **{"table-0": "claims", "was-0": "claims"}, **columns)
    assert stored(one).options["columns"]["date"] == ""
    assert "Dates must be written as" not in words(look(cast, one))


def test_a_needed_column_that_is_missing_is_said(cast: Cast) -> None:
    one = mapped(cast)
    act(cast, one, "look", **{"table-0": "claims", "was-0": "claims"}, **corrected(claim="claim"))
    page = words(look(cast, one))
    assert "A table of claims needs the column evidence or article and quote." in page
    assert "Nothing to import was found" in page


def test_a_changed_mapping_is_looked_at_before_it_begins(cast: Cast, begun: list[Import]) -> None:
    one = mapped(cast)
    form = {**corrected(claim="claim", rating="label"), "table-0": "verdicts", "was-0": "verdicts"}
    answer = act(cast, one, "start", **form)
    assert (begun, answer.status_code) == ([], 200)
    assert "The preview was updated. Format: Any table, by a mapping of its columns." in words(answer)
    act(cast, one, "start", **form)
    assert [found.pk for found in begun] == [one.pk]


def test_columns_may_become_fields_of_the_span(cast: Cast) -> None:
    one = mapped(cast, "article,label,quote,Said By,9 lives\nd1,claim,A,Ada,x\n")
    page = words(look(cast, one))
    assert "Import other columns as text fields. Said By" in page
    form = {**corrected(article="article", label="label", quote="quote"), "table-0": "spans", "was-0": "spans"}
    act(cast, one, "look", **form, **{"field-0": ["Said By", "9 lives", "nonsense"]})
    assert stored(one).options["fields"] == ["Said By"]


def test_tables_of_different_columns_are_mapped_by_file(cast: Cast) -> None:
    one = proposed(cast, a_csv="id,body\n1,A text.\n", b_csv="id,body\n2,B.\n", c_csv="from,to,type\n1,2,supports\n")
    act(cast, one, "table")
    files = stored(one).options["files"]
    assert {name: said["table"] for name, said in files.items()} == {
        "a.csv": "articles", "b.csv": "articles", "c.csv": "links",
    }  # fmt: skip
    page = words(look(cast, one))
    assert "Columns of a.csv and 1 more file with the same columns" in page
    assert "Columns of c.csv" in page


def test_another_format_forgets_the_mapping(cast: Cast) -> None:
    one = mapped(cast)
    act(cast, one, "look", format="csv", encoding="")
    assert not {"table", "columns", "values", "fields"} & set(stored(one).options)


def test_what_is_offered_stays_small_whatever_is_sent(cast: Cast) -> None:
    header = ",".join(f"column {number}" for number in range(5_000))
    rows = "".join(f"{number}," * 4_999 + "x\n" for number in range(3))
    page = look(cast, mapped(cast, f"{header}\n{rows}")).content
    assert b"column 99" in page
    assert b"column 100" not in page.partition(b"refusals")[0]
    long = mapped(cast, "claim,evidence,relation\n" + f"{'x' * 300_000},b,c\n" + "One.,Two.,corroborates\n")
    assert len(look(cast, long).content) < 100_000


def test_the_mapping_is_kept_for_the_next_file_with_these_columns(cast: Cast) -> None:
    one = mapped(cast)
    form = {**corrected(claim="evidence", rating="label"), "table-0": "verdicts", "was-0": "verdicts"}
    act(cast, one, "look", **form, **{"value-0-rating": "SUPPORTS", "becomes-0-rating": "refuted"})
    said = stored(one).options
    assert "claim" in mapped(cast).options["columns"], "what nobody has begun is no example"
    Import.objects.filter(pk=one.pk).update(state="done")
    again = mapped(cast, CLAIMS.replace("mood", "temper"))
    names = ("table", "columns", "values")
    assert [again.options[name] for name in names] == [said[name] for name in names]
    assert "Filled in from this project’s last import of such a table." in words(look(cast, again))
    other = mapped(cast, "Body ID,articleBody\n")
    assert other.options["table"] == "articles"
    assert "Filled in from" not in words(look(cast, other))


def test_a_mapping_by_file_is_kept_too(cast: Cast) -> None:
    said = {"table": "links", "columns": {"source": "a", "target": "b", "relation": "c"}, "values": {}, "fields": []}
    options = {"files": {"x.csv": said, "y.csv": {"table": "articles", "columns": {"body": "d"}}}}
    Import.objects.create(project=cast.project, by=cast.manager, format="table", state="done", options=options)
    assert mapped(cast, "c,b,a\n").options == said
    assert mapped(cast, "d,e\n").options["columns"] == {"body": "d"}


def test_another_projects_mapping_is_not_looked_at(cast: Cast) -> None:
    options = {"table": "articles", "columns": {"body": "claim"}}
    other = make_project(cast.manager)
    Import.objects.create(project=other, by=cast.manager, format="table", state="done", options=options)
    assert mapped(cast).options["table"] == "claims"


@pytest.mark.parametrize("beside", [True, False])
def test_what_offsets_may_count_is_shown_with_what_they_select(cast: Cast, beside: bool) -> None:
    spans = "article,label,start,end\ne,claim,3,5\n"
    if beside:
        one = proposed(cast, a_csv="id,body\ne,👍 is so.\n", b_csv=spans)
    else:
        make_article(cast.project, "👍 is so.", external_id="e")
        one = proposed(cast, b_csv=spans)
    act(cast, one, "table")
    page = words(look(cast, one))
    assert "Offsets count claim Code points s UTF-16 units is Graphemes s" in page
    assert "Offsets count Not chosen" in page


def test_names_that_cannot_be_kept_are_not_offered(cast: Cast) -> None:
    one = mapped(cast, f"claim,{'x' * 100_000},a\0b,rating\n1,2,3,4\n")
    page = look(cast, one).content
    assert len(page) < 50_000
    form = {**corrected(claim="a\0b", rating="rating"), "table-0": "verdicts", "was-0": "verdicts"}
    assert act(cast, one, "look", **form).status_code == 200
    assert stored(one).options["columns"] == {"rating": "rating", "claim": ""}
