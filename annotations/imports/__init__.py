"""Importing: what is sent is received, looked at, and stored in steps when somebody says go."""
