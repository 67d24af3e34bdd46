"""Benchmarks: Factcheck beside PostgreSQL itself, on the same machine and in the same minutes. Not tests."""
