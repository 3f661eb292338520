"""From the bytes of tokens to text, without ever cutting a character."""

import codecs


class TextDecoder:
    """Joins the bytes of tokens to whole characters.

    Bytes that are no UTF-8 become U+FFFD; what may still become a character is held back.
    """

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    @property
    def pending(self) -> bool:
        """Whether bytes of an unfinished character are held back."""
        return bool(self._decoder.getstate()[0])

    def feed(self, piece: bytes) -> str:
        """The characters that are whole now."""
        return self._decoder.decode(piece)
