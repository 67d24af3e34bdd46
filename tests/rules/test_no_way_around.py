"""No session can switch the rules off."""

from __future__ import annotations

import pgtrigger
import pytest
from django.db import IntegrityError, connection, transaction

from annotations.models import Article, Event
from tests.cast import Cast


def test_the_trigger_librarys_own_setting_is_without_effect(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', (SELECT array_agg(tgname)::text FROM pg_trigger), true)")

    with pytest.raises(IntegrityError, match="body_immutable"), transaction.atomic():
        Article.objects.filter(pk=cast.article.pk).update(body="Another text")
    with pytest.raises(IntegrityError, match="history_append_only"), transaction.atomic():
        Event.objects.all().delete()


def test_nor_has_its_context_manager_any(cast: Cast) -> None:
    with pgtrigger.ignore("annotations.Article:body_is_fixed"), pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=cast.article.pk).update(body="Another text")
