"""From a rendered prompt to token ids, so that an answer keeps the ids it was written with.

A prompt is cut at its control tokens; what lies between is tokenised piece by piece, exactly as
libllama does it, and remembered. Text that the model wrote is remembered with the ids that it
was sampled as: tokenising it again may give other ids, and the prompt cache of the next turn
would end there.
"""

import ctypes
import re
from array import array
from collections import OrderedDict
from collections.abc import Sequence

from assistant.engine.llama.library import Library
from assistant.engine.llama.pieces import PieceTable

_MARK = "\ufdd0"
"""A noncharacter that is put into words that only look like a control token."""
_CONTROL, _UNKNOWN, _LSTRIP, _RSTRIP = 1 << 3, 1 << 0, 1 << 7, 1 << 8
_REMEMBERED_IDS = 1_000_000
_SPACE = " \t\n\v\f\r"


class Tokenizer:
    """The vocabulary of one model.

    Args:
        library: libllama.
        vocab: The vocabulary; must outlive the tokenizer.
        pieces: Its table of pieces.
    """

    def __init__(self, library: Library, vocab: int, pieces: PieceTable) -> None:
        self._functions = functions = library.functions
        self.vocab = vocab
        self._memory: OrderedDict[str, array[int]] = OrderedDict()
        self._remembered = 0
        self._bos = int(functions.llama_vocab_bos(vocab))
        self._add_bos = self._bos >= 0 and bool(functions.llama_vocab_get_add_bos(vocab))
        eos = int(functions.llama_vocab_eos(vocab))
        self.bos_text = pieces.text(self._bos) if self._bos >= 0 else ""
        self.eos_text = pieces.text(eos) if eos >= 0 else ""
        self._control: dict[str, tuple[int, int]] = {}
        for token in range(len(pieces)):
            attributes = int(functions.llama_vocab_get_attr(vocab, token))
            if attributes & (_CONTROL | _UNKNOWN) and (text := pieces.text(token)):
                self._control[text] = (token, attributes)
        names = sorted(self._control, key=len, reverse=True)
        self._splitter = re.compile("|".join(map(re.escape, names)) or r"(?!)")

    @property
    def control_texts(self) -> frozenset[str]:
        """The control tokens as a template writes them."""
        return frozenset(self._control)

    def disarm(self, content: str) -> str:
        """Content in which nothing is read as a control token, whoever wrote it."""
        content = content.replace(_MARK, "").replace("\0", "")
        return self._splitter.sub(lambda found: found[0][:1] + _MARK + found[0][1:], content)

    def encode(self, prompt: str) -> tuple[list[int], str]:
        """Token ids of a rendered prompt.

        Returns:
            The ids, and the text after the last control token: what an answer continues.
        """
        ids: list[int] = []
        raw, at = "", 0
        for found in self._splitter.finditer(prompt):
            token, attributes = self._control[found[0]]
            raw = self._between(prompt[at : found.start()], ids, attributes)
            ids += self._ids_of(raw)
            ids.append(token)
            at = found.end()
        raw = self._between(prompt[at:], ids, 0)
        ids += self._ids_of(raw)
        if self._add_bos and ids[:1] != [self._bos]:
            ids.insert(0, self._bos)
        return ids, raw

    def plain(self, text: str) -> "array[int]":
        """Token ids of a text in which nothing is a control token."""
        return self._tokenize(text)

    def remember(self, raw: str, written: str, sampled: Sequence[int]) -> None:
        """Keeps the ids of an answer.

        Args:
            raw: What ``encode`` returned for the prompt that it answers.
            written: The text of the answer, whole.
            sampled: The ids whose text that is.
        """
        known = array("i", self._ids_of(raw))
        known.extend(sampled)
        self._keep(raw + written, known)

    def _between(self, raw: str, ids: Sequence[int], next_attributes: int) -> str:
        """The text between two control tokens, stripped as the two ask for."""
        raw = raw.replace(_MARK, "")
        if ids and self._strips_right(ids[-1]):
            raw = raw.lstrip(_SPACE)
        return raw.rstrip(_SPACE) if next_attributes & _LSTRIP else raw

    def _strips_right(self, token: int) -> bool:
        return bool(int(self._functions.llama_vocab_get_attr(self.vocab, token)) & _RSTRIP)

    def _ids_of(self, raw: str) -> Sequence[int]:
        if not raw:
            return ()
        known = self._memory.get(raw)
        if known is not None:
            self._memory.move_to_end(raw)
            return known
        known = self._tokenize(raw)
        self._keep(raw, known)
        return known

    def _keep(self, raw: str, ids: "array[int]") -> None:
        old = self._memory.pop(raw, None)
        self._remembered += len(ids) - (len(old) if old is not None else 0)
        self._memory[raw] = ids
        while self._remembered > _REMEMBERED_IDS and len(self._memory) > 1:
            _, dropped = self._memory.popitem(last=False)
            self._remembered -= len(dropped)

    def _tokenize(self, raw: str) -> "array[int]":
        data = raw.encode("utf-8", "replace")
        room = len(data) + 8
        buffer = (ctypes.c_int32 * room)()
        count = self._functions.llama_tokenize(self.vocab, data, len(data), buffer, room, 0, 0)
        if count < 0:  # more ids than bytes: a vocabulary that adds tokens of its own
            room = -count
            buffer = (ctypes.c_int32 * room)()
            count = self._functions.llama_tokenize(self.vocab, data, len(data), buffer, room, 0, 0)
        return array("i", buffer[: max(count, 0)])
