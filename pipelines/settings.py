"""Settings: flag, then environment (`PIM_*`), then `pim.toml`, then the default.

`pim config show` prints every value with where it came from; `docs/settings.md` lists them.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from schemas.errors import Exit, PimError
from schemas.text import Lang, Text
from sources.bdl.secret import Secret

FILE = "pim.toml"


@dataclass(frozen=True)
class Setting:
    """One setting: its default as text, and what it means."""

    default: str
    meaning: Text
    secret: bool = False
    """Never shown: `pim config show` prints three stars."""


SETTINGS: dict[str, Setting] = {
    "data": Setting(
        "data", Text("Folder danych: wszystko, co powstaje.", "Data folder: all that is made.")
    ),
    "facts": Setting(
        "",
        Text(
            "Folder plików z faktami; puste: fakty wbudowane.",
            "Folder of facts files; empty: the embedded facts.",
        ),
    ),
    "terc": Setting(
        "",
        Text(
            "Pełny plik TERC (ZIP albo CSV z GUS); puste: jednostki wbudowane.",
            "A full TERC file (ZIP or CSV from GUS); empty: the embedded units.",
        ),
    ),
    "documents": Setting(
        "",
        Text(
            "Folder dokumentów do odczytania (docs/documents.md); puste: bez dokumentów.",
            "Folder of documents to read (docs/documents.md); empty: no documents.",
        ),
    ),
    "date": Setting(
        "",
        Text(
            "Data wydania RRRR-MM-DD; puste: SOURCE_DATE_EPOCH albo data zebrania faktów.",
            "Release date YYYY-MM-DD; empty: SOURCE_DATE_EPOCH or the day of the facts.",
        ),
    ),
    "lang": Setting("pl", Text("Język komunikatów: pl albo en.", "Language: pl or en.")),
    "log_format": Setting(
        "text",
        Text(
            "Postać komunikatów na stderr: text albo json (obiekt JSON w wierszu).",
            "Form of messages on stderr: text or json (a JSON object a line).",
        ),
    ),
    "base_url": Setting(
        "https://pim.example.org/",
        Text("Adres, pod którym leży folder public.", "Address that serves the public folder."),
    ),
    "homepage": Setting(
        "https://pim.example.org/", Text("Strona projektu.", "Home page of the project.")
    ),
    "contact": Setting(
        "kontakt@pim.example.org",
        Text(
            "Kontakt instytucji w opisach danych (nie osoby).",
            "Institutional contact in the metadata (not a person's).",
        ),
    ),
    "sources": Setting(
        "sources.toml",
        Text(
            "Plik z adresami źródeł, które się zmieniły (docs/sources.md).",
            "File of the addresses of sources that have changed (docs/sources.md).",
        ),
    ),
    "teryt_user": Setting(
        "",
        Text(
            "Konto w usłudze TERYT ws1; puste: pliki z formularza eTERYT.",
            "Account at the service TERYT ws1; empty: files from the form of eTERYT.",
        ),
    ),
    "teryt_password": Setting(
        "",
        Text("Hasło do tego konta.", "Password of that account."),
        secret=True,
    ),
    "bdl_key": Setting(
        "",
        Text(
            "Klucz do Banku Danych Lokalnych (api.stat.gov.pl): pięciokrotny limit zapytań.",
            "Key to the Local Data Bank (api.stat.gov.pl): five times as many calls.",
        ),
        secret=True,
    ),
    "bdl_url": Setting(
        "",
        Text(
            "Inny adres API Banku Danych Lokalnych, do prób; puste: adres GUS.",
            "Another address of the API of the Local Data Bank, for trials; empty: that of GUS.",
        ),
    ),
    "release_approval": Setting(
        "",
        Text(
            "required: wydanie czeka na pim release approve; puste: od razu staje się bieżące.",
            "required: a release waits for pim release approve; empty: it is current at once.",
        ),
    ),
    "signing_key": Setting(
        "",
        Text(
            "Klucz minisign do podpisywania wydań; puste: zob. signing_key_file.",
            "Key of minisign that signs releases; empty: see signing_key_file.",
        ),
        secret=True,
    ),
    "signing_key_file": Setting(
        "",
        Text(
            "Plik z kluczem minisign do podpisywania wydań; puste: bez podpisu.",
            "File with the key of minisign that signs releases; empty: unsigned.",
        ),
    ),
    "signing_password": Setting(
        "",
        Text("Hasło klucza do podpisywania.", "Password of the signing key."),
        secret=True,
    ),
    "portal_url": Setting(
        "https://api.dane.gov.pl/1.4",
        Text("Adres API portalu dane.gov.pl.", "Address of the API of dane.gov.pl."),
    ),
    "portal_institution": Setting(
        "",
        Text(
            "Numer instytucji na portalu; potrzebny do pim portal verify.",
            "Number of the institution on the portal; needed by pim portal verify.",
        ),
    ),
    "portal_validator": Setting(
        ".venv-portal/bin/python",
        Text(
            "Python z walidatorem portalu (make portal-validator).",
            "Python that has the portal's validator (make portal-validator).",
        ),
    ),
    "publish_target": Setting(
        "",
        Text(
            "Cel polecenia pim publish: folder, s3://, rsync://, ssh:// albo sftp://.",
            "Where pim publish sends: a folder, s3://, rsync://, ssh:// or sftp://.",
        ),
    ),
    "publish_password": Setting(
        "",
        Text(
            "Hasło do celu rsync:// albo sftp://; puste: klucze z ~/.ssh.",
            "Password of a target rsync:// or sftp://; empty: the keys of ~/.ssh.",
        ),
        secret=True,
    ),
    "s3_endpoint": Setting(
        "",
        Text(
            "Adres usługi zgodnej z S3; puste: Amazon.",
            "Address of an S3-compatible service; empty: Amazon.",
        ),
    ),
    "s3_region": Setting("us-east-1", Text("Region w tej usłudze.", "Region in that service.")),
    "s3_key_id": Setting(
        "",
        Text(
            "Identyfikator klucza do S3; puste: zmienne AWS_… albo rola maszyny.",
            "Id of the key to S3; empty: the variables AWS_… or the machine's role.",
        ),
        secret=True,
    ),
    "s3_secret": Setting("", Text("Klucz do S3.", "The key to S3."), secret=True),
    "publisher_pl": Setting(
        "Zespół projektu „PIM – otwarte dane”", Text("Wydawca po polsku.", "Publisher in Polish.")
    ),
    "publisher_en": Setting(
        "Team of the project 'PIM open data'",
        Text("Wydawca po angielsku.", "Publisher in English."),
    ),
}


@dataclass(frozen=True)
class Settings:
    """The values in force. Made by `load_settings`."""

    data: Path
    facts: Path | None
    terc: Path | None
    documents: Path | None
    date: date | None
    lang: Lang
    log_format: Literal["text", "json"]
    base_url: str
    homepage: str
    contact: str
    publisher: Text
    sources: Path
    teryt_user: str
    teryt_password: Secret
    bdl_key: Secret
    bdl_url: str
    release_approval: bool
    signing_key: Secret
    signing_key_file: Path | None
    signing_password: Secret
    portal_url: str
    portal_institution: str
    portal_validator: Path
    publish_target: str
    publish_password: Secret
    s3_endpoint: str
    s3_region: str
    s3_key_id: Secret
    s3_secret: Secret
    origins: Mapping[str, tuple[str, str]]
    """Each setting's value as text, and where it came from."""


def load_settings(flags: Mapping[str, str | None] | None = None) -> Settings:
    """Read all settings; `flags` win over everything.

    Raises PimError `PIM-CFG-001` (unreadable `pim.toml`), `PIM-CFG-002` (unknown name there)
    or `PIM-CFG-003` (a value that does not fit).
    """
    from_file = _read_file(Path(FILE))
    origins: dict[str, tuple[str, str]] = {}
    for name, setting in SETTINGS.items():
        flag = (flags or {}).get(name)
        variable = f"PIM_{name.upper()}"
        if flag is not None:
            origins[name] = flag, f"--{name.replace('_', '-')}"
        elif os.environ.get(variable):
            origins[name] = os.environ[variable], variable
        elif name in from_file:
            origins[name] = from_file[name], FILE
        else:
            origins[name] = setting.default, "default"
    value = {name: text for name, (text, _) in origins.items()}
    for name, (text, origin) in origins.items():
        if SETTINGS[name].secret and text:
            origins[name] = "***", origin
    return Settings(
        data=Path(value["data"]),
        facts=Path(value["facts"]) if value["facts"] else None,
        terc=Path(value["terc"]) if value["terc"] else None,
        documents=Path(value["documents"]) if value["documents"] else None,
        date=_date_of(value["date"]),
        lang=_lang_of(value["lang"]),
        log_format=_log_format_of(value["log_format"]),
        base_url=value["base_url"],
        homepage=value["homepage"],
        contact=value["contact"],
        publisher=Text(value["publisher_pl"], value["publisher_en"]),
        sources=Path(value["sources"]),
        teryt_user=value["teryt_user"],
        teryt_password=Secret(value["teryt_password"]),
        bdl_key=Secret(value["bdl_key"]),
        bdl_url=value["bdl_url"],
        release_approval=_approval_of(value["release_approval"]),
        signing_key=Secret(value["signing_key"]),
        signing_key_file=Path(value["signing_key_file"]) if value["signing_key_file"] else None,
        signing_password=Secret(value["signing_password"]),
        portal_url=value["portal_url"],
        portal_institution=value["portal_institution"],
        portal_validator=Path(value["portal_validator"]),
        publish_target=value["publish_target"],
        publish_password=Secret(value["publish_password"]),
        s3_endpoint=value["s3_endpoint"],
        s3_region=value["s3_region"],
        s3_key_id=Secret(value["s3_key_id"]),
        s3_secret=Secret(value["s3_secret"]),
        origins=origins,
    )


def _read_file(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PimError(
            "PIM-CFG-001",
            Text("Nie można odczytać pliku ustawień.", "The settings file cannot be read."),
            where=str(path),
            why=Text(str(error), str(error)),
            fix=Text("Popraw zapis TOML.", "Mend the TOML."),
            exit_code=Exit.USAGE,
        ) from error
    unknown = sorted(set(found) - set(SETTINGS))
    if unknown:
        raise PimError(
            "PIM-CFG-002",
            Text("Plik ustawień ma nieznane nazwy.", "The settings file has unknown names."),
            where=f"{path}: {', '.join(unknown)}",
            fix=Text(
                f"Znane ustawienia: {', '.join(SETTINGS)}.", f"Settings: {', '.join(SETTINGS)}."
            ),
            exit_code=Exit.USAGE,
        )
    return {name: str(value) for name, value in found.items()}


def _date_of(text: str) -> date | None:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        if text:
            return date.fromisoformat(text)
        return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else None
    except (ValueError, OverflowError, OSError) as error:
        raise _unfit("date", text or epoch, Text("RRRR-MM-DD", "YYYY-MM-DD")) from error


def _lang_of(text: str) -> Lang:
    if text == "pl":
        return "pl"
    if text == "en":
        return "en"
    raise _unfit("lang", text, "pl, en")


def _log_format_of(text: str) -> Literal["text", "json"]:
    if text == "text":
        return "text"
    if text == "json":
        return "json"
    raise _unfit("log_format", text, "text, json")


def _approval_of(text: str) -> bool:
    if text in ("", "required"):
        return text == "required"
    raise _unfit("release_approval", text, "required")


def _unfit(name: str, value: str, allowed: str | Text) -> PimError:
    pl, en = allowed if isinstance(allowed, Text) else (allowed, allowed)
    return PimError(
        "PIM-CFG-003",
        Text("Wartość ustawienia jest niewłaściwa.", "The value of a setting does not fit."),
        where=f"{name} = {value!r}",
        fix=Text(f"Dopuszczalne: {pl}.", f"Allowed: {en}."),
        exit_code=Exit.USAGE,
    )
