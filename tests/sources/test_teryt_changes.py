"""Change files: added, removed, modified and moved units, with what did not change filled in."""

from datetime import date

import pytest

from schemas.errors import PimError
from sources.teryt.changes import ChangesFile, read_changes
from sources.teryt.sets import SetName, Version
from tests.sources.terytbytes import zipped
from tests.sources.terytchanges import (
    NAME,
    NEW,
    SIMC_FIELDS,
    TERC_FIELDS,
    ULIC_FIELDS,
    VILLAGE,
    change,
    changes,
)


def side(file: ChangesFile, row: int, which: str) -> tuple[str | None, ...]:
    names = [name for name in file.frame.columns if name.endswith(f"_{which}")]
    return file.frame.select(name for name in names if name != f"state_{which}").row(row)


def refusal(data: bytes, name: str = NAME) -> PimError:
    with pytest.raises(PimError) as caught:
        read_changes(data, name)
    return caught.value


def test_added_and_removed_units_have_one_side() -> None:
    file = read_changes(
        changes(
            change("D", TERC_FIELDS, **NEW, WyodrebnionoZIdentyfikatora1="1207052"),
            change(
                "U",
                TERC_FIELDS,
                **VILLAGE,
                WlaczonoDoIdentyfikatora1="0218042",
                WlaczonoDoIdentyfikatora2="0218052",
            ),
        ),
        NAME,
    )
    assert file.frame.get_column("change").to_list() == ["D", "U"]
    assert side(file, 0, "before") == (None,) * 6
    assert side(file, 0, "after") == ("12", "07", "13", "2", "Szczawa", "gmina wiejska")
    assert side(file, 1, "before") == ("02", "18", "03", "2", "Miękinia", "gmina wiejska")
    assert side(file, 1, "after") == (None,) * 6
    assert file.frame.get_column("split_from").to_list() == ["1207052", None]
    assert file.frame.get_column("merged_into").to_list() == [None, "0218042;0218052"]
    assert file.frame.row(0)[1:3] == (date(2024, 1, 1), date(2025, 1, 1))


def test_only_what_changed_is_given_and_the_rest_is_filled_in() -> None:
    renamed = change("M", TERC_FIELDS, **VILLAGE, NazwaPo="Ryńsk")
    became_town = change(
        "M",
        TERC_FIELDS,
        **VILLAGE,
        WojPo="02",
        PowPo="18",
        GmiPo="03",
        RodzPo="3",
        NazwaDodatkowaPo="gmina miejsko-wiejska",
    )
    file = read_changes(changes(renamed, became_town), NAME)
    assert side(file, 0, "after") == ("02", "18", "03", "2", "Ryńsk", "gmina wiejska")
    assert side(file, 1, "after") == ("02", "18", "03", "3", "Miękinia", "gmina miejsko-wiejska")
    assert side(file, 0, "before") == side(file, 1, "before")


def test_a_code_comes_whole_so_an_empty_part_of_it_is_empty() -> None:
    # A powiat with a new code has no gmina part; nothing may be taken over from before.
    before = {"WojPrzed": "02", "PowPrzed": "21", "NazwaPrzed": "wałbrzyski"}
    powiat = change(
        "M", TERC_FIELDS, **before, NazwaDodatkowaPrzed="powiat", WojPo="02", PowPo="66"
    )
    file = read_changes(changes(powiat), NAME)
    assert side(file, 0, "after") == ("02", "66", None, None, "wałbrzyski", "powiat")


LOCALITY = {
    "WojPrzed": "12",
    "PowPrzed": "10",
    "GmiPrzed": "15",
    "RodzPrzed": "2",
    "NazwaPrzed": "Potok",
    "RodzajMiejscowosciPrzed": "00",
    "CzyNazwaZwyczajowaPrzed": "1",
    "IdentyfikatorMiejscowosciPodstawowejPrzed": "0459550",
    "Identyfikator": "0000017",
}


def test_localities_are_changed_moved_added_and_removed() -> None:
    moved = {"WojPo": "12", "PowPo": "10", "GmiPo": "16", "RodzPo": "2"}
    file = read_changes(
        changes(
            change("Z", SIMC_FIELDS, **LOCALITY, RodzajMiejscowosciPo="01"),
            change("P", SIMC_FIELDS, **LOCALITY, **moved),
            change("U", SIMC_FIELDS, **LOCALITY),
        ),
        "SIMC_Statystyczny_zmiany_2024-01-01_2025-01-01.xml",
    )
    assert (file.register, file.version) == (SetName.SIMC, Version.STATISTICAL)
    before = ("12", "10", "15", "2", "00", "1", "Potok", "0000017", "0459550")
    assert side(file, 0, "before") == before
    assert side(file, 0, "after") == (*before[:4], "01", *before[5:])
    assert side(file, 1, "after") == ("12", "10", "16", *before[3:])
    assert side(file, 2, "after") == (None,) * 9


def test_a_street_name_comes_whole() -> None:
    street = {
        "WojPrzed": "02",
        "PowPrzed": "64",
        "GmiPrzed": "01",
        "RodzPrzed": "1",
        "IdentyfikatorMiejscowosciPrzed": "0986283",
        "IdentyfikatorNazwyUlicyPrzed": "00017",
        "CechaPrzed": "ul.",
        "Nazwa_1Przed": "Curie",
        "Nazwa_2Przed": "Marii",
    }
    renamed = change("M", ULIC_FIELDS, **street, CechaPo="ul.", Nazwa_1Po='"Hubala" Henryka')
    data = changes(renamed)
    file = read_changes(data, "ULIC_Urzedowy_zmiany_2024-01-01_2025-01-01.xml")
    same = ("02", "64", "01", "1", "0986283", "00017", "ul.")
    assert side(file, 0, "before") == (*same, "Curie", "Marii")
    assert side(file, 0, "after") == (*same, '"Hubala" Henryka', None)
    without = read_changes(data.replace(b"Nazwa_", b"Nazwa"), "ULIC_zmiany.xml")
    assert without.frame.equals(file.frame)


def test_what_the_name_says_and_the_zip_around_it() -> None:
    data = changes(change("D", TERC_FIELDS, **NEW))
    file = read_changes(zipped({NAME: data}), "TERC_zmiany.zip", requested=date(2025, 1, 2))
    assert (file.register, file.version) == (SetName.TERC, Version.OFFICIAL)
    assert (file.since, file.until) == (date(2024, 1, 1), date(2025, 1, 1))
    assert (file.rows, file.origin.member) == (1, NAME)


def test_a_file_without_changes_is_good_and_empty() -> None:
    file = read_changes(changes(), NAME)
    assert (file.rows, file.register) == (0, SetName.TERC)
    full = read_changes(changes(change("D", TERC_FIELDS, **NEW)), NAME)
    assert file.frame.schema == full.frame.schema
    assert refusal(changes(), "zmiany.xml").code == "PIM-TRY-024"


@pytest.mark.parametrize(
    "part",
    [
        change("X", TERC_FIELDS, **VILLAGE),
        change("", TERC_FIELDS, **VILLAGE),
        change("D", TERC_FIELDS, **VILLAGE, **NEW),
        change("D", TERC_FIELDS),
        change("U", TERC_FIELDS, **VILLAGE, NazwaPo="Inna"),
        change("U", TERC_FIELDS),
        change("M", TERC_FIELDS, **NEW),
        change("D", TERC_FIELDS, **NEW, StanPo="1.1.2025"),
        change("D", TERC_FIELDS[1:], **NEW),
        "<zmiana><A/></zmiana>",
        "<zmiana><A/><A/></zmiana>",
    ],
)
def test_what_breaks_the_described_structure_is_refused(part: str) -> None:
    assert refusal(changes(part)).code == "PIM-TRY-024"


def test_other_faults_are_those_of_full_files() -> None:
    good = changes(change("M", TERC_FIELDS, **VILLAGE, NazwaPo="Ryńsk"))
    assert refusal(good.replace(b"<GmiPrzed>03", b"<GmiPrzed>3")).code == "PIM-TRY-015"
    assert refusal(good.replace("Ryńsk".encode(), "RyÅ„sk".encode())).code == "PIM-TRY-008"
    assert refusal(good[:-30]).code == "PIM-TRY-011"
    assert refusal(b"<!DOCTYPE x><zmiany/>").code == "PIM-TRY-012"
    assert refusal(b"<teryt/>").code == "PIM-TRY-024"
    assert refusal(b"<html></html>").code == "PIM-TRY-001"
    mixed = changes(change("D", TERC_FIELDS, **NEW), "<zmiana><A/></zmiana>")
    assert refusal(mixed).code == "PIM-TRY-024"
