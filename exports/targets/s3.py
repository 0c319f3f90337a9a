"""S3-compatible storage: one object a file, each written whole.

There is no moment at which all objects change, so the order does it (`exports.targets.plan`):
what is named is there before what names it. Every object carries its sha256 and the headers with
which it is served; one that has both already is not sent again.
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from exports.serving.rules import INDEX
from exports.targets.plan import Item, Plan
from exports.targets.target import Sent, failed
from schemas.files import sha256

if TYPE_CHECKING:
    from obstore.store import S3Config

_HASH = "sha256"
_AT_ONCE = 8
_SINGLE = 4 * 1024**3
"""Bytes; above, an object is sent in parts."""
_In = TypeVar("_In")
_Out = TypeVar("_Out")


@dataclass(frozen=True)
class Access:
    """How storage is reached; without keys, as the environment says (`AWS_…`)."""

    endpoint: str
    region: str
    key_id: str = field(repr=False)
    secret: str = field(repr=False)


class Bucket:
    """A bucket, or what lies below a prefix of it, as a target."""

    def __init__(self, bucket: str, prefix: str, access: Access) -> None:
        self._name = f"s3://{bucket}/{prefix}".rstrip("/")
        self._hidden = [text for text in (access.key_id, access.secret) if text]
        try:
            self._store = _store(bucket, prefix, access)
        except (BaseError, ValueError) as error:
            raise self._failed(error) from error

    def missing(self, plan: Plan) -> list[Item]:
        """Files without an object of the same hash and headers; what was withdrawn and is there."""
        items = [*plan.items, *self._graves(plan)]
        kept = self._all(self._has, items)
        return sorted(
            (item for item, there in zip(items, kept, strict=True) if not there),
            key=lambda item: item.order,
        )

    def send(self, plan: Plan, items: Sequence[Item], sent: Sent) -> bool:  # noqa: ARG002
        """Send step by step; the portal's XML and md5 one right after the other."""
        for _, group in groupby(items, lambda item: item.step):
            for item in self._all(self._put, list(group)):
                sent(item)
        return bool(items)

    def _graves(self, plan: Plan) -> list[Item]:
        """Objects under withdrawn addresses: each becomes the page that says why."""
        planned = {item.path for item in plan.items}
        found = []
        for grave in plan.graves:
            page = plan.tree / grave / INDEX
            keys = [grave, *self._below(grave)] if page.is_file() else []
            for key in keys:
                if key not in planned and self._attributes(key) is not None:
                    size = page.stat().st_size
                    found.append(Item(key, page, size, sha256(page), f"{grave}/{INDEX}"))
        return found

    def _below(self, folder: str) -> list[str]:
        try:
            return [
                str(one["path"]) for part in obstore.list(self._store, f"{folder}/") for one in part
            ]
        except (BaseError, OSError, ValueError) as error:
            raise self._failed(error) from error

    def _has(self, item: Item) -> bool:
        found = self._attributes(item.path)
        wanted = {**item.headers, _HASH: item.sha256}
        return found is not None and all(found.get(k) == value for k, value in wanted.items())

    def _attributes(self, key: str) -> dict[str, str] | None:
        try:
            return dict(obstore.get(self._store, key, options={"head": True}).attributes)
        except FileNotFoundError:
            return None
        except (BaseError, OSError, ValueError) as error:
            raise self._failed(error) from error

    def _put(self, item: Item) -> Item:
        attributes = {**item.headers, _HASH: item.sha256}
        try:
            obstore.put(
                self._store,
                item.path,
                item.source,
                attributes=dict(attributes),
                use_multipart=item.bytes > _SINGLE,
            )
        except (BaseError, OSError, ValueError) as error:
            raise self._failed(error) from error
        return item

    def _all(self, work: Callable[[_In], _Out], on: Iterable[_In]) -> list[_Out]:
        """Some at once; the first failure ends it, and what runs by then ends well."""
        pool = ThreadPoolExecutor(_AT_ONCE)
        try:
            return list(pool.map(work, on))
        finally:
            pool.shutdown(cancel_futures=True)

    def _failed(self, error: Exception) -> Exception:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        reason = " ".join(lines[:3])[:300] or type(error).__name__
        for text in self._hidden:
            reason = reason.replace(text, "***")
        return failed(self._name, reason)


def _store(bucket: str, prefix: str, access: Access) -> S3Store:
    config: S3Config = {"region": access.region}
    if access.endpoint:
        config["endpoint"] = access.endpoint
    if access.key_id:
        config["access_key_id"] = access.key_id
        config["secret_access_key"] = access.secret
    return S3Store(
        bucket,
        prefix=prefix or None,
        config=config,
        client_options={
            "allow_http": access.endpoint.startswith("http://"),
            "connect_timeout": "10s",
            "timeout": "600s",
        },
        retry_config={
            "max_retries": 3,
            "retry_timeout": timedelta(seconds=60),
            "backoff": {
                "init_backoff": timedelta(milliseconds=200),
                "max_backoff": timedelta(seconds=5),
                "base": 2,
            },
        },
    )
