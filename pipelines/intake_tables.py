"""Which tables an office may fill, and why not the others."""

from pipelines.house import facts_folder
from pipelines.settings import Settings
from schemas.datasets import CITY_REGISTER, DATA_QUALITY
from schemas.errors import Exit, PimError
from schemas.registry import all_tables
from schemas.table import Table
from schemas.text import Text


def require_fillable(settings: Settings, table: type[Table]) -> None:
    """Raise PimError `PIM-INT-001`, with the reason, where no office fills the table."""
    why = _why_not(settings, table)
    if why is None:
        return
    open_to_all = [one.name for one in all_tables() if _why_not(settings, one) is None]
    names = ", ".join(sorted(open_to_all))
    raise PimError(
        "PIM-INT-001",
        Text(
            f"Tabela „{table.name}” nie jest do wypełniania.",
            f"The table '{table.name}' is not one to fill in.",
        ),
        where=table.name,
        why=why,
        fix=Text(f"Wybierz jedną z: {names}.", f"Choose one of: {names}."),
        exit_code=Exit.USAGE,
    )


def _why_not(settings: Settings, table: type[Table]) -> Text | None:
    if table.dataset is None:
        return Text(
            "Jest wewnętrzna: prowadzi ją zespół danych.", "It is internal: the data team keeps it."
        )
    if not (facts_folder(settings) / f"{table.name}.csv").is_file():
        return Text(
            "Powstaje z innych tabel i rejestrów, więc poprawia się tamte.",
            "It is made from other tables and registers, so those are what to mend.",
        )
    if table.dataset in {CITY_REGISTER, DATA_QUALITY}:
        return Text(
            "Zapisuje decyzje zespołu danych, a nie wiadomości z urzędów.",
            "It keeps decisions of the data team, not news from offices.",
        )
    return None
