"""Files in every format that comes in, with a name in each place where one may stand who annotated."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any, Final

import pyarrow
from pyarrow import parquet

from tests.formats.uima.written import STRING, case, mark, types

NAME: Final = "Quellzofia"
"""Whom nobody may find under pseudonyms; each place has it with a word of its own."""

TEXT: Final = "{} says the bridge is safe. It is not.\n"
UNTOLD: Final = "No comments\n"
"""A text that makes no title, so that its file's name is the title."""

Files = list[tuple[str, bytes]]


def named(where: str) -> str:
    """The name as it stands in one place."""
    return f"{NAME}-{where}"


def brat() -> Files:
    """A folder of one person, whose name is in the file's name too, with lines that say who made something."""
    lines = (
        "T1\tPremise 4 8\tsays",
        f"#1\tAnnotator T1\t{named('brat-note')}",
        "#2\tAnnotatorNotes T1\tDoubtful.",
        f"A1\tAnnotated_by T1 {named('brat-attribute')}",
        "T2\tClaim 9 15\tthe br",
        "R1\tsupport Arg1:T1 Arg2:T2",
    )
    path = f"{named('brat-folder')}/{named('brat-file')}"
    text = TEXT.format("Ada")
    other = {f"{named('brat-lonely')}.txt": "A text alone.\n"}
    files = {f"{path}.txt": text, f"{path}.ann": "".join(f"{line}\n" for line in lines), **other}
    return [("corpus.zip", _archive({name: content.encode() for name, content in files.items()}))]


def uima() -> Files:
    """The archive of a project of INCEpTION, with a person's folder, metadata and features."""
    described = types({"Remark": {"annotator": STRING, "createdBy": STRING, "user": STRING, "filePath": STRING}})
    metadata = described.create_type(
        "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData", "uima.tcas.DocumentAnnotation"
    )
    for feature in ("documentTitle", "documentId", "documentUri", "collectionId"):
        described.create_feature(metadata, feature, STRING)
    files: dict[str, bytes] = {"exportedproject.json": b"{}"}
    for number, title in enumerate((f"{named('uima-title')}.txt", None)):
        made = case(TEXT.format(f"Bob {number}"), described)
        about = {"documentId": named("uima-id"), "documentUri": f"file:/{named('uima-uri')}"}
        mark(made, metadata.name, (0, 9), documentTitle=title, **about)
        said = {"annotator": named("uima-annotator"), "createdBy": named("uima-maker")}
        mark(made, "Remark", (0, 3), user=named("uima-user"), filePath=f"/home/{named('uima-path')}/a.txt", **said)
        inner = {"a.xmi": made.to_xmi().encode(), "TypeSystem.xml": described.to_xml().encode()}
        files[f"annotation/{named('uima-folder')}{number}.txt/{named('uima-person')}.zip"] = _archive(inner)
    return [("project.zip", _archive(files))]


def webannotsv() -> Files:
    """A table of WebAnno's in a file of somebody's name."""
    rows = f"#Text=Cleo says so.\n1-1\t0-4\tCleo\t{named('tsv-feature')}\t\n1-2\t5-9\tsays\t_\t\n1-3\t10-13\tso.\t_\t"
    content = f"#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Remark|annotator\n\n\n{rows}\n"
    return [(f"{named('tsv-file')}.tsv", content.encode())]


def webannotation() -> Files:
    """Creators by name, address and IRI, and a body in JSON."""
    iri = "urn:uuid:00000000-0000-4000-8000-000000000001"
    body = {"id": iri, "type": "TextualBody", "value": UNTOLD}
    items: list[Any] = [{"type": "Annotation", "motivation": "describing", "body": body, "target": {"id": iri}}]
    creators = [
        {"type": "Person", "name": named("webannotation-name")},
        {"type": "Person", "email": f"{named('webannotation-mail')}@example.org"},
        f"https://example.org/{named('webannotation-iri')}",
    ]
    for number, creator in enumerate(creators):
        fields = {"annotator": named("webannotation-field")}
        bodies = [
            {"type": "TextualBody", "purpose": "classifying", "value": "claim", "creator": creator},
            {"type": "TextualBody", "purpose": "describing", "format": "application/json", "value": json.dumps(fields)},
        ]
        selector = {"type": "TextPositionSelector", "start": number, "end": 5}
        made = {"creator": creator, "generator": {"name": named("webannotation-generator")}}
        target = {"source": iri, "selector": selector}
        items.append({"id": f"urn:x:{number}", "type": "Annotation", **made, "body": bodies, "target": target})
    page = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": items}
    return [(f"{named('webannotation-file')}.jsonld", json.dumps(page).encode())]


def labelstudio() -> Files:
    """A task that somebody completed and somebody else corrected."""
    value = {"start": 0, "end": 2, "text": "No", "labels": ["claim"]}
    result = {"id": "a", "type": "labels", "from_name": "label", "to_name": "text", "value": value}
    by = {"completed_by": {"email": f"{named('labelstudio-mail')}@example.org"}, "result": [result]}
    about = {"first_name": named("labelstudio-first"), "last_name": "B"}
    other = {"completed_by": about, "result": [{**result, "id": "b", "meta": {"annotator": named("labelstudio-meta")}}]}
    data = {"text": f"{UNTOLD}\n", "annotator": named("labelstudio-data")}
    task = {"id": 1, "data": data, "annotations": [by, other], "updated_by": named("labelstudio-updated")}
    return [(f"{named('labelstudio-file')}.json", json.dumps([task]).encode())]


def doccano() -> Files:
    """A line with an approver, comments and metadata."""
    line = {
        "text": f"{UNTOLD}\n\n",
        "entities": [{"id": 1, "start_offset": 0, "end_offset": 2, "label": "claim"}],
        "annotation_approver": named("doccano-approver"),
        "Comments": [{"user": named("doccano-user"), "text": named("doccano-comment")}],
        "meta": {"annotator": named("doccano-meta"), "path": f"/{named('doccano-path')}"},
    }
    return [(f"{named('doccano-file')}.jsonl", json.dumps(line).encode())]


def jsonl() -> Files:
    """A record as it leaves with names, out of a project that brat's files came into."""
    keys = [f"00000000-0000-4000-8000-{number:012}" for number in range(10, 16)]
    fields = {
        "brat": f"claim in {named('jsonl-brat')}/one\n1\tT1\tClaim 0 4\n2\t#1\tAnnotator T1\t{named('jsonl-line')}",
        "annotator": named("jsonl-field"),
        "file_name": f"{named('jsonl-file-name')}.txt",
        "averitec": json.dumps(["annotators", None, [named("jsonl-averitec")]]),
    }
    by = {"annotator": named("jsonl-annotator")}
    spans = [
        {"id": keys[1], "label": "claim", "fragments": [[0, 4]], "fields": fields, **by},
        {"id": keys[2], "label": "fact", "fragments": [[5, 8]], **by},
    ]
    link = {"id": keys[3], "relation": "corroborates", "source": keys[2], "target": keys[1], **by}
    people = {"author": named("jsonl-author"), "reviewer": named("jsonl-reviewer")}
    verdict = {"id": keys[4], "claim": keys[1], "rating": "supported", "state": "approved", **people}
    article = {"id": keys[0], "title": "A record", "text": "Dora was there.\n"}
    record = {"schema": "factcheck/1", "article": article, "spans": spans, "links": [link], "verdicts": [verdict]}
    return [(f"{named('jsonl-file')}.jsonl", json.dumps(record).encode())]


def averitec() -> Files:
    """A claim with members that the dataset does not have."""
    answer = {"answer": "Yes.", "answer_type": "Extractive", "worker_id": named("averitec-worker")}
    claim = {
        "claim": "Eve was there.", "label": "Supported", "justification": "So it is.", "speaker": None,
        "annotator": named("averitec-annotator"), "history": {"created_by": named("averitec-history")},
        "questions": [{"question": "Was she?", "answers": [answer]}],
    }  # fmt: skip
    return [(f"{named('averitec-file')}.json", json.dumps([claim]).encode())]


def claimreview() -> Files:
    """A review by a person."""
    review = {
        "@context": "https://schema.org", "@type": "ClaimReview", "claimReviewed": "Fay was there.",
        "author": {"@type": "Person", "name": named("claimreview-author")},
        "reviewRating": {"@type": "Rating", "alternateName": "Supported"}, "reviewBody": "So it is.",
    }  # fmt: skip
    return [(f"{named('claimreview-file')}.jsonld", json.dumps(review).encode())]


def csv() -> Files:
    """A table with a column of annotators, whose file is called like one."""
    return [(f"{named('csv-file')}.csv", f'text,annotator\n"{UNTOLD}\n\n\n",{named("csv-column")}\n'.encode())]


def parquet_table() -> Files:
    """The same with typed columns."""
    content = io.BytesIO()
    columns = {"text": [f"{UNTOLD}\n\n\n\n"], "annotator": [named("parquet-column")]}
    parquet.write_table(pyarrow.table(columns), content)
    return [(f"{named('parquet-file')}.parquet", content.getvalue())]


def table() -> Files:
    """A text without a title, and a span in it with who annotated and a further column of users."""
    row = f"a,claim,No comments,{named('table-annotator')},{named('table-field')}"
    spans = f"article,label,quote,annotator,user\n{row}\n".encode()
    articles = f'id,body\na,"{UNTOLD}\n\n\n\n\n\n"\n'.encode()
    return [(f"{named('table-folder')}/articles.csv", articles), ("spans.csv", spans)]


def txt() -> Files:
    """A text in somebody's folder."""
    return [(f"{named('txt-folder')}/{named('txt-file')}.txt", f"{UNTOLD}\n\n\n\n\n".encode())]


def html() -> Files:
    """A page that was saved under somebody's name."""
    rule = f"<p>© {'all of it is theirs, ' * 5}</p>"
    page = f"<html><body><article>{rule * 9}</article></body></html>"
    return [(f"{named('html-file')}.html", page.encode())]


def _archive(files: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, one in files.items():
            archive.writestr(name, one)
    return content.getvalue()


PLANTED: Final = {
    "brat": brat, "uima": uima, "webannotsv": webannotsv, "webannotation": webannotation, "labelstudio": labelstudio,
    "doccano": doccano, "jsonl": jsonl, "averitec": averitec, "claimreview": claimreview, "csv": csv,
    "parquet": parquet_table, "table": table, "txt": txt, "html": html,
}  # fmt: skip
"""What comes in of each format."""
