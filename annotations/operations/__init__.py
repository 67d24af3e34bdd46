"""What spans several models, each a module of plain functions named after the act."""
