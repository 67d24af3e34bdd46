"""Bringing articles in: the three ways, the look before anything is stored, the course of an import and its report."""
