"""What the registries say of formats, in words: for the API's reference and for docs/formats.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from annotations.formats.examples import BY_HAND
from annotations.formats.export_registry import FORMATS
from annotations.formats.reading.importer import Importer
from annotations.formats.registry import IMPORTERS
from annotations.formats.writing.format import Format
from annotations.formats.writing.provenance import PATHS, PERSONS

PROJECT: Final = "raqqa-2017"
"""The project of the examples, one of the seeds."""


def page() -> str:
    """docs/formats.md."""
    return f"""# Formats

`manage.py formats` writes this page from what the formats say of themselves, and a test runs each line that loads one.

## Out

Each is fetched with a token from `projects/{{slug}}/export/`, whose filters and rules are in
[the guide to the API](api.md#export), or written by `manage.py export`. The same content is the same bytes each time.
What follows a `curl` line reads the file that it wrote.

Unless a manager asks for names (`names=true`, `--names`), people are under pseudonyms, and what came in with files and
may name them is replaced, in every format and in all files of a release:

- A title that is only the name of a file is `article-` with the end of the article's id.
- The path before the lines that a span keeps of brat is `file-` with digits that stay the same within the project.
  So are fields called {_listed(PATHS)}.
- Fields in which other tools say who made something have that person's pseudonym: {_listed(PERSONS)}.
- Lines kept of brat and AVeriTeC that say who made something are left out.

What people wrote (texts, notes, rationales, comments) stays as it is, and so do the authors and outlets of articles and
the organisations that published a review. Nothing is replaced in the project itself.

{exported("###")}
## In

{imported("###")}
{BY_HAND}
"""


def _listed(keys: Iterable[str]) -> str:
    return ", ".join(f"`{key}`" for key in keys)


def exported(heading: str) -> str:
    """What each format that goes out carries and leaves out, how it is fetched and how it is loaded."""
    return "\n".join(line for chosen in FORMATS.values() for line in _of_format(chosen, heading))


def imported(heading: str) -> str:
    """What each format that comes in takes."""
    return "\n".join(line for importer in IMPORTERS.values() for line in _of_importer(importer, heading))


def _of_format(chosen: Format, heading: str) -> Iterator[str]:
    file = f"{PROJECT}.{chosen.extension}"
    yield f"{heading} `{chosen.name}`: {chosen.title}\n"
    yield f"{chosen.carries}\n"
    yield f"*Left out:* {chosen.leaves_out}\n"
    yield from ("```sh", 'curl -sf -H "Authorization: Bearer $TOKEN" \\')
    yield from (f'  "$API/projects/{PROJECT}/export/?format={chosen.name}" --output {file}', "```\n")
    for loading in chosen.loadings:
        yield from (f"With {loading.library}:\n", "```python", loading.code.replace("{file}", file), "```\n")


def _of_importer(importer: Importer, heading: str) -> Iterator[str]:
    yield f"{heading} `{importer.name}`: {importer.title}\n"
    extensions = ", ".join(f"`{extension}`" for extension in importer.extensions)
    if extensions:
        yield f"*Files:* {extensions}\n"
    yield f"{importer.takes}\n"
