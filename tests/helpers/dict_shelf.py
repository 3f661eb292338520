"""A shelf of prompt states that is a dictionary."""


class DictShelf:
    """Keeps everything, and shows it."""

    def __init__(self) -> None:
        self.states: dict[tuple[str, str], bytes] = {}

    def put(self, cache_key: str, variant: str, data: bytes) -> None:
        self.states[cache_key, variant] = data

    def get(self, cache_key: str, variant: str) -> bytes | None:
        return self.states.get((cache_key, variant))

    def drop(self, cache_key: str) -> None:
        self.states = {each: v for each, v in self.states.items() if each[0] != cache_key}
