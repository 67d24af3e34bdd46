#!/usr/bin/env python
"""Factcheck's command line: `manage.py help` lists what it can do."""

import os
import sys


def main() -> None:
    """Run one command, with the embedded database up where the command needs one."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    from django.core.management import execute_from_command_line

    from factcheck import database
    from factcheck.server import shutdown

    with database.for_command(sys.argv[1:]):
        execute_from_command_line(sys.argv)
    shutdown.end_without_other_threads()


if __name__ == "__main__":
    main()
