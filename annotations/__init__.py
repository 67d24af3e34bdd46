"""The domain: articles, the spans marked in them, the links between these, and verdicts."""
