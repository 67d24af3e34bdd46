"""The workbench while something is broken: nothing that was done in it is lost."""
