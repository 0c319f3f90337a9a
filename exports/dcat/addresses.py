"""The addresses (URIs) that things of a release have: data sets, tables, columns, codes, rows.

All lie below `base_url`, none depends on a version, and none is ever used for another thing.
"""

from urllib.parse import quote

from exports.publication import Publication
from schemas.columns import Codes, Column
from schemas.datasets import DataSet
from schemas.table import Table

VOCABULARY = "vocab.ttl"
"""File that says what tables, columns and codes mean."""


def catalogue(publication: Publication, part: str = "catalog") -> str:
    """The catalogue, or something that all its data sets share, such as the publisher."""
    return f"{publication.base_url}#{part}"


def dataset(publication: Publication, which: DataSet, part: str = "dataset") -> str:
    """A data set, or a part of its description; leads to its page."""
    return f"{publication.address(which.slug, 'pl')}#{part}"


def distribution(publication: Publication, which: DataSet, ident: str, part: str = "") -> str:
    """A file as such, whatever its bytes are today, or a part of its description."""
    return dataset(publication, which, quote(ident, safe="") + (f"/{part}" if part else ""))


def table_class(publication: Publication, table: type[Table]) -> str:
    """The class of a table's rows."""
    return f"{publication.base_url}{VOCABULARY}#{table.name}"


def column_property(publication: Publication, column: Column) -> str:
    """The property that a column is."""
    return f"{table_class(publication, column.table)}/{column.name}"


def code_list(publication: Publication, codes: type[Codes]) -> str:
    """The scheme that the codes of a list belong to; also the beginning of theirs."""
    return f"{publication.base_url}{VOCABULARY}#{codes.__name__}"


def code_concept(publication: Publication, code: Codes) -> str:
    """One code of a list."""
    return f"{code_list(publication, type(code))}/{quote(code.value, safe='')}"


def row_prefix(publication: Publication, table: type[Table]) -> str:
    """What the addresses of a table's rows begin with; the encoded parts of the key follow."""
    return f"{publication.base_url}id/{table.name}/"
