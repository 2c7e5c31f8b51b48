import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="LogRow",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.CharField(db_index=True, max_length=27)),
                ("actor", models.CharField(db_index=True, max_length=60)),
                ("role", models.CharField(max_length=20)),
                ("act", models.CharField(db_index=True, max_length=60)),
                ("subject", models.CharField(db_index=True, max_length=80)),
                ("reason", models.CharField(max_length=71, null=True)),
                ("before", models.CharField(max_length=71, null=True)),
                ("after", models.CharField(max_length=71, null=True)),
                ("facts", models.JSONField(default=dict)),
                ("previous", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64, unique=True)),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="LogText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("salt", models.CharField(max_length=32)),
                ("text", models.TextField()),
                (
                    "row",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="words",
                        to="log.logrow",
                    ),
                ),
            ],
        ),
    ]
