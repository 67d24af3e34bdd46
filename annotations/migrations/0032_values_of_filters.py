"""Outlets and authors are found from one to the next within a project."""

from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0031_selected_text"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(models.F("project"), Lower("outlet"), models.F("outlet"), name="article_outlets"),
        ),
        migrations.RemoveIndex(model_name="verdict", name="verdict_by_author"),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(fields=["project", "author", "created_at", "id"], name="verdict_by_author"),
        ),
    ]
