"""Rows of cases_sealedrecord can be added and never changed."""

from django.db import migrations

from clustermark.web.log.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [append_only("cases_sealedrecord")]
