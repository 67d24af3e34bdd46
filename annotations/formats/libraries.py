"""What some formats need and takes long to load: those who read imports load it before the first of them."""

import lxml.html  # noqa: F401
import pyarrow.parquet  # noqa: F401
import trafilatura  # noqa: F401
