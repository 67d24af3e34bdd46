"""Importing: what is sent is received, looked at, and stored when somebody says go."""
