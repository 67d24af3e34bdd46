"""Benchmarks in Chromium: the workbench beside a bare page that only shows the same text."""
