"""Rows of log_logrow can be added and never changed."""

from django.db import migrations

from clustermark.web.log.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("log", "0001_initial")]
    operations = [append_only("log_logrow")]
