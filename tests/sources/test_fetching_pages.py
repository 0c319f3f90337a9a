"""Finding the newest file on a page: on pages that behave, that changed, and that are hostile."""

import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx
import pytest

from schemas.errors import Exit, PimError
from sources.catalogue import Errand, all_sources
from sources.ways import by_page
from sources.web.download import Validators
from sources.web.linked import newest_linked
from tests.servers import Route, answer, endless, redirecting, serving
from tests.sources.webtrial import web

FILE = r"^\S*powierzchnia\D*(?P<year>\d{4})\S*\.xlsx "
LIST = "/obszary-tematyczne/ludnosc/ludnosc/"
SLUG = "powierzchnia-i-ludnosc-w-przekroju-terytorialnym-w"
DOWNLOAD = "/download/gfx/portalinformacyjny/pl/defaultaktualnosci/5468/7"
NAME = "powierzchnia_i_ludnosc_w_przekroju_terytorialnym"


def page(*links: str, head: str = "") -> Route:
    """A page of HTML with some links."""
    body = f"<!DOCTYPE html><html><head>{head}</head><body>{''.join(links)}</body></html>"
    return answer(body.encode(), "text/html; charset=utf-8")


def link(href: str, text: str = "plik", more: str = "") -> str:
    """A link."""
    return f'<p><a href="{href}" {more}>{text}</a></p>'


def found(
    tmp_path: Path,
    route: Route,
    *patterns: str,
    hosts: frozenset[str] = frozenset(),
    at: str = "/ludnosc/",
) -> str:
    """The path, or off this machine the address, that a page leads to."""
    with serving({at: route}) as server, web(tmp_path, hosts=hosts) as client:
        url = newest_linked(client, server.address(at), patterns or (FILE,))
        return url.removeprefix(server.address(""))


def refused(tmp_path: Path, route: Route, *patterns: str) -> PimError:
    """The error where a page leads nowhere."""
    with pytest.raises(PimError) as caught:
        found(tmp_path, route, *patterns)
    assert caught.value.exit_code is Exit.SOURCE
    return caught.value


def test_the_newest_of_several_is_taken_wherever_it_stands(tmp_path: Path) -> None:
    years = [f"/pliki/powierzchnia_{year}.xlsx" for year in (2023, 2026, 2019)]
    assert found(tmp_path, page(*map(link, years))) == "/pliki/powierzchnia_2026.xlsx"


@pytest.mark.parametrize(
    ("href", "path"),
    [
        ("powierzchnia_2026.xlsx", "/ludnosc/powierzchnia_2026.xlsx"),
        ("../p/powierzchnia_2026.xlsx#tablice", "/p/powierzchnia_2026.xlsx"),
        ("?plik=1", "/ludnosc/?plik=1"),
        ("  /powierzchnia%202026.xlsx\n", "/powierzchnia%202026.xlsx"),
    ],
)
def test_links_are_read_as_a_browser_reads_them(href: str, path: str, tmp_path: Path) -> None:
    pattern = r"powierzchnia\D*(?P<year>\d{4})"
    text = "Powierzchnia w 2026 roku" if "?" in href else "plik"
    assert found(tmp_path, page(link(href, text)), pattern) == path


def test_a_base_of_the_page_counts_but_leads_to_no_other_host(tmp_path: Path) -> None:
    files = page(link("powierzchnia_2026.xlsx"), head='<base target="_top"><base href="/inne/x">')
    assert found(tmp_path, files) == "/inne/powierzchnia_2026.xlsx"
    away = page(link("powierzchnia_2026.xlsx"), head='<base href="https://zly.example/">')
    assert refused(tmp_path, away).code == "PIM-NET-013"


def test_of_one_day_the_preferred_is_taken_then_the_first(tmp_path: Path) -> None:
    pattern = r"stan na (?P<day>\d\d)\.(?P<month>\d\d)\.(?P<year>\d{4}) (?:(?P<prefer>csv)|xls)"
    links = [
        link("/a", "stan na 19.05.2021 xls"),
        link("/b", "stan na 19.05.2021 csv"),
        link("/c", "stan na 19.05.2021 csv"),
        link("/d", "stan na 28.02.2020 csv"),
        link("/e", "stan na 99.99.2029 csv"),
    ]
    assert found(tmp_path, page(*links), pattern) == "/b"
    assert found(tmp_path, page(*reversed(links)), pattern) == "/c"
    assert found(tmp_path, page(link("/f", "stan na 20.05.2021 xls"), *links), pattern) == "/f"


def test_a_chain_of_two_pages_leads_to_the_file(tmp_path: Path) -> None:
    routes = {
        "/lista": page(link("/w-2024.html"), link("/w-2026.html"), link("/w-2027.xlsx")),
        "/w-2026.html": redirecting("/nowe/2026.html"),
        "/nowe/2026.html": page(link("powierzchnia_2026.xlsx"), link("powierzchnia_2024.xlsx")),
    }
    chain = (r"w-(?P<year>\d{4})\.html", FILE)
    with serving(routes) as server, web(tmp_path) as client:
        address = newest_linked(client, server.address("/lista"), chain)
        assert address == server.address("/nowe/powierzchnia_2026.xlsx")


HOSTILE = [
    "javascript:alert('powierzchnia_2026.xlsx ')",
    "file:///etc/powierzchnia_2026.xlsx",
    "data:text/html,powierzchnia_2026.xlsx",
    "ftp://127.0.0.1/powierzchnia_2026.xlsx",
    "https://zly.example/powierzchnia_2026.xlsx",
    "//zly.example/powierzchnia_2026.xlsx",
    "http://stat.gov.pl/powierzchnia_2026.xlsx",
    "https://stat.gov.pl:8443/powierzchnia_2026.xlsx",
    "https://ja:haslo@stat.gov.pl/powierzchnia_2026.xlsx",
    "https://stat.gov.pl.zly.example/powierzchnia_2026.xlsx",
    "https://[::1/powierzchnia_2026.xlsx",
    "/" + "x" * 70_000 + "/powierzchnia_2026.xlsx",
    "",
]


@pytest.mark.parametrize("href", HOSTILE)
def test_links_that_lead_elsewhere_are_not_seen(href: str, tmp_path: Path) -> None:
    hosts = frozenset({"stat.gov.pl"})
    route = page(link(href, "powierzchnia_2026.xlsx "), link("/powierzchnia_2020.xlsx"))
    assert found(tmp_path, route, hosts=hosts) == "/powierzchnia_2020.xlsx"
    good = "https://stat.gov.pl/powierzchnia_2026.xlsx"
    assert found(tmp_path, page(link(good), link(href)), hosts=hosts) == good


def test_a_page_without_an_end_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, endless(16 * 2**20)).code == "PIM-NET-005"


def test_hostile_pages_cost_little(tmp_path: Path) -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    pages = [
        f'<!DOCTYPE html [<!ENTITY e0 "xxxxxxxxxx">{bomb}]><a href="/x">&e11;</a>',
        '<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/hostname">]><a href="/x">&e;</a>',
        "<div>" * 300_000,
        '<a href="/x"><b>' * 60_000,
        '<a href="/x">' + "powierzchnia" * 100_000 + "</a>",
        f'<a href="/x" title="{"19.05.2021" * 50_000}">a</a>' + '<a href="/y">b</a>' * 50_000,
        "\0" * 1_000_000,
        "",
    ]
    began = time.process_time()
    for text in pages:
        route = answer(text.encode(), "text/html")
        assert refused(tmp_path, route, *all_sources()["jst"].links).code == "PIM-NET-013"
    assert time.process_time() - began < 15


def test_a_page_without_the_link_says_the_page_the_pattern_and_how_to_mend(tmp_path: Path) -> None:
    error = refused(tmp_path, page(link("/inny_2026.xlsx")))
    assert error.code == "PIM-NET-013"
    assert error.where.endswith("/ludnosc/")
    assert error.why is not None
    assert FILE in error.why.pl
    assert FILE in error.why.en
    for text in (error.fix.pl, error.fix.en):
        assert "sources.toml" in text
        assert "pim sources add" in text


def errand(tmp_path: Path, source: str, address: str, client: object) -> Errand:
    """An errand of a source whose page is at an address."""
    found = replace(all_sources()[source], page=address, media_types=())
    return Errand(found, client, tmp_path / "part", date(2026, 11, 24), Validators())  # type: ignore[arg-type]


def test_population_is_found_from_the_list_of_gus(tmp_path: Path) -> None:
    """Addresses and names as GUS really gave them, from 2016 to 2026."""
    structure = "ludnosc-stan-i-struktura-oraz-ruch-naturalny-w-przekroju-terytorialnym-w-2027-r"
    routes = {
        LIST: page(
            link(f"{LIST}{structure},6,40.html", "Ludność. Stan i struktura … w 2027 r."),
            link(f"{LIST}{SLUG}-2016-r-,7,13.html"),
            link(f"{LIST}{SLUG}-2026-r-,7,23.html", "Powierzchnia i ludność …"),
            link(f"{LIST}{SLUG}-2024-roku,7,21.html"),
        ),
        f"{LIST}{SLUG}-2026-r-,7,23.html": page(
            link(f"{DOWNLOAD}/23/1/{NAME}_w_2026_r.pdf", "Publikacja 2026"),
            link(f"{DOWNLOAD}/21/1/{NAME}_w_2024_roku_tablice.xlsx"),
            link(f"{DOWNLOAD}/23/1/{NAME}_2026_2.xlsx", "Tablice w formacie XLSX"),
        ),
        f"{DOWNLOAD}/23/1/{NAME}_2026_2.xlsx": answer(b"skoroszyt", etag='"a"'),
    }
    with serving(routes) as server, web(tmp_path) as client:
        ours = errand(tmp_path, "population", server.address(LIST), client)
        arrived = by_page(ours)
        assert arrived.path is not None
        assert arrived.path.read_bytes() == b"skoroszyt"
        assert arrived.name == f"{NAME}_2026_2.xlsx"
        again = by_page(replace(ours, seen=arrived.validators, seen_at=arrived.address))
        assert again.path is None
        assert server.seen[-1].headers["If-None-Match"] == '"a"'


def test_a_corrected_workbook_of_gus_is_taken_and_its_title_is_enough(tmp_path: Path) -> None:
    steps = all_sources()["population"].links
    errata = f"{DOWNLOAD}/20/1/{NAME}_w_2023_roku_tablice_errata.xlsx"
    files = page(link(errata.replace("_errata", "")), link(errata))
    assert found(tmp_path, files, steps[1]) == errata
    title = "Powierzchnia i\n ludność w przekroju terytorialnym w {} roku - tablice"
    named = page(link("/1.xlsx", title.format(2025)), link("/2.xlsx", title.format(2026)))
    assert found(tmp_path, named, steps[1]) == "/2.xlsx"


JST = "/attachment/0f9c2a4e-9d5b-4c8e-8a51-6a3f3f6d77{:02}"


@pytest.mark.parametrize(
    ("offered", "wanted"),
    [
        (["Baza JST 16.04.2026 Format: pdf", "teleaddr_base_16042026.xls"], 1),
        (["Baza_teleadresowa_jst_stan_na_28.02.2020.csv", "… stan_na_19_05_2021.csv 1MB"], 1),
        (["Baza_jst_16_04_2026.xls", "csv_Baza_teleadresowa_jst_stan_na_16_04_2026.csv"], 1),
        (["Baza_jst_16_04_2026.xls", "Baza_teleadresowa_jst_stan_na_19_05_2021.csv"], 0),
        (["Baza JST, Format: PDF", "Baza JST, Format: XLS", "Baza JST, Format: CSV"], 2),
    ],
)
def test_the_address_list_is_known_by_the_words_of_its_link(
    offered: list[str], wanted: int, tmp_path: Path
) -> None:
    links = [
        link(JST.format(n), "Pobierz", f'class="file-download" aria-label="Pobierz plik {text}"')
        for n, text in enumerate(offered)
    ]
    route = page(link("/web/mswia/csv", "mapa CSV 2030"), *links)
    patterns = all_sources()["jst"].links
    assert found(tmp_path, route, *patterns, at="/web/mswia/baza-jst") == JST.format(wanted)


def test_an_address_wins_over_the_page(tmp_path: Path) -> None:
    with serving({"/f.xlsx": answer(b"plik")}) as server, web(tmp_path) as client:
        ours = errand(tmp_path, "population", server.address(LIST), client)
        source = replace(ours.source, address=server.address("/f.xlsx"))
        assert by_page(replace(ours, source=source)).path is not None
        assert [httpx.URL(one.path).path for one in server.seen] == ["/f.xlsx"]
