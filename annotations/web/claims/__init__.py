"""The claims of a project as a list, and each on a page of its own."""
