"""From a rendered prompt to token ids and back to bytes, with the ``tokenizers`` library alone.

A prompt is cut at its control tokens; what lies between is tokenised piece by piece and
remembered. Text that the model wrote is remembered with the ids that it was sampled as:
tokenising it again may give other ids, and the prompt cache of the next turn would end there.
"""

import json
import re
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from assistant.engine.gguf_reader import Malformed
from assistant.engine.mlx.folder_preflight import inside, read_json

_LONGEST_TOKENIZER = 128 << 20
_LONGEST_TEMPLATE = 1 << 20
_MARK = "\ufdd0"
"""A noncharacter that is put into words that only look like a control token."""
_REMEMBERED_IDS = 1_000_000
_SPACE = " \t\n\v\f\r"
_BYTE_TOKEN = re.compile(r"<0x([0-9A-Fa-f]{2})>")
_KINDS = {"BPE", "Unigram"}
_END_TEXTS = (
    "<|im_end|>",
    "<|eot_id|>",
    "<|end_of_text|>",
    "<|endoftext|>",
    "<end_of_turn>",
    "<|end|>",
    "<|eom_id|>",
    "</s>",
    "<eos>",
    "<|return|>",
)
"""Control tokens that end an answer whatever the configuration says, as libllama has them."""


@dataclass(frozen=True, slots=True)
class TokenizerFiles:
    """What the files of a model folder say about its text.

    Args:
        json: ``tokenizer.json``, as text and parsed.
        template: The chat template; empty where there is none.
        bos: The first token as text; empty where there is none.
        eos: The last token as text.
        add_bos: Whether a prompt has to begin with ``bos``.
    """

    text: str
    json: Mapping[str, Any]
    template: str
    bos: str
    eos: str
    add_bos: bool


def read_tokenizer(folder: Path) -> TokenizerFiles:
    """Reads and bounds the files of a tokenizer.

    Raises:
        Malformed: They are missing or not sound.
        OSError: They cannot be read.
    """
    path = inside(folder, "tokenizer.json")
    parsed = read_json(folder, "tokenizer.json", most_bytes=_LONGEST_TOKENIZER)
    model = parsed.get("model")
    kind: object = cast("dict[str, object]", model).get("type") if isinstance(model, dict) else None
    if kind not in _KINDS:
        raise Malformed("it has no tokenizer.json that can be used")
    config = read_json(folder, "tokenizer_config.json")
    template = _template(config.get("chat_template"))
    own_file = inside(folder, "chat_template.jinja")
    if own_file.is_file():
        if own_file.stat().st_size > _LONGEST_TEMPLATE:
            raise Malformed("its chat template is too long")
        template = own_file.read_text(encoding="utf-8", errors="replace")
    return TokenizerFiles(
        text=path.read_text(encoding="utf-8"),
        json=parsed,
        template=template,
        bos=_token(config.get("bos_token")),
        eos=_token(config.get("eos_token")),
        add_bos=config.get("add_bos_token") is True,
    )


class Tokenizer:
    """The vocabulary of one model.

    Args:
        files: What its folder says.
        end_tokens: Ids that end an answer, as the configuration names them.

    Raises:
        Malformed: The library does not take the tokenizer.
    """

    END = b"\xff<end of generation>"
    """Stands for a token that ends the answer; no token has these bytes."""

    def __init__(self, files: TokenizerFiles, end_tokens: Iterable[int]) -> None:
        self.files = files
        self._first, self._later = _libraries(files)
        vocabulary: dict[str, int] = self._first.get_vocab(True)  # noqa: FBT003 - positional only
        self._size = max(vocabulary.values(), default=-1) + 1
        self._names = {at: name for name, at in vocabulary.items()}
        self._control: dict[str, tuple[int, bool, bool]] = {}
        self._added: dict[int, str] = {}
        for at, token in self._first.get_added_tokens_decoder().items():
            self._added[at] = token.content
            if token.special and token.content:
                self._control[token.content] = (at, token.lstrip, token.rstrip)
        self._rights = {at for at, _, right in self._control.values() if right}
        ends = {self._control[text][0] for text in _END_TEXTS if text in self._control}
        if files.eos in vocabulary:
            ends.add(vocabulary[files.eos])
        self.end_tokens = frozenset(ends | {each for each in end_tokens if each < self._size})
        self._bos = vocabulary.get(files.bos, -1) if files.add_bos else -1
        names = sorted(self._control, key=len, reverse=True)
        self._splitter = re.compile("|".join(map(re.escape, names)) or r"(?!)")
        self._bytes = _byte_table() if _is_byte_level(files.json) else {}
        self._memory: OrderedDict[str, Sequence[int]] = OrderedDict()
        self._remembered = 0

    def __len__(self) -> int:
        return self._size

    @property
    def control_texts(self) -> frozenset[str]:
        """The control tokens as a template writes them."""
        return frozenset(self._control)

    def piece(self, token: int) -> bytes:
        """Bytes of a token: empty for a control token, ``END`` for one that ends the answer."""
        if token in self.end_tokens:
            return self.END
        added = self._added.get(token)
        if added is not None:
            return b"" if added in self._control else added.encode()
        name = self._names.get(token, "")
        if self._bytes:
            return bytes(self._bytes[each] for each in name if each in self._bytes)
        byte = _BYTE_TOKEN.fullmatch(name)
        return bytes.fromhex(byte[1]) if byte else name.replace("▁", " ").encode()

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
            token, left, _ = self._control[found[0]]
            raw = self._between(prompt[at : found.start()], ids, strip_end=left)
            ids += self._ids_of(raw, first=not ids)
            ids.append(token)
            at = found.end()
        raw = self._between(prompt[at:], ids, strip_end=False)
        ids += self._ids_of(raw, first=not ids)
        if self._bos >= 0 and ids[:1] != [self._bos]:
            ids.insert(0, self._bos)
        return ids, raw

    def remember(self, raw: str, written: str, sampled: Sequence[int]) -> None:
        """Keeps the ids of an answer.

        Args:
            raw: What ``encode`` returned for the prompt that it answers.
            written: The text of the answer, whole.
            sampled: The ids whose text that is.
        """
        self._keep(raw + written, [*self._ids_of(raw, first=False), *sampled])

    def _between(self, raw: str, ids: Sequence[int], *, strip_end: bool) -> str:
        """The text between two control tokens, stripped as the two ask for."""
        raw = raw.replace(_MARK, "")
        if ids and ids[-1] in self._rights:
            raw = raw.lstrip(_SPACE)
        return raw.rstrip(_SPACE) if strip_end else raw

    def _ids_of(self, raw: str, *, first: bool) -> Sequence[int]:
        if not raw:
            return ()
        if first:
            return self._first.encode(raw, add_special_tokens=False).ids
        known = self._memory.get(raw)
        if known is not None:
            self._memory.move_to_end(raw)
            return known
        known = self._later.encode(raw, add_special_tokens=False).ids
        self._keep(raw, known)
        return known

    def _keep(self, raw: str, ids: Sequence[int]) -> None:
        self._remembered += len(ids) - len(self._memory.pop(raw, ()))
        self._memory[raw] = ids
        while self._remembered > _REMEMBERED_IDS and len(self._memory) > 1:
            _, dropped = self._memory.popitem(last=False)
            self._remembered -= len(dropped)


def _libraries(files: TokenizerFiles) -> tuple[Any, Any]:
    """The tokenizer for the beginning of a prompt, and the one for what follows a control token.

    They differ where a space is put before the first word of a text only.
    """
    from tokenizers import Tokenizer as Library

    later = re.sub(r'("prepend_scheme"\s*:\s*)"first"', r'\1"never"', files.text)
    try:
        both: tuple[Any, Any] = (Library.from_str(files.text), Library.from_str(later))
    except Exception as error:
        # The library has no error of its own: it raises bare Exceptions.
        raise Malformed("its tokenizer cannot be used") from error
    for each in both:
        each.encode_special_tokens = True  # what looks like one in a text is text
    return both


def _template(said: object) -> str:
    """A chat template as ``tokenizer_config.json`` has it: a text, or several with names."""
    if isinstance(said, str):
        return said
    if isinstance(said, list):
        for each in cast("list[object]", said):
            entry = cast("dict[str, object]", each) if isinstance(each, dict) else {}
            template = entry.get("template")
            if entry.get("name") == "default" and isinstance(template, str):
                return template
    return ""


def _token(said: object) -> str:
    content: object = said
    if isinstance(said, dict):
        content = cast("dict[str, object]", said).get("content")
    return content if isinstance(content, str) else ""


def _is_byte_level(tokenizer: Mapping[str, Any]) -> bool:
    parts = (tokenizer.get("pre_tokenizer"), tokenizer.get("decoder"))
    return '"ByteLevel"' in json.dumps(parts)


def _byte_table() -> dict[str, int]:
    """The characters that stand for bytes in byte-level vocabularies, as GPT-2 introduced them."""
    shown = [*range(ord("!"), ord("~") + 1), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    table = {chr(byte): byte for byte in shown}
    hidden = [byte for byte in range(0x100) if byte not in set(shown)]
    return table | {chr(0x100 + at): byte for at, byte in enumerate(hidden)}
