"""The site's server, which here never looks for news by itself: what is heard from it was notified by the database."""

from factcheck.server.asgi import application  # isort: skip  # it makes the models ready
from annotations.live import hub

__all__ = ["application"]

setattr(hub, "ROUND", 3600.0)  # noqa: B010  # to the type checker it is final
