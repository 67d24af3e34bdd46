"""Tables of articles, a row each."""
