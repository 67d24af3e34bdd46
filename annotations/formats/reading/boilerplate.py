"""A pasted text: what of it looks like the page's own boilerplate, what it may be called, which language it is in.

Pure functions over plain text. They propose; a person decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from typing import Final

from annotations.text.sentences import sentence_ranges

BOILERPLATE: Final = re.compile(
    r"""
    [|\s·•\-–—_=*]*+                                      # rules and the pipes of a table, none of them given back
    (?:
        (?:no|\d+)\ comments?:?(?:\s+post\ a\ comment)? | post\ a\ comment | leave\ a\ (?:comment|reply)
      | comments?\ (?:are\ )?closed
      | (?:newer|older)\ posts? | share\ (?:this|on\ \w+|via\ \w+).{0,40}
      | (?:tweet|e-?mail|print|whatsapp|facebook|twitter)
      | (?:sign\ up|subscribe|log\ in|sign\ in|register)\b.{0,60} | advert(?:isement)? | sponsored(?:\ content)?
      | (?:read|see|watch)\ (?:more|also|next):?.{0,80} | related\ (?:articles?|stories|posts|topics):?
      | (?:about|contact)\ us | privacy\ policy | cookie\ (?:policy|settings)
      | terms\ (?:of\ use|and\ conditions).{0,40}
      | all\ rights\ reserved.? | (?:©|copyright\b).{0,120} | skip\ to\ (?:main\ )?content | back\ to\ top
      | (?:home|menu|search|next|previous|share|follow\ us)
    )?
    [|\s·•\-–—_=*.:»›>]*
    """,
    re.VERBOSE | re.IGNORECASE,
)
COMMON_WORDS: Final = {
    "en": "the of and to in that is was for it with as his on be at by had not are but from have were which",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus",
    "fr": "le la les de des et en un une du que dans pour qui sur pas au plus par est avec ce il sont cette",
    "es": "el la los las de que en y un una por con para del se no su al lo como más pero sus fue este",
    "it": "il la i le di che e in un una per con del della non si da sono dei al nel alla più come gli",
    "pt": "o a os as de que em e um uma por com para do da no na não se dos mais como foi ao ele",
    "nl": "de het een van en in is dat op te zijn voor met die niet aan er om ook als dan bij maar uit",
    "sv": "och i att en som det av på är för med den till inte har de ett om var men från vid han så",
    "tr": "ve bir bu da de için ile olarak çok daha olan gibi kadar sonra var ne ancak en ya o",
    "id": "yang dan di dengan untuk dari pada ini itu dalam tidak akan juga oleh ke mereka telah adalah bisa",
}
SCRIPTS: Final = [
    ("ar", "؀", "ۿ"), ("he", "֐", "׿"), ("ru", "Ѐ", "ӿ"), ("el", "Ͱ", "Ͽ"), ("hi", "ऀ", "ॿ"),
    ("th", "฀", "๿"), ("ko", "가", "힯"), ("ja", "぀", "ヿ"), ("zh", "一", "鿿"),
]  # fmt: skip
"""The commonest language of a script, by its first and last character; kana before Han, since Japanese has both."""
LATIN: Final = "ɏ"
"""The last letter of the Latin script."""

READ: Final = 20_000
"""Characters that suffice to tell a language."""
LONGEST_TITLE: Final = 200


def with_line_feeds(text: str) -> str:
    r"""The text with every line end as ``\n``; nothing else is changed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def boilerplate_lines(text: str) -> list[int]:
    """The numbers of the lines, from 0, that look like the page's own boilerplate rather than the article."""
    return [number for number, line in enumerate(text.split("\n")) if _is_boilerplate(line)]


def _is_boilerplate(line: str) -> bool:
    return bool(line.strip() and len(line) < 200 and BOILERPLATE.fullmatch(line))


def without_lines(text: str, numbers: Collection[int]) -> str:
    """The text without these lines; where any goes, the empty lines that it leaves at either end go with it."""
    if not numbers:
        return text
    gone = set(numbers)
    return "\n".join(line for number, line in enumerate(text.split("\n")) if number not in gone).strip("\n")


def proposed_title(text: str) -> str:
    """The first sentence of the first line that is not boilerplate, cut to a title's length."""
    for line in text.split("\n"):
        if line.strip() and not _is_boilerplate(line):
            # What follows could not be part of a title.
            beginning = line.lstrip()[: LONGEST_TITLE * 2]
            start, end = sentence_ranges(beginning)[0]
            words = beginning[start:end]
            return words if len(words) <= LONGEST_TITLE else words[:LONGEST_TITLE].rpartition(" ")[0] + " …"
    return ""


def proposed_language(text: str) -> str:
    """The likeliest language of the text as a tag, or nothing where there is too little to tell."""
    sample = text[:READ]
    letters = [character for character in sample if character.isalpha()]
    for language, first, last in SCRIPTS if max(letters, default="") > LATIN else ():
        share = sum(first <= character <= last for character in letters)
        if share > len(letters) * (0.05 if language == "ja" else 0.5):
            return language
    words = Counter(re.findall(r"[^\W\d_]+", sample.lower()))
    scores = {language: sum(words[word] for word in common.split()) for language, common in COMMON_WORDS.items()}
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] >= 3 else ""
