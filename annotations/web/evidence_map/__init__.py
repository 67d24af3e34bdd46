"""The evidence map: what bears on what, in a handful of articles at a time."""
