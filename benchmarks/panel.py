"""A realistic panel of indicators, as the Local Data Bank gives them, of any length.

The tables are those of a panel of Polish gminas: about 2,500 cities, 20 years, as many
variables as the length asks for, each with its unit of measure; one value in 33 is missing
and says why; one row in 100 is a later revision. Rows come variable by variable and year by
year, as the bank gives them, and not in the order of the key, which begins with the city.

    python -m benchmarks.panel 10_000_000 FOLDER
"""

import sys
from pathlib import Path

import duckdb

from schemas.columns import Codes, code, integer, number, reference, string
from schemas.table import RowRule, Table
from schemas.text import Text

CITIES, YEARS, FIRST_YEAR = 2_500, 20, 2004
_TEXTS = ("Tytuł", "Title", "Opis.", "Description.")


class Attribute(Codes):
    """Why there is no value, or what is special about it."""

    NO_INFORMATION = "n", "brak informacji", "no information"
    CONFIDENTIAL = "x", "tajemnica statystyczna", "statistical secret"
    IMPOSSIBLE = "i", "wypełnienie niemożliwe", "cannot be given"
    ESTIMATE = "e", "szacunek", "estimate"


class PanelCities(Table):
    """What the panel's cities refer to."""

    name_pl = "panel_miasta"
    title = description = row = Text("Miasta panelu", "Cities of the panel")
    city_id = string("id_miasta", *_TEXTS, key=True, pattern=r"cty-\d{4}")


class PanelVariables(Table):
    """What the panel's variables refer to."""

    name_pl = "panel_zmienne"
    title = description = row = Text("Zmienne panelu", "Variables of the panel")
    variable_id = integer("id_zmiennej", *_TEXTS, key=True, minimum=1)


class Panel(Table):
    """City, variable, year, value, unit, attribute, revision."""

    name_pl = "panel"
    title = description = row = Text("Panel wskaźników", "Panel of indicators")
    city_id = reference(PanelCities.city_id, "id_miasta", *_TEXTS, key=True)
    variable_id = reference(PanelVariables.variable_id, "id_zmiennej", *_TEXTS, key=True)
    year = integer("rok", *_TEXTS, key=True, minimum=1995, maximum=2100)
    revision = integer("rewizja", *_TEXTS, key=True, minimum=1, maximum=1000)
    value = number("wartosc", *_TEXTS, scale=2, null=True)
    unit = string("jednostka", *_TEXTS, max_length=40)
    attribute = code(Attribute, "atrybut", *_TEXTS, null=True)


Panel.rules = (
    RowRule(
        "value_or_reason",
        Panel.value.col.is_not_null() | Panel.attribute.col.is_not_null(),
        Text("Brakuje wartości i nie podano dlaczego.", "The value is missing without a reason."),
        (Panel.value, Panel.attribute),
    ),
)

UNITS = ("os.", "zł", "tys. zł", "ha", "km", "m2", "szt.", "%", "na 1000 ludności", "t/r")

_ROWS = """
    SELECT printf('cty-%04d', city + 1) AS city_id,
           60000 + variable * 7 AS variable_id,
           $first + year AS year,
           CASE WHEN chance % 100 = 0 THEN 2 ELSE 1 END AS revision,
           CASE WHEN chance % 33 = 0 THEN NULL
                ELSE CAST((chance >> 8) % 100000000 AS DECIMAL(18, 2)) / 100 END
                ::DECIMAL(18, 2) AS value,
           $units[CAST(1 + variable % len($units) AS INTEGER)] AS unit,
           CASE WHEN chance % 33 = 0 THEN ['n', 'x', 'i'][CAST(1 + (chance >> 40) % 3 AS INTEGER)]
                WHEN chance % 50 = 0 THEN 'e' END AS attribute
    FROM (SELECT n % $cities AS city, n // $cities % $years AS year,
                 n // ($cities * $years) AS variable, hash(n + $seed) AS chance
          FROM range($rows) AS numbers(n))
"""


def make_panel(rows: int, folder: Path, *, seed: int = 1) -> None:
    """Write panel.csv and the Parquet files of what it refers to; the same seed, the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    variables = -(-rows // (CITIES * YEARS))
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit = '1GB'")
        numbers = {
            "cities": ("SELECT printf('cty-%04d', n + 1) AS city_id FROM range(?) AS r(n)", CITIES),
            "variables": ("SELECT 60000 + n * 7 AS variable_id FROM range(?) AS r(n)", variables),
        }
        for name, (query, count) in numbers.items():
            target = folder / f"panel_{name}.parquet"
            connection.execute(f"COPY ({query}) TO '{target}' (FORMAT parquet)", [count])
        values = {
            "first": FIRST_YEAR,
            "units": list(UNITS),
            "cities": CITIES,
            "years": YEARS,
            "seed": seed,
            "rows": rows,
        }
        panel = folder / "panel.csv"
        connection.execute(f"COPY ({_ROWS}) TO '{panel}' (HEADER)", values)


if __name__ == "__main__":
    make_panel(int(sys.argv[1]), Path(sys.argv[2]))
