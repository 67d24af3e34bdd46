"""The files of an import: archives that lie, texts in any encoding."""
