"""The beginning of a file on the Hub: a header, a configuration, a model card."""

import urllib.parse
from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING

from assistant.hub.failures import of_network, of_status
from assistant.hub.names import checked_name

if TYPE_CHECKING:
    import httpx2

__all__ = ["read_part"]


def read_part(
    client: "httpx2.Client", folder: str, name: str, most_bytes: int, headers: Mapping[str, str]
) -> bytes:
    """Reads up to ``most_bytes`` from the beginning of a file, and no more.

    Args:
        client: Under a grant for downloads.
        folder: Address of the repository's files at a commit, with a slash at its end.
        name: Of the file; it is checked.
        most_bytes: What is asked for; a server that sends more is cut off.
        headers: Those that carry the token.

    Returns:
        Nothing where there is no such file.

    Raises:
        UserFacingError: It cannot be had; says why.
    """
    import httpx2

    address = folder + urllib.parse.quote(checked_name(name), safe="/")
    wanted = {**headers, "range": f"bytes=0-{most_bytes - 1}", "accept-encoding": "identity"}
    try:
        with client.stream("GET", address, headers=wanted) as response:
            if response.status_code == HTTPStatus.NOT_FOUND:
                return b""
            page = folder.partition("/resolve/")[0]
            trouble = of_status(response.status_code, response.headers, page)
            if trouble is not None:
                raise trouble
            return _first(response, most_bytes)
    except httpx2.HTTPError as error:
        raise of_network(error) from None


def _first(response: "httpx2.Response", most_bytes: int) -> bytes:
    found = bytearray()
    for piece in response.iter_raw():
        found += piece
        if len(found) >= most_bytes:
            break
    return bytes(found[:most_bytes])
