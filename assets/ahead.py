"""Work begun before its step comes: Dagster runs one step after another, DuckDB needs no turn."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Result = TypeVar("Result")


@dataclass
class Ahead(Generic[Result]):
    """Work by the name of the asset that it is for, in one thread beside the steps."""

    shared: ExitStack = field(default_factory=ExitStack)
    """What the works that are begun use together, until all is settled."""
    _begun: dict[str, Future[Result]] = field(default_factory=dict)
    _pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))

    def begin(self, asset: str, work: Callable[[], Result]) -> None:
        """Begin the work of an asset whose step is still to come."""
        self._begun[asset] = self._pool.submit(work)

    def finish(self, asset: str, work: Callable[[], Result]) -> Result:
        """The result of an asset's work: wait for it, or do it now where it was not begun.

        Raises what the work raises.
        """
        begun = self._begun.pop(asset, None)
        return work() if begun is None else begun.result()

    def settle(self) -> None:
        """Wait for all that was begun, so that nothing is written once the run has ended.

        What nobody asked for is forgotten, with its errors: its step did not run.
        """
        for begun in self._begun.values():
            if not begun.cancel():
                begun.exception()
        self._begun.clear()
        self.shared.close()
