"""Rows: tables, engine, migrations, claims and named queries."""
