"""What a DuckDB file says, as one hash: its bytes differ between builds, its content must not."""

import hashlib
import tempfile
from pathlib import Path

from schemas.derive.ddl import literal, quoted
from warehouse.opening import opened

_STRUCTURE = (
    "SELECT table_name, comment FROM duckdb_tables() WHERE NOT internal ORDER BY ALL",
    """SELECT table_name, column_index, column_name, data_type, is_nullable, comment
    FROM duckdb_columns() WHERE NOT internal ORDER BY ALL""",
    "SELECT view_name, sql, comment FROM duckdb_views() WHERE NOT internal ORDER BY ALL",
    """SELECT function_name, parameters, macro_definition, comment
    FROM duckdb_functions() WHERE NOT internal ORDER BY ALL""",
)


def content_hash(path: Path) -> str:
    """sha256 (hex) of all that a DuckDB file says: two builds of the same rows have one hash.

    Covers tables, columns, types, rows in their order, views, macros and all comments, and
    not the bytes of the file, which DuckDB never writes twice alike. Errors as in
    `warehouse.opening.opened`.
    """
    digest = hashlib.sha256()
    with opened(path, read_only=True) as connection, tempfile.TemporaryDirectory() as folder:
        for question in _STRUCTURE:
            for row in connection.execute(question).fetchall():
                digest.update(repr(row).encode())
        names = connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE NOT internal ORDER BY ALL"
        ).fetchall()
        lines = Path(folder) / "rows.csv"
        for (name,) in names:
            # Quoting every value keeps an empty text and an unknown value apart.
            connection.execute(
                f"COPY {quoted(name)} TO {literal(str(lines))} (FORMAT csv, FORCE_QUOTE *)"
            )
            with lines.open("rb") as handle:
                digest.update(hashlib.file_digest(handle, "sha256").digest())
    return digest.hexdigest()
