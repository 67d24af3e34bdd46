"""Everybody can use it: every page and every state of the workbench, by eye, by keyboard and by ear."""
