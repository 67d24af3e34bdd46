"""`jsonl` (factcheck/1): everything that a project holds, one article a line."""
