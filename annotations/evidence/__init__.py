"""Finding evidence: sentences, search and what sources say; pure functions where no query is needed."""
