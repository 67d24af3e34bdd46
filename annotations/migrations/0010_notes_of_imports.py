import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0009_keys_of_imports"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="refuseditem", name="refused_in_order"),
        migrations.RenameModel(old_name="RefusedItem", new_name="ReportedItem"),
        migrations.AlterField(
            model_name="reporteditem",
            name="of",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reported",
                to="annotations.import",
            ),
        ),
        migrations.AddField(model_name="reporteditem", name="is_note", field=models.BooleanField(default=False)),
        migrations.AddField(
            model_name="import",
            name="notes",
            field=models.PositiveIntegerField(default=0, verbose_name="items noted"),
        ),
        migrations.RunSQL(
            """
            UPDATE annotations_reporteditem SET is_note = true
            WHERE code IN ('kept_in_field', 'type_left_out', 'column_left_out', 'metadata_left_out');
            UPDATE annotations_import one SET notes = noted.number, refused = refused - noted.number
            FROM (SELECT of_id, count(*) AS number FROM annotations_reporteditem WHERE is_note GROUP BY of_id) AS noted
            WHERE one.id = noted.of_id
            """,
            "UPDATE annotations_import SET refused = refused + notes",
        ),
        migrations.AddIndex(
            model_name="reporteditem",
            index=models.Index(fields=["of", "is_note", "id"], name="reported_in_order"),
        ),
    ]
