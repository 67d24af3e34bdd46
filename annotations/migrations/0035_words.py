"""Field names and choices in plain words. The database stays as it is."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0034_names_of_imports"),
    ]

    operations = [
        migrations.AlterField(
            model_name="article",
            name="direction",
            field=models.CharField(
                choices=[("ltr", "Left to right"), ("rtl", "Right to left"), ("auto", "Automatic, by paragraph")],
                default="auto",
                max_length=4,
                verbose_name="direction",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="source",
            field=models.BinaryField(null=True, verbose_name="original source"),
        ),
        migrations.AlterField(
            model_name="article",
            name="url",
            field=models.CharField(
                blank=True,
                max_length=2000,
                null=True,
                validators=[django.core.validators.URLValidator(["http", "https"])],
                verbose_name="URL",
            ),
        ),
        migrations.AlterField(
            model_name="import",
            name="articles",
            field=models.PositiveIntegerField(default=0, verbose_name="articles created"),
        ),
        migrations.AlterField(
            model_name="import",
            name="known",
            field=models.PositiveIntegerField(default=0, verbose_name="texts already in project"),
        ),
        migrations.AlterField(
            model_name="import",
            name="links",
            field=models.PositiveIntegerField(default=0, verbose_name="links created"),
        ),
        migrations.AlterField(
            model_name="import",
            name="spans",
            field=models.PositiveIntegerField(default=0, verbose_name="spans created"),
        ),
        migrations.AlterField(
            model_name="import",
            name="state",
            field=models.CharField(
                choices=[
                    ("proposed", "Not started"),
                    ("waiting", "Queued"),
                    ("running", "Running"),
                    ("done", "Done"),
                    ("failed", "Failed"),
                    ("cancelled", "Cancelled"),
                ],
                default="waiting",
                max_length=9,
            ),
        ),
        migrations.AlterField(
            model_name="import",
            name="verdicts",
            field=models.PositiveIntegerField(default=0, verbose_name="verdicts created"),
        ),
        migrations.AlterField(
            model_name="invitation",
            name="email",
            field=models.EmailField(max_length=254, verbose_name="email address"),
        ),
        migrations.AlterField(
            model_name="notice",
            name="why",
            field=models.CharField(
                choices=[
                    ("mention", "mentioned you"),
                    ("reply", "replied in your thread"),
                    ("work", "commented on your work"),
                    ("hand_over", "handed over work to you"),
                ],
                max_length=9,
            ),
        ),
        migrations.AlterField(
            model_name="project",
            name="mode",
            field=models.CharField(
                choices=[
                    ("shared", "Shared: everyone sees everyone's spans"),
                    ("independent", "Independent: annotators can't see each other's work until both have submitted"),
                ],
                default="shared",
                max_length=12,
                verbose_name="mode",
            ),
        ),
        migrations.AlterField(
            model_name="project",
            name="slug",
            field=models.SlugField(max_length=60, unique=True, verbose_name="URL name"),
        ),
        migrations.AlterField(
            model_name="release",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Queued"),
                    ("running", "Running"),
                    ("done", "Done"),
                    ("failed", "Failed"),
                    ("cancelled", "Cancelled"),
                ],
                default="waiting",
                max_length=9,
            ),
        ),
        migrations.AlterField(
            model_name="user",
            name="email",
            field=models.EmailField(
                error_messages={"unique": "This address is taken."},
                max_length=254,
                unique=True,
                verbose_name="email address",
            ),
        ),
        migrations.AlterField(
            model_name="user",
            name="is_staff",
            field=models.BooleanField(default=False, verbose_name="administrator"),
        ),
        migrations.AlterField(
            model_name="user",
            name="keys",
            field=models.JSONField(blank=True, default=dict, verbose_name="keyboard shortcuts"),
        ),
        migrations.AlterField(
            model_name="user",
            name="may_start_projects",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Whoever creates a project is its manager and can invite people by email.",
                verbose_name="can create projects",
            ),
        ),
        migrations.AlterField(
            model_name="user",
            name="new_email",
            field=models.EmailField(
                blank=True, db_default="", default="", editable=False, max_length=254, verbose_name="new email address"
            ),
        ),
        migrations.AlterField(
            model_name="user",
            name="single_keys",
            field=models.BooleanField(default=True, verbose_name="single-key shortcuts"),
        ),
    ]
