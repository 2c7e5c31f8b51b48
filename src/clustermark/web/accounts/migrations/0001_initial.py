import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("reference", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="mail address")),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                ("country", models.CharField(blank=True, max_length=2, verbose_name="country")),
                ("language", models.CharField(default="en", max_length=2, verbose_name="language")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("joined_at", models.DateTimeField(auto_now_add=True)),
                ("erase_on", models.DateField(blank=True, null=True)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("cluster", "cluster organisation"),
                            ("secretariat", "secretariat"),
                            ("committee", "committee"),
                            ("agency", "agency or ministry"),
                            ("other", "other body"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("country", models.CharField(max_length=2, verbose_name="country")),
                ("region", models.CharField(blank=True, max_length=120, verbose_name="region")),
            ],
            options={
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Tie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("employed", "works or worked for the cluster"),
                            ("advised", "advises or advised the cluster"),
                            ("interest", "other interest"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="what")),
            ],
            options={
                "ordering": ["user_id", "cluster_id", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Expert",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("country", models.CharField(max_length=2, verbose_name="country")),
                ("languages", models.JSONField(default=list, verbose_name="languages")),
                ("sectors", models.JSONField(default=list, verbose_name="sectors")),
                ("most_cases", models.PositiveSmallIntegerField(default=3, verbose_name="cases at a time")),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expert",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["user__name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Accreditation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scheme", models.CharField(max_length=80, verbose_name="scheme")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="until")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accreditations",
                        to="accounts.expert",
                    ),
                ),
            ],
            options={
                "ordering": ["scheme", "-ends_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("email", models.EmailField(max_length=254, verbose_name="mail address")),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                ("language", models.CharField(default="en", max_length=2, verbose_name="language")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("manager", "cluster manager"),
                            ("team", "cluster team"),
                            ("expert", "expert"),
                            ("secretariat", "secretariat"),
                            ("decider", "decision maker"),
                            ("agency", "regional agency"),
                            ("admin", "administrator"),
                        ],
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                ("invited_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField(verbose_name="valid until")),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["-invited_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("manager", "cluster manager"),
                            ("team", "cluster team"),
                            ("expert", "expert"),
                            ("secretariat", "secretariat"),
                            ("decider", "decision maker"),
                            ("agency", "regional agency"),
                            ("admin", "administrator"),
                        ],
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                ("granted_at", models.DateTimeField(auto_now_add=True)),
                (
                    "granted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["user_id", "role", "pk"],
            },
        ),
    ]
