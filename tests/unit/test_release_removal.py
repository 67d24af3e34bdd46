"""An operator removes a release: nobody else can."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from annotations.models import Event, Release
from tests.cast import Cast
from tests.releasing import finished


def test_the_release_goes_with_its_files_and_leaves_why(cast: Cast) -> None:
    release = finished(cast)
    stored = [one.stored for one in release.files.all()]

    call_command("removerelease", release.pk, "--reason", "Order 12", "--yes")

    assert not Release.objects.exists()
    assert not any(default_storage.exists(name) for name in stored)
    last = Event.objects.of(cast.project.pk, "release", release.pk)[0]
    assert (last.what, (last.after or {})["reason"]) == ("removed", "Order 12")


def test_it_wants_a_reason(cast: Cast) -> None:
    release = finished(cast)

    with pytest.raises(CommandError, match="Enter a reason"):
        call_command("removerelease", release.pk, "--reason", " ", "--yes")

    assert Release.objects.exists()
