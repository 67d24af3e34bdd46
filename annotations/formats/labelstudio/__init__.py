"""`labelstudio`: Label Studio tasks with annotations."""
