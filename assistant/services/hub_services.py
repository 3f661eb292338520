"""Everything that has to do with the network, built together: the gate, and what goes through."""

from dataclasses import dataclass
from functools import partial

from assistant.config.settings import SettingsFile
from assistant.domain.model import Fit, ModelShape
from assistant.hub.client import HubClient
from assistant.hub.connection_log import ConnectionLog
from assistant.hub.egress import Egress, hush_libraries
from assistant.services.connections import Connections
from assistant.services.fitting import Fitting
from assistant.services.hub_account import HubAccount
from assistant.services.hub_orders import HubOrders
from assistant.services.hub_search import HubSearch
from assistant.services.jobs import Workers
from assistant.services.options import CoreOptions
from assistant.services.token_file import read_token
from assistant.store.hub_token import HubTokenShelf

__all__ = ["HubServices", "hub_services"]


@dataclass(frozen=True, slots=True)
class HubServices:
    """What the front ends and the downloads use of the network.

    Args:
        egress: The one gate.
        tokens: The user's token; asked from a worker's thread.
        search: Finds models.
        orders: Makes of a name what is downloaded.
        account: Takes and forgets the token.
        connections: The log.
    """

    egress: Egress
    tokens: HubTokenShelf
    search: HubSearch
    orders: HubOrders
    account: HubAccount
    connections: Connections


def hub_services(
    options: CoreOptions, settings: SettingsFile, workers: Workers, fitting: Fitting
) -> HubServices:
    """Builds them; connects nowhere, and imports no library that could."""
    hush_libraries()
    egress = Egress(
        ConnectionLog(options.paths.state / "connections.jsonl"),
        options.clock,
        sealed=options.offline,
        offline=lambda: settings.current.privacy.offline,
    )

    def judge(shape: ModelShape, longest: int, sha256: str) -> Fit:
        length = settings.current.models.context_length
        return fitting.judge_shape(shape, min(length, longest or length), sha256=sha256)

    file = options.token_file
    given = partial(read_token, file) if file is not None else None
    tokens = HubTokenShelf(options.paths.data, keyring=options.keyring, given=given)
    client = HubClient(egress, tokens.read)
    search = HubSearch(workers, client, judge)
    return HubServices(
        egress=egress,
        tokens=tokens,
        search=search,
        orders=HubOrders(search, workers, options.clock),
        account=HubAccount(tokens, client, workers),
        connections=Connections(egress),
    )
