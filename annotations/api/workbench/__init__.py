"""What the workbench reads: an article with everything on it, and what happens there."""
