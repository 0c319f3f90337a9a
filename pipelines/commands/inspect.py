"""Looking at what was built: `pim status`, `query`, `rejected`, `explain`."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.helping import page
from pipelines.options import FILE, TABLE, Data, Json, Language, day_of, flags
from pipelines.settings import load_settings
from pipelines.terminal import language, print_json, print_lines, print_table, say, tell


def register(app: typer.Typer) -> None:
    """Add the commands to `pim`."""
    app.command(
        "status",
        **page(
            "Co jest zbudowane, kiedy i z jakim wynikiem. Godziny podaje w czasie warszawskim, "
            "a z --json w UTC.",
            "What was built, when and how it went. Times are those of Warsaw, with --json UTC.",
            "pim status",
            f"pim status --data {say('kopia', 'copy')}",
            "pim status --json",
        ),
    )(status)
    app.command(
        "query",
        **page(
            "Zapytaj opublikowane tabele w SQL (DuckDB). Tylko czyta i nie sięga poza plik danych. "
            "Na ekranie rysuje tabelę, w potoku pisze wartości rozdzielone tabulatorem (TSV).",
            "Ask the published tables in SQL (DuckDB). It only reads, and nothing but the data "
            "file. Draws a table on a screen, writes tab-separated values (TSV) into a pipe.",
            say("pim query 'FROM udzialy LIMIT 5'", "pim query 'FROM participations LIMIT 5'"),
            say(
                "pim query 'SELECT rola, count(*) FROM udzialy GROUP BY ALL' --json",
                "pim query 'SELECT role, count(*) FROM participations GROUP BY ALL' --json",
            ),
            "pim query --inside 'FROM _rejected'",
        ),
    )(query)
    app.command(
        "rejected",
        **page(
            "Odrzucone wiersze: reguła, powód, miejsce. Pokazuje te z ostatniego zasilenia. "
            "Po poprawkach sprawdzi je ponownie `pim replay`.",
            "Rejected rows: rule, reason, place. Shows those of the last build. After something "
            "was mended, `pim replay` checks them again.",
            "pim rejected",
            "pim rejected --rule key --source networks.csv --json",
            say(
                "pim rejected --since 2026-11-01 --xlsx odrzucone.xlsx",
                "pim rejected --since 2026-11-01 --xlsx rejected.xlsx",
            ),
        ),
    )(rejected)
    app.command(
        "explain",
        **page(
            "Skąd pochodzi wiersz: źródła, plik, miejsce w nim. Mówi też, kto się do niego "
            "odwołuje i czy nadaje się do publikacji.",
            "Where a row comes from: sources, file, place in it. Says also who refers to it and "
            "whether it may be published.",
            "pim explain networks net-0004",
            "pim explain mids mid-0001 --json",
            "pim explain coverage ed-0001",
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
    sql: Annotated[
        str, typer.Argument(metavar="SQL", help=say("Jedno zapytanie.", "One question."))
    ],
    inside: Annotated[
        bool,
        typer.Option(
            "--inside",
            help=say(
                "Pytaj magazyn roboczy: wszystkie tabele i odrzucone wiersze.",
                "Ask the working warehouse: all tables, and rejected rows.",
            ),
        ),
    ] = False,
    limit: Annotated[
        int,
        typer.Option(
            "--limit",
            metavar="N",
            min=1,
            help=say("Najwyżej tyle wierszy; domyślnie 1000.", "At most N rows; 1000 by default."),
        ),
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
        more = say(
            f"Pokazano wierszy: {limit}; więcej pokaże --limit.",
            f"Rows shown: {limit}; --limit shows more.",
        )
        tell([more])


def rejected(
    table: Annotated[
        str | None,
        typer.Option("--table", metavar=TABLE, help=say("Tylko ta tabela.", "This table only.")),
    ] = None,
    rule: Annotated[
        str | None,
        typer.Option(
            "--rule", metavar=say("REGUŁA", "RULE"), help=say("Tylko ta reguła.", "This rule only.")
        ),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            "--source",
            metavar=say("TEKST", "TEXT"),
            help=say("Tylko źródła z tym tekstem w nazwie.", "Sources with this text in the name."),
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar=say("RRRR-MM-DD", "YYYY-MM-DD"),
            help=say(
                "Tylko odrzucane dopiero od tego dnia.", "Only those rejected since that day."
            ),
        ),
    ] = None,
    xlsx: Annotated[
        Path | None,
        typer.Option(
            "--xlsx",
            metavar=FILE,
            help=say(
                "Zapisz je też w skoroszycie, całe wiersze tak, jak przyszły.",
                "Write them into a workbook, too, whole rows as they came.",
            ),
        ),
    ] = None,
    data: Data = None,
    as_json: Json = False,
    lang: Language = None,
) -> None:
    """Print the rows that the gate set aside in the last build."""
    from pipelines.looking import rejected_rows
    from pipelines.replaying import write_rejections
    from schemas.text import place_in

    settings = load_settings(flags(data=data, lang=lang))
    day = day_of("--since", since)
    found = rejected_rows(settings, table=table, rule=rule, source=source, since=day)
    if xlsx:
        write_rejections(settings, xlsx, found)
        tell([say(f"Skoroszyt: {xlsx}", f"Workbook: {xlsx}")])
    rows = found.to_dicts()
    if as_json:
        print_json({"rejected": rows})
        return
    if not rows:
        tell([say("Nie ma odrzuconych wierszy.", "There are no rejected rows.")])
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
                f"{r['source'] or ''}, {place_in(r['place'] or '', language())}".strip(", "),
                r["column_name"],
                r["value"],
                r["rule"],
                r[reason],
            )
            for r in rows
        ],
    )


def explain(
    table: Annotated[
        str,
        typer.Argument(
            metavar=TABLE,
            help=say("Nazwa tabeli, polska lub angielska.", "Polish or English name of a table."),
        ),
    ],
    key: Annotated[
        list[str],
        typer.Argument(
            metavar=say("KLUCZ", "KEY"),
            help=say("Klucz wiersza, każda część osobno.", "Key of the row, each part apart."),
        ),
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
