"""The public folder over HTTP on this machine, until somebody stops it."""

import socket
from collections.abc import Callable

import uvicorn

from exports.serving.server import site
from pipelines.settings import Settings
from schemas.errors import Exit, PimError
from schemas.text import Text
from warehouse.folder import DataFolder, nothing_built


def serve(settings: Settings, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve what is current, also after it has moved; `ready` is told the address.

    Port 0 is any free one. Raises PimError `PIM-SRV-001` where nothing can listen there, and
    `PIM-WH-006` where nothing is published yet.
    """
    public = DataFolder(settings.data).verify().public
    if not public.is_dir():
        raise nothing_built(public)
    with _listening(host, port) as listening:
        config = uvicorn.Config(
            site(public), lifespan="off", log_level="warning", access_log=False, server_header=False
        )
        shown = f"[{host}]" if ":" in host else host
        ready(f"http://{shown}:{listening.getsockname()[1]}/")
        uvicorn.Server(config).run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        reason = str(error)
        raise PimError(
            "PIM-SRV-001",
            Text("Nie można słuchać pod tym adresem.", "Nothing can listen at this address."),
            where=f"{host}:{port}",
            why=Text(reason, reason),
            fix=Text("Podaj inny numer po --port, np. 8001.", "Give another --port, such as 8001."),
            exit_code=Exit.USAGE,
        ) from error
