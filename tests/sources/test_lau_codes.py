"""LAU and NUTS codes as GISCO gives them."""

import polars as pl
import pytest

from schemas.errors import PimError
from sources.lau_codes import read_lau
from tests.shared import SHARED, needs_shared

HEADER = "gisco_id,country,nuts_2,nuts_3,lau_id,lau_name,population,area_km2,year\n"


def test_point_24_a_lau_code_leads_to_its_terc_code() -> None:
    data = HEADER + (
        "PL_1001121200101,PL,PL21,PL214,1001121200101,Bochnia,1,2.5,2020\n"
        "CZ_1,CZ,CZ01,CZ010,554782,Praha,1,2.5,2020\n"
    )
    assert read_lau(data.encode(), "lau.csv").rows() == [
        ("120101", "1001121200101", "Bochnia", "PL21", "PL214", 2020)
    ]


def test_a_code_that_leads_nowhere_or_stands_twice_is_named() -> None:
    row = "PL_1,PL,PL21,PL214,1001121200101,Bochnia,1,2.5,2020\n"
    with pytest.raises(PimError, match="PIM-LAU-002"):
        read_lau((HEADER + row + row).encode(), "lau.csv")
    with pytest.raises(PimError, match="PIM-LAU-001"):
        read_lau(b"a,b\n1,2\n", "lau.csv")


@needs_shared
def test_the_real_concordance_of_2020_has_every_gmina_once() -> None:
    path = SHARED / "data" / "registries" / "other" / "PL_lau_2020_nuts_2021_concordance_combo.csv"
    found = read_lau(path.read_bytes(), path.name)
    assert found.height == 2477
    assert found.get_column("terc6").n_unique() == 2477
    warsaw = found.filter(pl.col("terc6") == "146501").row(0, named=True)
    assert (warsaw["nuts_2"], warsaw["nuts_3"]) == ("PL91", "PL911")
