"""Change files of TERYT made for tests, with every field that GUS describes."""

import polars as pl

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


def between(before: pl.DataFrame, after: pl.DataFrame, day: str) -> list[str]:
    """What GUS would write of two full states of TERC: M for a changed kind or name, else U, D."""
    codes = ("WOJ", "POW", "GMI", "RODZ")
    fields = dict(zip(codes, TERC_FIELDS, strict=False)) | {
        "NAZWA": "Nazwa",
        "NAZWA_DOD": "NazwaDodatkowa",
    }

    def rows(frame: pl.DataFrame) -> dict[tuple[str | None, ...], dict[str, str | None]]:
        named = frame.drop("STAN_NA").sort(*codes).to_dicts()
        return {tuple(row[code] for code in codes): row for row in named}

    def side(row: dict[str, str | None], which: str, only: set[str]) -> dict[str, str]:
        return {f"{fields[name]}{which}": row[name] or "" for name in fields if name in only}

    old, new = rows(before), rows(after)
    gone, come = old.keys() - new.keys(), new.keys() - old.keys()
    # A gmina (1, 2, 3) that keeps its six digits changed its kind.
    kept = {
        was: now
        for was in gone
        for now in come
        if was[:3] == now[:3] and {was[3], now[3]} <= set("123")
    }
    kept |= {key: key for key in old.keys() & new.keys() if old[key] != new[key]}
    told = []
    for was in sorted({*gone, *kept}, key=str):
        past = side(old[was], "Przed", set(fields))
        if was not in kept:
            told.append(change("U", TERC_FIELDS, **past, StanPo=day))
            continue
        now = new[kept[was]]
        changed = {name for name in fields if old[was][name] != now[name]}
        changed |= set(codes) if changed & set(codes) else set()
        told.append(change("M", TERC_FIELDS, **past, **side(now, "Po", changed), StanPo=day))
    fresh = sorted(come - set(kept.values()), key=str)
    told += [
        change("D", TERC_FIELDS, **side(new[key], "Po", set(fields)), StanPo=day) for key in fresh
    ]
    return told
