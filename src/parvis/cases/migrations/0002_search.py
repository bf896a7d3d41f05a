from django.db import migrations

from parvis.cases.index import CASES


def create(apps, schema_editor):
    CASES.create(schema_editor)


def drop(apps, schema_editor):
    CASES.drop(schema_editor)


class Migration(migrations.Migration):
    """The text index of cases: FTS5 on SQLite, tsvector on PostgreSQL."""

    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
