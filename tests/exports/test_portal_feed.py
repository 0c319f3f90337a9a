"""Points 1 to 23, 57 and 68 of dane.gov.pl: the harvester file, good and broken in many ways."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from exports.danegov.case import Case
from exports.danegov.checking import check_points, declared_points
from exports.danegov.feed import feed, write_feed
from exports.danegov.reading import parse_feed, read_feed
from exports.danegov.rules import VOIVODESHIPS
from exports.danegov.takeover import load_takeover
from exports.publication import CC_BY_4, Licence
from schemas.errors import PimError
from schemas.text import Text
from tests.exports.breaking import XSD, copied, good_case, keeps, results, rewritten, swapped
from tests.exports.offered import PUBLICATION
from tests.shared import REPO, needs_shared

DEEP = "<?xml version='1.0' encoding='UTF-8'?>"


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return good_case(tmp_path_factory.mktemp("good"))


@pytest.fixture
def case(good: Case, tmp_path: Path) -> Case:
    """A copy that a test may break."""
    return copied(good, tmp_path / "public")


Change = Callable[[str], str]
BREAKAGES: dict[str, tuple[int, Change]] = {
    "cut off": (1, lambda text: text[: len(text) // 2]),
    "no declaration": (1, lambda text: text.partition("?>")[2].lstrip()),
    "byte order mark": (1, lambda text: "\ufeff" + text),
    "control character": (1, swapped("<polish>", "<polish>\x7f")),
    "escaped control character": (1, swapped("<polish>", "<polish>&#x9;&#x85;")),
    "entity": (1, swapped("?>", "?><!DOCTYPE x [<!ENTITY a 'b'>]>&a;")),
    "unknown element": (2, swapped("<updateFrequency>", "<notes>x</notes><updateFrequency>")),
    "element twice": (2, swapped("<url>", "<url>https://example.com/</url><url>")),
    "no description": (
        2,
        lambda text: re.sub(r"<description>.*?</description>", "", text, count=1, flags=re.DOTALL),
    ),
    "no resources": (
        2,
        lambda text: re.sub(r"<resource .*</resource>", "", text, flags=re.DOTALL),
    ),
    "children in the namespace": (3, swapped("<url>", '<url xmlns="urn:x">')),
    "older version": (3, swapped("harvester:1.13", "harvester:1.12")),
    "status missing": (4, swapped('<dataset status="published">', "<dataset>")),
    "status unknown": (4, swapped('<resource status="published">', '<resource status="new">')),
    "identifier too long": (5, swapped("<extIdent>proba<", f"<extIdent>{'a' * 37}<")),
    "identifier with a space": (5, swapped("<extIdent>proba<", "<extIdent>proba 1<")),
    "identifier with a line break": (5, swapped("<extIdent>proba<", "<extIdent>\nproba<")),
    "identifier with a capital": (5, swapped("<extIdent>proba<", "<extIdent>Proba<")),
    "identifier twice": (6, swapped("<extIdent>places.jsonld<", "<extIdent>places.csv<")),
    "resource named as its set": (6, swapped("<extIdent>places.csv<", "<extIdent>proba<")),
    "title too long": (8, swapped("<polish>Zbiór", f"<polish>{'Z' * 301}")),
    "title not trimmed": (8, swapped("<polish>Zbiór próbny", "<polish> Zbiór próbny")),
    "description blank": (8, swapped("<polish>Dwie tabele do prób.", "<polish> ")),
    "no English": (8, swapped("<english>Sample data set</english>", "")),
    "titles alike": (9, swapped("(JSON-LD)", "(CSV)", 2)),
    "frequency unknown": (10, swapped(">irregular<", ">notApplicable<")),
    "another frequency": (10, swapped(">irregular<", ">daily<")),
    "category unknown": (11, swapped(">GOVE<", ">XXXX<")),
    "another category": (11, swapped(">GOVE<", ">HEAL<")),
    "no Polish tag": (12, swapped('lang="pl"', 'lang="en"')),
    "tag too long": (12, swapped('<tag lang="pl">próba', f'<tag lang="pl">{"x" * 101}')),
    "tag in another language": (12, swapped('lang="en"', 'lang="de"')),
    "no English tag": (12, swapped('<tag lang="en">sample</tag>', "")),
    "no conditions": (
        13,
        lambda text: re.sub(r"<conditions>.*</conditions>", "", text, flags=re.DOTALL),
    ),
    "half a licence": (
        13,
        swapped("</conditions>", "<dbOrCopyrighted>x</dbOrCopyrighted></conditions>"),
    ),
    "personal data": (13, swapped("</conditions>", "<personalData>x</personalData></conditions>")),
    "flag in capitals": (
        14,
        swapped("<hasDynamicData>false", "<hasDynamicData>False"),
    ),
    "flag missing": (14, swapped("<hasResearchData>false</hasResearchData>", "")),
    "flag against the decision": (14, swapped("<hasDynamicData>false", "<hasDynamicData>true")),
    "protected data": (
        14,
        swapped("<containsProtectedData>false", "<containsProtectedData>true"),
    ),
    "http": (15, swapped("<url>https://", "<url>http://")),
    "space in an address": (15, swapped("places-csv-", "places csv-")),
    "fragment": (15, swapped(".csv</url>", ".csv#x</url>")),
    "port": (15, swapped("pim.example.org/", "pim.example.org:8443/")),
    "remote": (16, swapped("<availability>local", "<availability>remote")),
    "address of no file": (16, swapped("places-csv-", "places-old-")),
    "date of another form": (17, swapped("<dataDate>2026-11-24", "<dataDate>24.11.2026")),
    "date in the future": (17, swapped("<dataDate>2026-11-24", "<dataDate>2026-11-25")),
    "change before the data": (
        17,
        swapped("<lastUpdateDate>2026-11-24", "<lastUpdateDate>2026-11-01", 2),
    ),
    "sign missing": (18, swapped("<specialSign>X</specialSign>", "")),
    "sign too many": (
        18,
        swapped("<specialSign>X<", "<specialSign>#</specialSign><specialSign>X<"),
    ),
    "code of six digits": (19, swapped("<terytIdent>14<", "<terytIdent>146501<")),
    "code unknown": (19, swapped("<terytIdent>14<", "<terytIdent>15<")),
    "code twice": (19, swapped("<terytIdent>14<", "<terytIdent>12<")),
    "supplement of another format": (20, swapped(".odt</url>", ".xlsx</url>")),
    "supplement without language": (20, swapped("<language>pl</language>", "")),
    "automatic date": (
        21,
        swapped("<dataDate>", "<isAutoDataDate>true</isAutoDataDate><dataDate>"),
    ),
    "number of the portal": (22, swapped("<url>", "<intIdent>7</intIdent><url>")),
    "other bytes": (23, swapped("\n", "\n\n")),
    "another title": (57, swapped("<polish>Miejsca", "<polish>Miasta")),
    "another address": (57, swapped("places-jsonld-", "places-csv-")),
    "entry of nobody": (57, swapped("<extIdent>places.csv<", "<extIdent>nobody.csv<")),
}


@pytest.mark.parametrize("name", BREAKAGES)
def test_a_broken_feed_fails_the_point(case: Case, name: str) -> None:
    number, change = BREAKAGES[name]
    broken = rewritten(case, change)
    assert not keeps(broken, number), name


def test_a_good_release_keeps_every_point(good: Case) -> None:
    for result in check_points(good.tree, good.listing):
        assert result.passed, (result.number, [finding.line("en") for finding in result.findings])


def test_point_01_missing_file_is_said_once(case: Case) -> None:
    case.xml_path.unlink()
    judged = check_points(case.tree, case.listing)
    broken = {result.number for result in judged if not result.passed}
    assert 1 in broken
    waiting = [result for result in judged if result.number == 5]
    assert waiting[0].not_judged is not None


def test_point_19_the_codes_that_are_sent_are_all_voivodeships_of_the_register() -> None:
    units = pl.read_csv(REPO / "sources" / "curated" / "units.csv", infer_schema=False)
    known = units.filter(pl.col("terc").str.len_chars() == 2)["terc"]
    assert sorted(VOIVODESHIPS) == sorted(known)


@needs_shared
def test_point_02_both_validators_accept_the_file(good: Case) -> None:
    document = etree.parse(good.xml_path)
    etree.XMLSchema(etree.parse(XSD)).assertValid(document)
    xmlschema.XMLSchema(str(XSD)).validate(str(good.xml_path))
    assert keeps(replace(good, schema=XSD), 2)


@needs_shared
def test_point_02_official_schema_finds_what_own_rules_do_not(case: Case) -> None:
    broken = rewritten(case, swapped("<language>pl<", "<language>de<"))
    assert not keeps(replace(broken, schema=XSD), 2)


def test_point_02_says_that_the_official_schema_was_not_there(good: Case) -> None:
    assert results(good, 2)[0].not_judged is not None


def test_point_05_every_real_table_has_a_good_identifier() -> None:
    from exports.danegov.rules import IDENTIFIER
    from schemas.registry import all_datasets, all_tables

    names = [dataset.slug for dataset in all_datasets()]
    names += [f"{t.name}.{form}" for t in all_tables() if t.dataset for form in ("csv", "jsonld")]
    assert all(IDENTIFIER.fullmatch(name) for name in names)
    assert len(set(names)) == len(names)


def test_point_07_what_vanished_stops_unless_it_was_withdrawn(
    good: Case, case: Case, tmp_path: Path
) -> None:
    entry = case.listing.entries[0]
    fewer = replace(entry, files=tuple(o for o in entry.files if o.format != "jsonld"))
    listing = replace(case.listing, entries=(fewer,))
    write_feed(listing, case.tree / "danegov")
    later = replace(case, listing=listing, previous=good.tree)
    assert "places.jsonld" in results(later, 7)[0].findings[0].place
    withdrawn = replace(later, withdrawn=frozenset({"places.jsonld"}))
    assert keeps(withdrawn, 7)
    assert results(withdrawn, 7)[0].notes


def test_point_08_texts_of_all_real_tables_and_sets_fit() -> None:
    from schemas.registry import all_datasets, all_tables

    titles = [dataset.title for dataset in all_datasets()] + [t.title for t in all_tables()]
    # Language and format are added to the title of a file.
    assert all(0 < len(text) <= 260 for title in titles for text in title)
    told = [dataset.description for dataset in all_datasets()]
    told += [table.description for table in all_tables()]
    assert all(0 < len(text) <= 1000 for description in told for text in description)


def test_point_13_cc0_has_no_conditions(case: Case) -> None:
    cc0 = Licence(
        "CC0-1.0", Text("CC0", "CC0"), "https://creativecommons.org/publicdomain/zero/1.0/"
    )
    listing = replace(case.listing, publication=replace(PUBLICATION, licence=cc0))
    write_feed(listing, case.tree / "danegov")
    assert b"conditions" not in case.xml_path.read_bytes()
    assert keeps(replace(case, listing=listing), 13)


def test_point_13_a_licence_that_the_portal_cannot_be_told_is_refused(good: Case) -> None:
    other = replace(PUBLICATION, licence=replace(CC_BY_4, name="ODbL-1.0"))
    with pytest.raises(PimError) as caught:
        feed(replace(good.listing, publication=other))
    assert caught.value.code == "PIM-PRT-001"


def test_point_14_high_value_by_the_commission_is_told_twice(good: Case, tmp_path: Path) -> None:
    entry = good.listing.entries[0]
    flags = replace(entry.dataset.flags, high_value=True, high_value_ec=True)  # type: ignore[type-var]
    dataset = replace(entry.dataset, flags=flags)
    listing = replace(good.listing, entries=(replace(entry, dataset=dataset),))
    told = parse_feed(feed(listing)).datasets[0]
    assert told.text("hasHighValueData") == "true"
    assert told.text("hasHighValueDataFromEuropeanCommissionList") == "true"
    assert told.text("hasDynamicData") == "false"


def test_point_22_a_take_over_tells_the_numbers_for_once(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "takeover.toml"
    path.write_text('"proba" = 12\n"places.csv" = 345\n', encoding="utf-8")
    numbers = load_takeover(path, case.listing)
    write_feed(case.listing, case.tree / "danegov", numbers)
    told = {item.ident: item.text("intIdent") for item in read_feed(case.xml_path).items()}
    assert told == {"proba": "12", "places.csv": "345", "places.jsonld": ""}
    assert not keeps(case, 22)
    assert keeps(replace(case, takeover=numbers), 22)


@pytest.mark.parametrize(
    "text",
    [
        '"places.csv" = 345\n',
        '"proba" = 0\n',
        '"proba" = true\n',
        '"proba" = "12"\n',
        '"nobody" = 3\n',
        '"proba" = 1\n"places.csv" = 2\n"places.jsonld" = 2\n',
        '"proba" =\n',
        "\udcff",
    ],
)
def test_point_22_a_bad_list_of_numbers_is_refused(good: Case, tmp_path: Path, text: str) -> None:
    path = tmp_path / "takeover.toml"
    path.write_bytes(text.encode("utf-8", errors="surrogateescape"))
    with pytest.raises(PimError) as caught:
        load_takeover(path, good.listing)
    assert caught.value.code == "PIM-PRT-003"


def test_point_23_the_same_listing_gives_the_same_bytes(good: Case) -> None:
    assert feed(good.listing) == feed(good.listing) == good.xml_path.read_bytes()


def test_point_25_md5_is_of_the_bytes(good: Case) -> None:
    told = good.md5_path.read_text("ascii")
    assert re.fullmatch(r"[0-9a-f]{32}\n", told)
    assert told.strip() == hashlib.md5(good.xml_path.read_bytes()).hexdigest()  # noqa: S324


def test_point_68_every_real_set_has_a_decision_with_owner_and_date() -> None:
    from schemas.registry import all_datasets

    for dataset in all_datasets():
        assert dataset.flags is not None, dataset.slug
        assert dataset.flags.owner.pl
        assert dataset.flags.reason.en
        assert dataset.flags.decided >= date(2026, 1, 1)


def test_point_68_a_set_without_a_decision_is_named(good: Case) -> None:
    entry = good.listing.entries[0]
    undecided = replace(entry, dataset=replace(entry.dataset, flags=None))
    case = replace(good, listing=replace(good.listing, entries=(undecided,)))
    assert results(case, 68)[0].findings[0].place == "proba"


@given(st.text(max_size=40), st.text(max_size=40))
@settings(max_examples=60)
def test_any_text_makes_a_readable_feed(good: Case, polish: str, english: str) -> None:
    """Angle brackets, control characters, lone surrogates: nothing breaks the file."""
    entry = good.listing.entries[0]
    titled = replace(entry.dataset, title=Text(f"T{polish}", f"T{english}"))
    listing = replace(good.listing, entries=(replace(entry, dataset=titled),))
    told = parse_feed(feed(listing)).datasets[0].bilingual("title")
    assert told.pl.startswith("T")
    assert told.pl == " ".join(told.pl.split())


def test_nothing_for_the_portal_is_an_error_and_no_empty_file(good: Case, tmp_path: Path) -> None:
    entry = replace(good.listing.entries[0], files=())
    with pytest.raises(PimError) as caught:
        write_feed(replace(good.listing, entries=(entry,)), tmp_path)
    assert caught.value.code == "PIM-PRT-002"
    assert list(tmp_path.iterdir()) == []


def test_only_polish_files_that_the_portal_scores_are_sent(good: Case) -> None:
    told = parse_feed(feed(good.listing))
    assert [item.ident for item in told.resources] == ["places.csv", "places.jsonld"]
    # The listing has English twins and a small table, too.
    assert len(good.listing.entries[0].files) == 8


@given(st.integers(0, 10**9), st.integers(0, 40), st.binary(max_size=12))
@settings(max_examples=40)
def test_no_damage_to_the_feed_makes_the_checks_fall_over(
    good: Case, place: int, length: int, put: bytes
) -> None:
    """Whatever stands in the file, the points of the feed answer, and the md5 tells."""
    whole = good.xml_path.read_bytes()
    start = place % len(whole)
    broken = whole[:start] + put + whole[start + length :]
    case = replace(good)
    # Beside the real file, which other tests read.
    case.__dict__["xml"] = broken
    judged = [point.judge(case) for point in declared_points() if point.number <= 33]
    assert broken == whole or not all(result.passed for result in judged)


def test_point_15_an_address_that_no_file_system_takes(case: Case) -> None:
    changed = rewritten(case, swapped("places-csv-", "places-csv-" + "x" * 3000))
    assert not keeps(changed, 15)
    assert not keeps(changed, 16)


def test_point_07_a_damaged_feed_of_the_release_before_is_said(good: Case, tmp_path: Path) -> None:
    (tmp_path / "danegov").mkdir()
    (tmp_path / "danegov" / "harvester.xml").write_text("<x", encoding="utf-8")
    (result,) = results(replace(good, previous=tmp_path), 7)
    assert result.not_judged is not None
