"""What was refused of an import and what is noted: all of it is counted, and the first of each kind are listed."""

from __future__ import annotations

from dataclasses import dataclass, field

from annotations.formats.reading.records import Refusal
from annotations.models import Import, ReportedItem
from annotations.models.transfer.imports import LONGEST_REPORTED, MOST_REPORTED


@dataclass(slots=True)
class Report:
    """Counts, beginning with those of what is listed already, and what is to be listed besides."""

    refused: int = 0
    notes: int = 0
    listed: list[Refusal] = field(default_factory=list)

    def take(self, refusals: list[Refusal]) -> None:
        """Adds these, and empties their list."""
        for refusal in refusals:
            if (self.notes if refusal.is_note else self.refused) < MOST_REPORTED:
                self.listed.append(refusal)
            if refusal.is_note:
                self.notes += 1
            else:
                self.refused += 1
        refusals.clear()

    def store(self, of: Import) -> None:
        """Keeps what is to be listed. Whatever stands there came from outside, and may hold what no database takes."""
        ReportedItem.objects.bulk_create(
            [
                ReportedItem(of=of, is_note=one.is_note, code=one.code[:60], **{
                    name: getattr(one, name)[:longest].replace("\0", "�").encode("utf-8", "replace").decode()
                    for name, longest in LONGEST_REPORTED.items()
                })
                for one in self.listed
            ]
        )  # fmt: skip
