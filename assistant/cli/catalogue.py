"""``models refresh``: takes a newer catalogue, if it is signed by a key that is trusted."""

import argparse

from assistant.cli.output import Output
from assistant.cli.waiting import outcome
from assistant.domain.errors import UserFacingError
from assistant.services.core import Core


def refresh(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Takes the catalogue from a file or an address, else from where the settings say."""
    job = core.catalogue.refresh(arguments.source, accept=arguments.trust, allowed=True)
    try:
        news = outcome(job)
    except UserFacingError as error:
        if error.code == "catalogue_key_unknown":
            raise UserFacingError(
                error.message,
                "Compare it with what its issuer says, then repeat the command with "
                "--trust and the fingerprint in quotes.",
                code=error.code,
            ) from error
        raise
    state = outcome(core.catalogue.state())
    value = {
        "edition": news.edition,
        "issued": state.issued.isoformat() if state.issued is not None else None,
        "models": state.models,
        "added": list(news.added),
        "gone": list(news.gone),
        "fingerprint": news.fingerprint,
    }
    lines = [f"Edition {news.edition} with {state.models} models is offered from now on."]
    lines += [f"  new   {name}" for name in news.added]
    lines += [f"  gone  {name}" for name in news.gone]
    output.document(value, "\n".join(lines))
