"""`averitec`: claims with questions and answers, as in the AVeriTeC dataset (Schlichtkrull et al. 2023).

A claim becomes an article whose text is the claim, who made it, and under each question its answers. Answers are facts.
What has no place of its own in a project is kept in fields, and goes out again from there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from annotations.formats.claims.averitec.kept_fields import Kept, is_empty
from annotations.formats.claims.averitec.vocabulary import BETWEEN, CLAIM_TYPES, LABELS, NO_ANSWER, UNANSWERABLE
from annotations.formats.claims.claim_article import CLAIM, Sheet, declared
from annotations.formats.claims.claimreview.rating import Complaint, chosen_rating
from annotations.formats.claims.ratings import FourWay, four_way, named_by, rating_for
from annotations.formats.reading.importer import Importer
from annotations.formats.reading.json_values import lines, values
from annotations.formats.reading.records import (
    Document,
    Grounds,
    Item,
    Judgement,
    Options,
    Refusal,
    Refused,
    Tie,
    name_people,
)
from annotations.formats.reading.sources import File, Source
from annotations.formats.stored_fields import AVERITEC_LINES
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

    def __init__(self, file: File, place: str, value: Any, options: Options) -> None:
        self.value, self.options, self.scale = value, options, options.scale or starting_scale()
        self.sheet = Sheet(file.path, place)
        self.kept = Kept(self.sheet)
        self.asked: Counter[str] = Counter()
        self.ties: list[Tie] = []

    def read(self) -> Iterator[Item]:
        try:
            document = self._document()
        except Refused as error:
            yield error.refusal
        else:
            yield document
        yield from self.sheet.refused

    def _document(self) -> Document:
        if not isinstance(self.value, Mapping):
            raise Refused(self.sheet.file, self.sheet.place, "not_a_claim", "This is no claim: give an object.")
        sheet, value = self.sheet, self.value
        fields = self._fields()
        claim = sheet.words(value, "claim")
        sheet.claim(claim, fields, "claim")
        speaker = self._speaker()
        rating = self._rating()
        grounds = list(self._questions(self._relation(rating)))
        said = {"url": sheet.words(value, "original_claim_url"), "outlet": sheet.words(value, "reporting_source")}
        rationale = sheet.words(value, "justification")
        self._keep(fields, {**said, "claim": claim, "speaker": speaker, "justification": rationale}, rating)
        document = sheet.document(said, self.options.metadata, FIELDS)
        document.ties = self.ties
        if rating or rationale or grounds:
            document.judgements = [
                Judgement(claim=CLAIM, rating=rating, rationale=rationale, grounds=grounds, place=sheet.place)
            ]
        else:
            words = "Nothing is said about this claim: it comes in without a verdict, and does not go out as AVeriTeC."
            sheet.refuse("", "no_verdict", words)
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
        self.kept.put_in(self.sheet.passages[0], "claim")

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
            **{field: self.sheet.words(self.value, name) for name, field in KEPT_COLUMNS.items()},
        }

    def _flag(self, name: str) -> bool:
        found = self.value.get(name)
        if found is not None and not isinstance(found, bool):
            self.sheet.refuse(name, "not_a_flag", f"{name} has to be true or false.")
        return found is True

    def _several(self, name: str) -> list[str]:
        found = self.value.get(name) or []
        if not isinstance(found, list) or not all(isinstance(one, str) and BETWEEN not in one for one in found):
            self.sheet.refuse(name, "not_texts", f"{name} has to be a list of texts without “{BETWEEN}”.")
            return []
        return found

    def _date(self) -> str:
        words = self.sheet.words(self.value, "claim_date").strip()
        if not words:
            return ""
        if found := DATE.fullmatch(words):
            day, month, year = found.groups()
            return self.sheet.day(f"{year}-{month:0>2}-{day:0>2}", "claim_date")
        self.sheet.refuse("claim_date", "date", "Write the date as 31-01-2026.")
        return ""

    def _speaker(self) -> str:
        if speaker := self.sheet.words(self.value, "speaker").strip():
            self.ties.append(self.sheet.speaker(speaker, {}, "speaker"))
        return speaker

    def _rating(self) -> str | None:
        label = self.sheet.words(self.value, "label").strip()
        if not label:
            return None
        verdict = next((verdict for verdict, name in LABELS.items() if name == label), None)
        usual = rating_for(self.scale, verdict) if verdict else None
        key = chosen_rating(label, usual, self.options.types, self.scale)
        if isinstance(key, Complaint):
            self.sheet.refuse("label", *key)
            return None
        return key

    def _relation(self, key: str | None) -> str | None:
        verdict = next((four_way(rating) for rating in self.scale if rating["key"] == key), None)
        return RELATIONS.get(verdict) if verdict else None

    def _questions(self, relation: str | None) -> Iterator[Grounds]:
        questions = self.value.get("questions") or []
        if not isinstance(questions, list):
            self.sheet.refuse("questions", "not_questions", "questions has to be a list.")
            return
        number = 0
        for at, asked in enumerate(questions):
            place = f"questions[{at}]"
            answers = asked.get("answers") or [] if isinstance(asked, Mapping) else None
            if not isinstance(answers, list):
                self.sheet.refuse(place, "not_questions", "A question is an object with a list of answers.")
                continue
            for name in set(asked) - {"question", "answers"}:
                self.sheet.refuse(f"{place}.{name}", "unknown_field", f"{name} has no place here.")
            question = self.sheet.words(asked, "question", place)
            own: dict[str, Any] = {"question": question} if answers else {"question": question, "answers": []}
            self.kept.differences(asked, own, place, f"questions/{number}/")
            yield self._asked(question, answers, place, relation, f"questions/{number}/answers/")
            self.asked[question] += 1
            number += 1

    def _asked(self, question: str, answers: list[Any], place: str, relation: str | None, path: str) -> Grounds:
        if question.strip():
            self.sheet.write(question, "\n\n")
        grounds = Grounds(question=question or None)
        given: list[str] = []
        none: dict[int, Any] = {}
        for number, answer in enumerate(answers):
            words, key = self._answer(answer, question, f"{place}.answers[{number}]")
            if words and not key:
                none[len(given)] = answer
            given += [words] if words else []
            if key and relation:
                self.ties.append(Tie(key=key, relation=relation, source=key, target=CLAIM))
                grounds.ties.append(key)
        grounds.answer = given[0] if len(given) == 1 else None
        said = [question, *filter(None, [grounds.answer])]
        for at, answer in none.items():
            if (len(given) > 1 or answer != USUAL_NO_ANSWER) and not self.kept.keep(f"{path}{at}", said, answer):
                self.sheet.refuse(place, "not_kept", "An answer that is none comes in, but not as it is written.")
        return grounds

    def _answer(self, answer: Any, question: str, place: str) -> tuple[str, str]:
        """Writes an answer down; its words, and the key of its passage: that there is no answer is no fact."""
        sheet = self.sheet
        if not isinstance(answer, Mapping):
            sheet.refuse(place, "answer_missing", "An answer is an object with the answer's words.")
            return "", ""
        words, explanation = (sheet.words(answer, name, place) for name in ("answer", "boolean_explanation"))
        names = {"reference": "source_url", "source_medium": "source_medium", "cached_source_url": "cached_source_url"}
        fields = {field: sheet.words(answer, name, place) for field, name in names.items()}
        kind = sheet.words(answer, "answer_type", place)
        if not words.strip():
            sheet.refuse(place, "answer_missing", "The answer has no words.")
            return "", ""
        start, end = sheet.write(words)
        is_bare = kind == UNANSWERABLE and not explanation and not any(fields.values())
        if words.strip() == NO_ANSWER or is_bare:
            return words, ""
        more: dict[str, Any] = {}
        if explanation.strip():
            begin, end = sheet.write(explanation, ". ")
            more["explanation"] = {"start": begin, "end": end, "quote": explanation}
        passage = sheet.mark(place, "fact", (start, end), {**fields, **more}, place)
        passage.fields |= sheet.fitting({"question": question, "answer_type": kind}, place)
        own = {
            "answer": words,
            "answer_type": kind,
            "source_url": fields["reference"],
            "source_medium": fields["source_medium"],
            "cached_source_url": fields["cached_source_url"] or None,
            "boolean_explanation": explanation if more else None,
        }
        kept = Kept(sheet)
        kept.unknown(answer, own, place)
        kept.differences(answer, own, place)
        if self.asked[question]:
            kept.keep(OF, self.asked[question])
        kept.put_in(passage, place)
        return words, place


def _split(words: str) -> list[str]:
    """The values that one field of text holds."""
    return words.split(BETWEEN) if words else []


def recognises(source: Source) -> bool:
    """Whether all files speak of claims with questions."""
    return bool(source.files) and all(
        file.extension in (".json", ".jsonl") and _looks_like_it(file.head()) for file in source.files
    )


def _looks_like_it(head: bytes) -> bool:
    return b'"claim"' in head and b'"questions"' in head and (b'"label"' in head or b'"claim_date"' in head)


AVERITEC: Final = Importer(
    name="averitec",
    title="AVeriTeC: claims with questions and answers",
    extensions=(".json", ".jsonl"),
    takes=(
        "Each claim becomes an article: the claim, who made it, and the answers under their questions. The speaker "
        "is an attribution, each answer a fact with its `source_url` as reference. The label becomes a verdict in "
        "draft with the justification as its rationale, the questions its evidence sets. Under Supported answers "
        "corroborate, under Refuted they contradict; under the other labels nothing says which side an answer is "
        "on, and it stands unlinked beside its question. `original_claim_url` and `reporting_source` are the "
        "article's address and outlet; everything else is kept in fields. An answer that is none, such as *No answer "
        "could be found*, is no fact. What is missing, null or written otherwise than we write it, and fields that we "
        "do not know (`kept_in_field`), are kept line by line in the field `averitec` and go out again as they came, "
        "as long as they are still so. Labels are mapped to the rating of the project's scale that needs the same "
        "evidence. Refused: `claim_missing`, `not_a_claim`; and by itself, while the claim comes in: "
        "`rating_unknown`, `date`, `url`, `too_long`, `answer_missing`, `not_text`, `not_texts`, `not_a_flag`, "
        "`not_questions`, `unknown_field` (what no line can hold), `not_kept`, `no_verdict` (nothing is said about "
        "the claim, so it does not go out), `type_left_out`."
    ),
    recognises=recognises,
    read=read,
    rates=True,
)
