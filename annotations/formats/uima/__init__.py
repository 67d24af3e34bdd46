"""`uima`: UIMA CASes with their type system."""
