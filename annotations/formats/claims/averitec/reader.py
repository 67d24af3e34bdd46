"""`averitec`: claims with questions and answers, as in the AVeriTeC dataset (Schlichtkrull et al. 2023).

A claim becomes an article whose text is the claim, who made it, and under each question its answers. Answers are facts.
What has no place of its own in a project is kept in fields, and goes out again from there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.formats.claims.averitec.kept_fields import Kept, is_empty
from annotations.formats.claims.averitec.vocabulary import BETWEEN, CLAIM_TYPES, LABELS, NO_ANSWER, UNANSWERABLE
from annotations.formats.claims.claim_article import CLAIM, ClaimArticle, declared
from annotations.formats.claims.claimreview.rating import Complaint, chosen_rating
from annotations.formats.claims.ratings import FourWay, four_way, named_by, rating_for
from annotations.formats.reading.importer import Importer
from annotations.formats.reading.json_values import lines, values
from annotations.formats.reading.records import (
    ArticleRecord,
    EvidenceSetRecord,
    Item,
    LinkRecord,
    Options,
    Refusal,
    Refused,
    VerdictRecord,
    name_people,
)
from annotations.formats.reading.sources import File, Source
from annotations.formats.writing.provenance import AVERITEC_LINES
from annotations.project_settings import starting_scale
from annotations.vocabulary import Relation

FIELDS: Final = {
    **declared(
        "claim",
        ("further_claim_types", "Further types"),
        ("fact_checking_article", "Fact-checking article"),
        ("location_iso_code", "Country"),
        ("fact_checking_strategies", "Fact-checking strategies"),
        ("cached_original_claim_url", "Archived address of the claim"),
        (AVERITEC_LINES["key"], AVERITEC_LINES["name"]),
        required_reannotation=("flag", "Was annotated again"),
    ),
    **declared("attribution"),
    **declared(
        "fact",
        ("question", "Question that it answers"),
        ("answer_type", "Kind of answer"),
        ("source_medium", "Medium of the source"),
        ("cached_source_url", "Archived address of the source"),
        (AVERITEC_LINES["key"], AVERITEC_LINES["name"]),
        explanation=("passage", "Explanation"),
    ),
}
KEPT_COLUMNS: Final = {
    "fact_checking_article": "fact_checking_article",
    "location_ISO_code": "location_iso_code",
    "cached_original_claim_url": "cached_original_claim_url",
}
"""What a claim's field holds as it is, by its name in the file."""

RELATIONS: Final = {FourWay.SUPPORTED: Relation.CORROBORATES.value, FourWay.REFUTED: Relation.CONTRADICTS.value}
"""What answers do to the claim, by its label. Under the others nothing says which side an answer is on."""

OF: Final = "questions/of"
USUAL_NO_ANSWER: Final = {"answer": NO_ANSWER, "answer_type": UNANSWERABLE, "source_url": "", "source_medium": ""}

DATE: Final = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")


def read(source: Source, options: Options) -> Iterator[Item]:
    """Each claim of each file a document."""
    for file in source.files:
        for found in lines(file) if file.extension == ".jsonl" else values(file):
            if isinstance(found, Refusal):
                yield found
            else:
                yield from _Record(file, *found, options).read()


class _Record:
    """One claim of the file."""

    def __init__(self, file: File, location: str, value: Any, options: Options) -> None:
        self.value, self.options, self.scale = value, options, options.scale or starting_scale()
        self.article = ClaimArticle(file.path, location)
        self.kept = Kept(self.article)
        self.asked: Counter[str] = Counter()
        self.links: list[LinkRecord] = []

    def read(self) -> Iterator[Item]:
        try:
            document = self._document()
        except Refused as error:
            yield error.refusal
        else:
            yield document
        yield from self.article.refused

    def _document(self) -> ArticleRecord:
        if not isinstance(self.value, Mapping):
            raise Refused(self.article.file, self.article.location, "not_a_claim", _("A claim must be an object."))
        article, value = self.article, self.value
        fields = self._fields()
        claim = article.words(value, "claim")
        article.claim(claim, fields, "claim")
        if speaker := article.words(value, "speaker").strip():
            self.links.append(article.speaker(speaker, {}, "speaker"))
        rating = self._rating()
        means = next((four_way(one) for one in self.scale if one["key"] == rating), None)
        evidence_sets = list(self._questions(RELATIONS.get(means) if means else None))
        said = {"url": article.words(value, "original_claim_url"), "outlet": article.words(value, "reporting_source")}
        rationale = article.words(value, "justification")
        self._keep(fields, {**said, "claim": claim, "speaker": speaker, "justification": rationale}, rating)
        document = article.document(said, self.options.metadata, FIELDS)
        document.links = self.links
        if rating or rationale or evidence_sets:
            document.verdicts = [
                VerdictRecord(
                    claim=CLAIM,
                    rating=rating,
                    rationale=rationale,
                    evidence_sets=evidence_sets,
                    location=article.location,
                )
            ]
        else:
            words = _(
                "This claim has no label and no answers. It was imported without a verdict and isn't "
                "exported as AVeriTeC."
            )
            article.refuse("", "no_verdict", words)
        name_people(document, self.options.person_in(value))
        return document

    def _keep(self, fields: Mapping[str, Any], said: Mapping[str, str], rating: str | None) -> None:
        """Keeps with the claim what the record has otherwise than it goes out from what is stored."""
        value, label = self.value, named_by(self.scale, LABELS).get(rating or "")
        own = {
            "claim": said["claim"],
            "required_reannotation": fields["required_reannotation"],
            "label": label,
            "justification": said["justification"],
            "claim_date": "-".join(reversed(fields["date"].split("-"))) or None,
            "speaker": said["speaker"] or None,
            "original_claim_url": None if is_empty(said["url"]) else said["url"],
            "reporting_source": None if is_empty(said["outlet"]) else said["outlet"],
            "claim_types": [CLAIM_TYPES[key] for key in [fields["claim_type"]] if key]
            + _split(fields["further_claim_types"]),
            "fact_checking_strategies": _split(fields["fact_checking_strategies"]),
            "questions": [],
            **{name: fields[field] or None for name, field in KEPT_COLUMNS.items()},
        }
        self.kept.unknown(value, own)
        if isinstance(found := value.get("label"), str) and found.strip() not in ("", label):
            # It goes out by what was chosen for it.
            own.pop("label")
        elif is_empty(found):
            # By this line the export knows a claim that never had one.
            self.kept.keep("label", None, *[value["label"]] if "label" in value else [])
            own.pop("label")
        if not is_empty(value.get("questions")):
            own.pop("questions")
        self.kept.differences(value, own)
        self.kept.put_in(self.article.spans[0], "claim")

    def _fields(self) -> dict[str, Any]:
        types = self._several("claim_types")
        keys = {name: key for key, name in CLAIM_TYPES.items()}
        first = keys.get(types[0]) if types else None
        return {
            "claim_type": first,
            "further_claim_types": BETWEEN.join(types[1:] if first else types),
            "date": self._date(),
            "fact_checking_strategies": BETWEEN.join(self._several("fact_checking_strategies")),
            "required_reannotation": self._flag("required_reannotation"),
            **{field: self.article.words(self.value, name) for name, field in KEPT_COLUMNS.items()},
        }

    def _flag(self, name: str) -> bool:
        found = self.value.get(name)
        if found is not None and not isinstance(found, bool):
            self.article.refuse(name, "not_a_flag", _("%(name)s must be true or false.") % {"name": name})
        return found is True

    def _several(self, name: str) -> list[str]:
        found = self.value.get(name) or []
        if not isinstance(found, list) or not all(isinstance(one, str) and BETWEEN not in one for one in found):
            self.article.refuse(
                name,
                "not_texts",
                _("%(name)s must be a list of texts without “%(between)s”.") % {"name": name, "between": BETWEEN},
            )
            return []
        return found

    def _date(self) -> str:
        words = self.article.words(self.value, "claim_date").strip()
        if not words:
            return ""
        if found := DATE.fullmatch(words):
            day, month, year = found.groups()
            return self.article.day(f"{year}-{month:0>2}-{day:0>2}", "claim_date")
        self.article.refuse("claim_date", "date", _("Dates must be written as 31-01-2026."))
        return ""

    def _rating(self) -> str | None:
        label = self.article.words(self.value, "label").strip()
        if not label:
            return None
        verdict = next((verdict for verdict, name in LABELS.items() if name == label), None)
        usual = rating_for(self.scale, verdict) if verdict else None
        key = chosen_rating(label, usual, self.options.types, self.scale)
        if isinstance(key, Complaint):
            self.article.refuse("label", *key)
            return None
        return key

    def _questions(self, relation: str | None) -> Iterator[EvidenceSetRecord]:
        questions = self.value.get("questions") or []
        if not isinstance(questions, list):
            self.article.refuse("questions", "not_questions", _("questions must be a list."))
            return
        number = 0
        for at, asked in enumerate(questions):
            location = f"questions[{at}]"
            answers = asked.get("answers") or [] if isinstance(asked, Mapping) else None
            if not isinstance(answers, list):
                self.article.refuse(
                    location, "not_questions", _("A question must be an object with a list of answers.")
                )
                continue
            for name in set(asked) - {"question", "answers"}:
                self.article.refuse(
                    f"{location}.{name}", "unknown_field", _("%(name)s can't be imported.") % {"name": name}
                )
            question = self.article.words(asked, "question", location)
            own: dict[str, Any] = {"question": question} if answers else {"question": question, "answers": []}
            self.kept.differences(asked, own, location, f"questions/{number}/")
            yield self._asked(question, answers, location, relation, f"questions/{number}/answers/")
            self.asked[question] += 1
            number += 1

    def _asked(
        self, question: str, answers: list[Any], location: str, relation: str | None, path: str
    ) -> EvidenceSetRecord:
        if question.strip():
            self.article.write(question, "\n\n")
        evidence_set = EvidenceSetRecord(question=question or None)
        given: list[str] = []
        none: dict[int, Any] = {}
        for number, answer in enumerate(answers):
            words, key = self._answer(answer, question, f"{location}.answers[{number}]")
            if words and not key:
                none[len(given)] = answer
            given += [words] if words else []
            if key and relation:
                self.links.append(LinkRecord(key=key, relation=relation, source=key, target=CLAIM))
                evidence_set.links.append(key)
        evidence_set.answer = given[0] if len(given) == 1 else None
        said = [question, *filter(None, [evidence_set.answer])]
        for at, answer in none.items():
            if (len(given) > 1 or answer != USUAL_NO_ANSWER) and not self.kept.keep(f"{path}{at}", said, answer):
                self.article.refuse(
                    location, "not_kept", _("An answer without content was imported, but not in its original form.")
                )
        return evidence_set

    def _answer(self, answer: Any, question: str, location: str) -> tuple[str, str]:
        """Writes an answer down; its words, and the key of its span: that there is no answer is no fact."""
        article = self.article
        if not isinstance(answer, Mapping):
            article.refuse(location, "answer_missing", _("An answer must be an object with the text of the answer."))
            return "", ""
        words, explanation = (article.words(answer, name, location) for name in ("answer", "boolean_explanation"))
        names = {"reference": "source_url", "source_medium": "source_medium", "cached_source_url": "cached_source_url"}
        fields = {field: article.words(answer, name, location) for field, name in names.items()}
        kind = article.words(answer, "answer_type", location)
        if not words.strip():
            article.refuse(location, "answer_missing", _("The answer has no text."))
            return "", ""
        start, end = article.write(words)
        is_bare = kind == UNANSWERABLE and not explanation and not any(fields.values())
        if words.strip() == NO_ANSWER or is_bare:
            return words, ""
        more: dict[str, Any] = {}
        if explanation.strip():
            begin, end = article.write(explanation, ". ")
            more["explanation"] = {"start": begin, "end": end, "quote": explanation}
        span = article.add_span(location, "fact", (start, end), {**fields, **more}, location)
        span.fields |= article.fitting({"question": question, "answer_type": kind}, location)
        own = {
            "answer": words,
            "answer_type": kind,
            "source_url": fields["reference"],
            "source_medium": fields["source_medium"],
            "cached_source_url": fields["cached_source_url"] or None,
            "boolean_explanation": explanation if more else None,
        }
        kept = Kept(article)
        kept.unknown(answer, own, location)
        kept.differences(answer, own, location)
        if self.asked[question]:
            kept.keep(OF, self.asked[question])
        kept.put_in(span, location)
        return words, location


def _split(words: str) -> list[str]:
    """The values that one field of text holds."""
    return words.split(BETWEEN) if words else []


def recognises(source: Source) -> bool:
    """Whether all files speak of claims with questions."""
    return bool(source.files) and all(
        file.extension in (".json", ".jsonl")
        and b'"claim"' in (head := file.head())
        and b'"questions"' in head
        and (b'"label"' in head or b'"claim_date"' in head)
        for file in source.files
    )


AVERITEC: Final = Importer(
    name="averitec",
    title=gettext_lazy("AVeriTeC: claims with questions and answers"),
    extensions=(".json", ".jsonl"),
    takes=(
        "Each claim becomes an article: the claim, who made it, and the answers under their questions. The "
        "speaker is an attribution, each answer a fact with its `source_url` as reference. The label "
        "becomes a draft verdict with the justification as its rationale, and the questions become its "
        "evidence sets. Under Supported, answers corroborate; under Refuted, they contradict; under the "
        "other labels nothing says which side an answer is on, so it is not linked and only follows its "
        "question. `original_claim_url` and `reporting_source` are the article's URL and outlet; "
        "everything else is kept in fields. An answer without content, such as *No answer could be found*, "
        "is not a fact. What is missing, null or written in another form than ours, and fields that we "
        "don't know (`kept_in_field`), are kept line by line in the field `averitec` and exported again as "
        "they were, as long as they still apply. Labels are mapped to the rating of the project's scale "
        "that needs the same evidence. Refused: `claim_missing`, `not_a_claim`; and alone, while the claim "
        "is imported: `rating_unknown`, `date`, `url`, `too_long`, `answer_missing`, `not_text`, "
        "`not_texts`, `not_a_flag`, `not_questions`, `unknown_field` (what a line can't hold), `not_kept`, "
        "`no_verdict` (the claim has no label and no answers, so it is not exported), `type_left_out`."
    ),
    recognises=recognises,
    read=read,
    rates=True,
)
