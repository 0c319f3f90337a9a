"""The configuration files that the repository shows, and what cannot be written into one."""

import pytest

from exports.serving.caddy import caddyfile
from exports.serving.nginx import nginx
from exports.serving.places import place_of
from exports.serving.rules import ALWAYS, KINDS
from schemas.errors import PimError
from tests.shared import REPO

SITE = "https://pim.example.org/"
SHOWN = REPO / "docs" / "serving"


def test_the_repository_shows_what_the_program_writes() -> None:
    # `pim serve nginx --root /srv/pim/public > docs/serving/nginx.conf`, and the same for Caddy.
    place = place_of(SITE, "/srv/pim/public")
    assert (SHOWN / "nginx.conf").read_text(encoding="utf-8") == nginx(place)
    place = place_of(SITE, "/srv/pim/public", "", "")
    assert (SHOWN / "Caddyfile").read_text(encoding="utf-8") == caddyfile(place)


def test_both_tell_every_kind_and_every_header() -> None:
    place = place_of(SITE, "/srv/pim/public")
    for text in (nginx(place), caddyfile(place)):
        assert all(header in text for header in ALWAYS)
        assert all(kind.media_type.partition(";")[0] in text for kind in KINDS.values())


@pytest.mark.parametrize(
    ("site", "root"),
    [
        ("https://pim.example.org/dane/", "/srv/public"),
        ("https://pim.example.org;/", "/srv/public"),
        ("pim.example.org", "/srv/public"),
        (SITE, "public"),
        (SITE, "/srv/pim public"),
        (SITE, "/srv/public; include /etc/passwd"),
        (SITE, "/srv/{env.HOME}"),
        (SITE, "/srv/$host"),
    ],
)
def test_what_a_configuration_would_read_as_its_own_is_refused(site: str, root: str) -> None:
    with pytest.raises(PimError) as caught:
        place_of(site, root)
    assert caught.value.code == "PIM-SRV-002"
