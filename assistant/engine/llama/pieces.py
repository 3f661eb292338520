"""The bytes of tokens."""

import ctypes

from assistant.engine.llama.library import Library

_FIRST_TRY_BYTES = 256


class PieceTable:
    """The bytes of every token, fetched from the vocabulary once each.

    Args:
        library: libllama.
        vocab: The vocabulary; must outlive the table.
    """

    END = b"\xff<end of generation>"
    """Stands for a token that ends the answer; no token has these bytes."""

    def __init__(self, library: Library, vocab: int) -> None:
        self._functions = functions = library.functions
        self._vocab = vocab
        self._pieces: list[bytes | None] = [None] * int(functions.llama_vocab_n_tokens(vocab))
        self._buffer = ctypes.create_string_buffer(_FIRST_TRY_BYTES)

    def __len__(self) -> int:
        return len(self._pieces)

    def piece(self, token: int) -> bytes:
        """Bytes of a token: empty for a control token, ``END`` for one that ends the answer."""
        piece = self._pieces[token]
        if piece is None:
            piece = self._pieces[token] = self._fetch(token)
        return piece

    def text(self, token: int) -> str:
        """The token as templates write it, control tokens included; for BOS and EOS."""
        return self._bytes(token, special=True).decode("utf-8", "replace")

    def _fetch(self, token: int) -> bytes:
        if self._functions.llama_vocab_is_eog(self._vocab, token):
            return self.END
        return self._bytes(token, special=False)

    def _bytes(self, token: int, *, special: bool) -> bytes:
        to_piece = self._functions.llama_token_to_piece
        size = to_piece(self._vocab, token, self._buffer, len(self._buffer), 0, special)
        if size < 0:
            self._buffer = ctypes.create_string_buffer(-size)
            size = to_piece(self._vocab, token, self._buffer, len(self._buffer), 0, special)
        return self._buffer.raw[: max(size, 0)]
