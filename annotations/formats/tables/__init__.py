"""Tables: CSV, Parquet, and tables by a mapping of their columns."""
