"""Pure functions on texts: what counts as one character, and in which unit."""
