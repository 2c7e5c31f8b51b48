import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import clustermark.web.register.models.holder


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0001_initial"),
        ("clusters", "0001_initial"),
        ("files", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="IssuerKeys",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.CharField(max_length=100)),
                ("document", models.TextField()),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="RegisterHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveBigIntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Award",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=60, unique=True, verbose_name="number")),
                ("holder_id", models.CharField(db_index=True, max_length=300)),
                ("holder", models.CharField(max_length=300, verbose_name="holder")),
                ("holder_search", models.CharField(db_index=True, max_length=300)),
                ("country", models.CharField(db_index=True, max_length=2, null=True, verbose_name="country")),
                ("region", models.CharField(max_length=300, null=True, verbose_name="region")),
                ("sector", models.CharField(db_index=True, max_length=300, null=True, verbose_name="sector")),
                ("scheme", models.CharField(max_length=300, null=True, verbose_name="scheme")),
                ("scheme_version", models.CharField(max_length=300, null=True)),
                ("scheme_digest", models.CharField(max_length=71, null=True)),
                ("level", models.CharField(db_index=True, max_length=300, verbose_name="level")),
                ("applied_on", models.DateField(null=True)),
                ("decided_on", models.DateField(null=True, verbose_name="decided on")),
                ("year", models.PositiveSmallIntegerField(null=True)),
                ("valid_from", models.DateField(null=True)),
                ("valid_until", models.DateField(null=True)),
                ("previous", models.CharField(max_length=60, null=True)),
                ("mark", models.CharField(max_length=12)),
                ("source", models.CharField(max_length=300, null=True)),
                (
                    "case",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="award",
                        to="cases.case",
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="awards",
                        to="clusters.cluster",
                    ),
                ),
            ],
            options={
                "ordering": ["holder_search", "number"],
            },
        ),
        migrations.CreateModel(
            name="AwardAct",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("on", models.DateField()),
                ("reason", models.TextField()),
                ("by", models.CharField(max_length=300)),
                ("until", models.DateField(null=True)),
                ("starts", models.DateField(null=True)),
                ("change", models.CharField(max_length=300, null=True)),
                ("reference", models.CharField(max_length=300, null=True)),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="acts", to="register.award"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="AwardSpan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("state", models.CharField(max_length=12)),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="spans", to="register.award"
                    ),
                ),
            ],
            options={
                "ordering": ["award_id", "first"],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("given_on", models.DateField()),
                ("withdrawn_on", models.DateField(null=True)),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="register.award",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="IssuedFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=2)),
                ("token", models.TextField()),
                ("record", models.TextField()),
                ("record_digest", models.CharField(max_length=71)),
                ("issued_at", models.DateTimeField()),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="register.award"
                    ),
                ),
                (
                    "pdf",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="LeafEntry",
            fields=[
                ("index", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("entry", models.TextField()),
                (
                    "act",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaf",
                        to="register.awardact",
                    ),
                ),
            ],
            options={
                "ordering": ["index"],
            },
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "participant_id",
                    models.CharField(max_length=300, verbose_name="identifier of the participant"),
                ),
                ("participant", models.CharField(max_length=300, verbose_name="participant")),
                ("joined_on", models.DateField(verbose_name="joined on")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="left on")),
                ("cluster_confirmed_on", models.DateField(null=True)),
                ("participant_confirmed_on", models.DateField(null=True)),
                (
                    "token",
                    models.CharField(
                        default=clustermark.web.register.models.holder.new_token, max_length=40, unique=True
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="clusters.cluster",
                    ),
                ),
            ],
            options={
                "ordering": ["participant", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ReminderSent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("until", models.DateField()),
                ("months", models.PositiveSmallIntegerField()),
                ("sent_at", models.DateTimeField(auto_now_add=True)),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="register.award",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="StatusPlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("list_number", models.PositiveSmallIntegerField()),
                ("index", models.PositiveIntegerField()),
                (
                    "award",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="status_place",
                        to="register.award",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="award",
            index=models.Index(fields=["holder_search", "number"], name="award_by_holder"),
        ),
        migrations.AddIndex(
            model_name="awardspan",
            index=models.Index(fields=["award", "first", "last", "state"], name="span_of_award"),
        ),
        migrations.AddIndex(
            model_name="awardspan",
            index=models.Index(fields=["state", "first", "last"], name="span_by_state"),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_on", None)), fields=("award",), name="one_consent_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.UniqueConstraint(
                fields=("cluster", "participant_id", "joined_on"), name="one_participation_a_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="remindersent",
            constraint=models.UniqueConstraint(
                fields=("award", "until", "months"), name="one_reminder_a_term"
            ),
        ),
        migrations.AddConstraint(
            model_name="statusplace",
            constraint=models.UniqueConstraint(
                fields=("list_number", "index"), name="one_award_a_status_place"
            ),
        ),
    ]
