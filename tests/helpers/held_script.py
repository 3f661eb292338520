"""An answer of the scripted engine that stops in the middle until a test lets it go on."""

import threading

import pytest

from assistant.domain.cancel import CancelToken

_LOOK_S = 0.01


def hold(monkeypatch: pytest.MonkeyPatch, after_tokens: int) -> threading.Event:
    """Holds what is written at a pace after so many tokens; the event lets it go on, at once.

    A pace alone is a race: on a busy machine the answer may be over before it is looked at.
    """
    go_on = threading.Event()
    written = 0

    def pause(cancel: CancelToken, _tokens: int, tokens_per_second: float) -> bool:
        nonlocal written
        if tokens_per_second > 0:
            while written >= after_tokens and not cancel.cancelled and not go_on.wait(_LOOK_S):
                pass
            written += 1
        return not cancel.cancelled

    monkeypatch.setattr("assistant.engine.scripted._pause", pause)
    return go_on
