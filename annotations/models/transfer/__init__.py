"""What came in and what went out, as it was done: imports and releases."""
