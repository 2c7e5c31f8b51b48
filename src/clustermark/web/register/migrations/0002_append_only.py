"""Rows of register_award, register_awardact, register_leafentry, register_issuedfile can be added and never changed."""

from django.db import migrations

from clustermark.web.log.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("register", "0001_initial")]
    operations = [
        append_only("register_award"),
        append_only("register_awardact"),
        append_only("register_leafentry"),
        append_only("register_issuedfile"),
    ]
