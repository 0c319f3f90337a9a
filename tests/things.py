"""A small table that has a column of every kind, for tests of files and workbooks."""

from schemas.columns import (
    Codes,
    boolean,
    code,
    date,
    identifier,
    integer,
    number,
    reference,
    string,
)
from schemas.table import Table
from schemas.text import Text


class Colour(Codes):
    RED = "red", "czerwony", "red one"
    BLUE = "blue", "niebieski", "blue one"


class Things(Table):
    name_pl = "rzeczy"
    title = Text("Rzeczy", "Things")
    description = Text("Rzeczy do prób.", "Things for trials.")
    row = Text("jedna rzecz", "one thing")

    thing_id = identifier("thi", "id_rzeczy", "Identyfikator", "Identifier", "Id.", "Id.")
    label = string("nazwa", "Nazwa rzeczy", "Label", "Nazwa.", "The name.", null=True)
    terc = string("terc", "Kod TERC", "TERC code", "Kod.", "Code.", null=True, pattern=r"\d{7}")
    colour = code(Colour, "kolor", "Kolor", "Colour", "Kolor.", "Colour.", null=True)
    made = date("dzien", "Dzień", "Day", "Dzień.", "Day.", null=True)
    pages = integer("strony", "Liczba stron", "Pages", "Strony.", "Pages.", null=True)
    price = number("cena", "Cena", "Price", "Cena.", "Price.", scale=2, null=True)
    good = boolean("dobra", "Dobra", "Good", "Czy dobra.", "Is it good.", null=True)
    parts = reference(
        thing_id, "czesci", "Części", "Parts", "Części.", "Parts.", null=True, many=True
    )
