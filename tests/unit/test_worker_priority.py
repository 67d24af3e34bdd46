"""What an import takes of the processor, the site has first."""

from __future__ import annotations

from types import SimpleNamespace

import psutil
import pytest

from annotations.management.commands.worker import NICE, _stand_back
from factcheck import database


@pytest.mark.skipif(not database.is_embedded(), reason="another machine's processes are not ours to order")
@pytest.mark.usefixtures("db")
def test_the_embedded_servers_process_behind_a_workers_connection_stands_back() -> None:
    with database.connect() as fresh:
        process = psutil.Process(fresh.info.backend_pid)

        _stand_back(SimpleNamespace(connection=fresh), nice=NICE)

        assert process.nice() == NICE
