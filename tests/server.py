"""The server of `tests.serving`: `python -m tests.server MODULE:APPLICATION PORT LOG_LEVEL`."""

import sys
from importlib import import_module

import uvicorn

if __name__ == "__main__":
    application, port, level = sys.argv[1:]
    module, _, name = application.partition(":")
    found = getattr(import_module(module), name)  # which makes the settings ready

    from factcheck.server.connections import server_config

    uvicorn.Server(server_config(found, port=int(port), log_level=level)).run()
