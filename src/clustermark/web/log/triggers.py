"""Triggers that refuse to change or delete rows, in the words of each database."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def append_only(table: str) -> migrations.RunPython:
    """A migration step after which rows of `table` can be added, and nothing else."""

    def install(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - Django hands both over
        for statement in statements(table, schema_editor.connection.vendor):
            schema_editor.execute(statement)

    return migrations.RunPython(install, migrations.RunPython.noop)


def statements(table: str, vendor: str) -> list[str]:
    """The statements for `vendor` (sqlite or postgresql)."""
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for verb in ("update", "delete")
        ]
    return [
        f"""CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN
                RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation';
            END $$""",
        f"""CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_append_only()""",
        f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()""",
    ]
