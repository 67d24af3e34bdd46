"""What processes of bounded calls have loaded when they begin: they are forked from one that imported this."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
django.setup()

# The settings are there only after the line above.
from annotations.formats import libraries  # noqa: E402, F401
from annotations.imports import run  # noqa: E402, F401
