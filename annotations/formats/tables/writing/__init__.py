"""The dataset as flat tables, in one archive."""
