"""Looking at what was built: `pim status`, `query`, `rejected`, `explain`."""

from typing import Annotated

import typer

from pipelines.options import Data, Json, Language, flags
from pipelines.settings import load_settings
from pipelines.terminal import language, print_json, print_lines, print_table, say


def register(app: typer.Typer) -> None:
    """Add the commands to `pim`."""
    app.command(
        "status",
        help=say(
            "Co jest zbudowane, kiedy i z jakim wynikiem. Przykłady: pim status; pim status --json",
            "What was built, when and how it went. Examples: pim status; pim status --json",
        ),
    )(status)
    app.command(
        "query",
        help=say(
            "Zapytanie SQL do opublikowanych tabel (DuckDB). Przykłady: "
            "pim query 'FROM participations LIMIT 5'; "
            "pim query 'SELECT rola, count(*) FROM udzialy GROUP BY ALL' --json; "
            "pim query --inside 'FROM _rejected'",
            "An SQL question to the published tables (DuckDB). Examples: "
            "pim query 'FROM participations LIMIT 5'; "
            "pim query 'SELECT role, count(*) FROM participations GROUP BY ALL' --json; "
            "pim query --inside 'FROM _rejected'",
        ),
    )(query)
    app.command(
        "rejected",
        help=say(
            "Odrzucone wiersze: reguła, powód, miejsce. Przykłady: pim rejected; "
            "pim rejected --table mids; pim rejected --rule key --json",
            "Rejected rows: rule, reason, place. Examples: pim rejected; "
            "pim rejected --table mids; pim rejected --rule key --json",
        ),
    )(rejected)
    app.command(
        "explain",
        help=say(
            "Skąd pochodzi wiersz: źródła, plik, wiersz, skrót pliku. Przykłady: "
            "pim explain networks net-0004; pim explain mids mid-0001 --json",
            "Where a row comes from: sources, file, line, hash. Examples: "
            "pim explain networks net-0004; pim explain mids mid-0001 --json",
        ),
    )(explain)


def status(data: Data = None, as_json: Json = False, lang: Language = None) -> None:
    """Print the last runs, the current release and the rows of each table."""
    from pipelines.looking import status_of

    settings = load_settings(flags(data=data, lang=lang))
    found = status_of(settings)
    if as_json:
        print_json(found.as_dict())
        return
    print_lines(found.lines(language()))
    print_table(
        [
            say("tabela", "table"),
            say("przyjęte", "accepted"),
            say("odrzucone", "rejected"),
            say("opublikowane", "published"),
        ],
        [(t.table, t.accepted, t.rejected, t.published) for t in found.tables],
    )


def query(
    sql: Annotated[str, typer.Argument(help=say("Zapytanie SELECT.", "A SELECT statement."))],
    inside: Annotated[
        bool,
        typer.Option(
            "--inside",
            help=say("Magazyn wewnętrzny, nie publikacja.", "The working warehouse."),
        ),
    ] = False,
    limit: Annotated[
        int, typer.Option("--limit", min=1, help=say("Najwięcej wierszy.", "Most rows."))
    ] = 1000,
    data: Data = None,
    as_json: Json = False,
    lang: Language = None,
) -> None:
    """Print the answer as a table, or as JSON."""
    from warehouse.folder import DataFolder
    from warehouse.query import query as ask

    folder = DataFolder(load_settings(flags(data=data, lang=lang)).data).verify()
    path = folder.warehouse if inside else folder.public / "pim.duckdb"
    answer = ask(path, sql, limit=limit)
    if as_json:
        rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
        print_json({"columns": list(answer.columns), "rows": rows, "cut": answer.more})
        return
    print_table(answer.columns, answer.rows)
    if answer.more:
        typer.echo(
            say(f"Pokazano {limit} wierszy; więcej: --limit.", f"{limit} rows shown; see --limit."),
            err=True,
        )


def rejected(
    table: Annotated[
        str | None, typer.Option("--table", help=say("Jedna tabela.", "One table."))
    ] = None,
    rule: Annotated[
        str | None, typer.Option("--rule", help=say("Jedna reguła.", "One rule."))
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", help=say("Jedno źródło.", "One source."))
    ] = None,
    data: Data = None,
    as_json: Json = False,
    lang: Language = None,
) -> None:
    """Print the rows that the gate set aside in the last build."""
    from pipelines.looking import rejected_rows

    settings = load_settings(flags(data=data, lang=lang))
    rows = rejected_rows(settings, table=table, rule=rule, source=source)
    if as_json:
        print_json({"rejected": rows})
        return
    if not rows:
        print_lines([say("Nie ma odrzuconych wierszy.", "There are no rejected rows.")])
        return
    reason = f"reason_{language()}"
    print_table(
        [
            say("tabela", "table"),
            say("miejsce", "place"),
            say("kolumna", "column"),
            say("wartość", "value"),
            say("reguła", "rule"),
            say("powód", "reason"),
        ],
        [
            (
                r["table_name"],
                f"{r['source'] or ''} {r['place'] or ''}".strip(),
                r["column_name"],
                r["value"],
                r["rule"],
                r[reason],
            )
            for r in rows
        ],
    )


def explain(
    table: Annotated[str, typer.Argument(help=say("Tabela.", "Table."))],
    key: Annotated[
        list[str], typer.Argument(help=say("Klucz wiersza (każda część).", "Key, each part."))
    ],
    data: Data = None,
    as_json: Json = False,
    lang: Language = None,
) -> None:
    """Print the row, its documents, its place in the facts and whether it is published."""
    from pipelines.explaining import explain_row

    settings = load_settings(flags(data=data, lang=lang))
    found = explain_row(settings, table, tuple(key))
    if as_json:
        print_json(found.as_dict())
    else:
        print_lines(found.lines(language()))
