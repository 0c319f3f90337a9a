"""Change files of TERYT made for tests, with every field that GUS describes."""

TERC_FIELDS = ("Woj", "Pow", "Gmi", "Rodz", "Nazwa", "NazwaDodatkowa", "Stan")
SIMC_FIELDS = (
    *("Woj", "Pow", "Gmi", "Rodz", "Nazwa", "RodzajMiejscowosci", "CzyNazwaZwyczajowa"),
    *("IdentyfikatorMiejscowosciPodstawowej", "Stan"),
)
ULIC_FIELDS = (
    *("Woj", "Pow", "Gmi", "Rodz", "IdentyfikatorMiejscowosci", "NazwaMiejscowosci"),
    *("IdentyfikatorMiejscowosciPodstawowej", "IdentyfikatorNazwyUlicy", "Cecha"),
    *("NazwaUlicyWPelnymBrzmienu", "Nazwa_1", "Nazwa_2", "Stan"),
)
NAME = "TERC_Urzedowy_zmiany_2024-01-01_2025-01-01.xml"


def change(kind: str, fields: tuple[str, ...], **given: str) -> str:
    """One `<zmiana>` with every field of its set; those not given hold white space only."""
    inner = [f"<TypKorekty>{kind}</TypKorekty>"]
    if "CzyNazwaZwyczajowa" in fields:
        inner.append(f"<Identyfikator>{given['Identyfikator']}</Identyfikator>")
    given = {"StanPrzed": "2024-01-01", "StanPo": "2025-01-01", **given}
    links = [
        f"{stem}Identyfikatora{number}"
        for stem in ("WyodrebnionoZ", "WlaczonoDo")
        for number in (1, 2, 3)
    ]
    sides = [f"{field}{side}" for side in ("Przed", "Po") for field in fields]
    inner += [f"<{name}>{given.get(name) or chr(10) + '    '}</{name}>" for name in sides + links]
    return "<zmiana>" + "\n  ".join(inner) + "</zmiana>"


def changes(*parts: str) -> bytes:
    text = '<?xml version="1.0" encoding="utf-8"?>\n<zmiany>' + "\n".join(parts) + "</zmiany>"
    return text.encode()


VILLAGE = {
    "WojPrzed": "02",
    "PowPrzed": "18",
    "GmiPrzed": "03",
    "RodzPrzed": "2",
    "NazwaPrzed": "Miękinia",
    "NazwaDodatkowaPrzed": "gmina wiejska",
}
NEW = {
    "WojPo": "12",
    "PowPo": "07",
    "GmiPo": "13",
    "RodzPo": "2",
    "NazwaPo": "Szczawa",
    "NazwaDodatkowaPo": "gmina wiejska",
}
