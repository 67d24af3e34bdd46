"""One article at a time: plain texts, saved pages, addresses, and what was pasted."""
