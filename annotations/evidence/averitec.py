"""The words of the AVeriTeC dataset, and what they are here: the same on the way in and on the way out."""

from __future__ import annotations

from typing import Final

from annotations.evidence.ratings import FourWay

LABELS: Final = {
    FourWay.SUPPORTED: "Supported",
    FourWay.REFUTED: "Refuted",
    FourWay.NOT_ENOUGH: "Not Enough Evidence",
    FourWay.CONFLICTING: "Conflicting Evidence/Cherrypicking",
}
CLAIM_TYPES: Final = {
    "event": "Event/Property Claim",
    "numerical": "Numerical Claim",
    "quotation": "Quote Verification",
    "position": "Position Statement",
    "causal": "Causal Claim",
}
NO_ANSWER: Final = "No answer could be found."
"""What the answer is where there is none; its type is then Unanswerable."""

BETWEEN: Final = "; "
"""What stands between several values in one field of text."""
