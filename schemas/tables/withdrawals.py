"""What was published and taken back: the only way that anything disappears."""

from schemas.columns import date, string
from schemas.table import Table
from schemas.text import Text


class Withdrawals(Table):
    """Withdrawn addresses. Kept inside: a release publishes them as tombstones."""

    name_pl = "wycofania"
    title = Text("Wycofane adresy", "Withdrawn addresses")
    description = Text(
        "Adresy plików, które były opublikowane i zostały świadomie wycofane, z powodem.",
        "Addresses of files that were published and have been withdrawn on purpose, with a reason.",
    )
    row = Text("jeden wycofany adres", "one withdrawn address")

    address = string(
        "adres",
        "Adres",
        "Address",
        "Ścieżka poniżej folderu public; z ukośnikiem na końcu: wszystko poniżej niej.",
        "Path below the public folder; with a final slash: everything below it.",
        key=True,
        pattern=r"[a-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*/?",
        max_length=500,
    )
    decided_on = date(
        "data_decyzji",
        "Data decyzji",
        "Decided on",
        "Dzień, w którym postanowiono o wycofaniu.",
        "Day on which the withdrawal was decided.",
    )
    reason_pl = string(
        "powod", "Powód", "Reason in Polish", "Powód po polsku.", "The reason in Polish."
    )
    reason_en = string(
        "powod_en",
        "Powód po angielsku",
        "Reason in English",
        "Powód po angielsku.",
        "The reason in English.",
    )
