"""Geometry of the pages' inline SVG pictures: pure functions from plain values to numbers."""
