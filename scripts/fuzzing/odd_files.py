"""Well-formed model files with odd metadata: every kind of tokenizer, and what surrounds it."""

import random
from collections.abc import Callable

from fuzzing.gguf_writer import ARRAY, BOOL, F32, I32, STRING, U32, GgufDraft, array, number, string

_WIDTH, _HEADS, _KV_HEADS, _INNER = 64, 4, 2, 96
TOKENIZERS = ("llama", "gpt2", "bert", "t5", "rwkv", "plamo2", "none", "hybriddna", "nonsense")
_PRE = (
    *("default", "llama-bpe", "llama3", "deepseek-llm", "deepseek-coder", "deepseek-v3", "falcon"),
    *("gpt-2", "phi-2", "starcoder", "refact", "command-r", "qwen2", "stablelm2", "olmo", "dbrx"),
    *("smaug-bpe", "poro-chat", "chatglm-bpe", "viking", "jais", "smollm", "codeshell", "bloom"),
    *(
        "exaone",
        "chameleon",
        "minerva-7b",
        "megrez",
        "gpt-4o",
        "superbpe",
        "trillion",
        "bailingmoe",
    ),
    *("llama4", "pixtral", "tekken", "kimi-k2", "hunyuan", "grok-2", "jina-v2-de", "nothing", ""),
)
_ODD_TEXTS: tuple[str | bytes, ...] = (
    *("", " ", "\n", "\0", "a\0b", "\ufffd", "▁", "▁▁▁", "<0x41>", "<0xZZ>", "<|im_end|>", "<s>"),
    *("\U0010ffff", "\u202e", "é" * 300, "a" * 100_000, b"\xff\xfe", b"\xc3", b"\xed\xa0\x80"),
    *("<|reserved|>", "Ġ", "Ċ", "</s>", "<eos>", "<turn|>", "[UNK]", "##a"),
)
_ODD_FLOATS = (0.0, -0.0, 1e-45, -1.0, 1.0, 1e-5, 1e4, 1e30, 3.4e38, -3.4e38)
_ODD_WHOLES = (0, 1, 2, 3, 4, 7, 16, 31, 33, 64, 255, 256, 4096, 65535, 1 << 20, (1 << 31) - 1)
_HIGHEST = 0xFFFFFFFF
_TEMPLATES = (
    "{{ messages[0]['content'] }}",
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}",
    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{% macro f(n) %}{{ f(n + 1) }}{% endmacro %}{{ f(0) }}",
    "{% for", "{{ raise_exception('no') }}", "", "{" * 5000, "{{ 'a' * 10**10 }}",
    "{% include '/etc/passwd' %}", "{{ messages }}", "{{ cycler.__init__.__globals__ }}",
)  # fmt: skip

Change = Callable[[random.Random, GgufDraft], None]


def _byte_letters() -> list[str]:
    """The 256 letters that GPT-2's tokenizer writes bytes as."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = [byte for byte in range(256) if byte not in plain]
    return [chr(byte) for byte in plain] + [chr(256 + at) for at in range(len(rest))]


def _vocabulary(kind: str) -> tuple[list[str], list[float], list[int], list[str]]:
    """Tokens, scores, types and merges."""
    words = ["▁the", "▁a", "lo", "hel", "hello", "er", "in", "wor"]
    special = ["<unk>", "<s>", "</s>", "<|im_start|>", "<|im_end|>"]
    marks = [2, 3, 3, 3, 3]
    if kind == "gpt2":
        tokens = [*_byte_letters(), "he", "ll", "hell", "hello", "Ġa", *special]
        types = [1] * (len(tokens) - len(special)) + marks
        return tokens, [], types, ["h e", "l l", "he ll", "hell o", "Ġ a"]
    if kind == "bert":
        special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
        letters = [chr(97 + at) for at in range(26)]
        tokens = [*special, *("▁" + each for each in letters), *letters]
        return tokens, [0.0] * len(tokens), [3, 2, 3, 3, 3] + [1] * (len(tokens) - 5), []
    if kind == "rwkv":
        tokens = ["<s>", *(f"\\x{byte:02x}" for byte in range(256)), "hello", "the"]
        return tokens, [], [3] + [1] * (len(tokens) - 1), []
    bytes_ = [f"<0x{byte:02X}>" for byte in range(256)]
    tokens = [*special, *bytes_, *words, *(chr(97 + at) for at in range(26)), "▁"]
    types = marks + [6] * 256 + [1] * (len(tokens) - len(special) - 256)
    return tokens, [-float(at) for at in range(len(tokens))], types, []


def sound(kind: str = "llama") -> GgufDraft:
    """A tiny model of one layer that loads and writes, with this kind of tokenizer."""
    tokens, scores, types, merges = _vocabulary(kind)
    keys = {
        "general.architecture": string("llama"),
        "general.name": string("Odd"),
        "general.file_type": number(U32, 0),
        "llama.block_count": number(U32, 1),
        "llama.context_length": number(U32, 512),
        "llama.embedding_length": number(U32, _WIDTH),
        "llama.feed_forward_length": number(U32, _INNER),
        "llama.attention.head_count": number(U32, _HEADS),
        "llama.attention.head_count_kv": number(U32, _KV_HEADS),
        "llama.attention.layer_norm_rms_epsilon": number(F32, 1e-5),
        "llama.rope.dimension_count": number(U32, _WIDTH // _HEADS),
        "tokenizer.ggml.model": string(kind),
        "tokenizer.ggml.tokens": array(STRING, tokens),
        "tokenizer.ggml.token_type": array(I32, types),
        "tokenizer.ggml.bos_token_id": number(U32, 1),
        "tokenizer.ggml.eos_token_id": number(U32, 2),
        "tokenizer.chat_template": string(_TEMPLATES[1]),
    }
    if scores:
        keys["tokenizer.ggml.scores"] = array(F32, scores)
    if merges:
        keys["tokenizer.ggml.merges"] = array(STRING, merges)
        keys["tokenizer.ggml.pre"] = string("default")
    kv_width = _WIDTH // _HEADS * _KV_HEADS
    tensors: dict[str, tuple[int, ...]] = {
        "token_embd.weight": (_WIDTH, len(tokens)),
        "blk.0.attn_norm.weight": (_WIDTH,),
        "blk.0.attn_q.weight": (_WIDTH, _WIDTH),
        "blk.0.attn_k.weight": (_WIDTH, kv_width),
        "blk.0.attn_v.weight": (_WIDTH, kv_width),
        "blk.0.attn_output.weight": (_WIDTH, _WIDTH),
        "blk.0.ffn_norm.weight": (_WIDTH,),
        "blk.0.ffn_gate.weight": (_WIDTH, _INNER),
        "blk.0.ffn_up.weight": (_WIDTH, _INNER),
        "blk.0.ffn_down.weight": (_INNER, _WIDTH),
        "output_norm.weight": (_WIDTH,),
    }
    weights = [((at * 37) % 101 - 50) / 400 for at in range(997)]
    return GgufDraft(keys, tensors, weights)


def odd(chance: random.Random) -> tuple[str, GgufDraft]:
    """A well-formed file with one to three oddities; says which."""
    kind = chance.choice(TOKENIZERS)
    draft = sound(kind)
    names = [kind]
    for change in chance.sample(_CHANGES, chance.randint(1, 3)):
        change(chance, draft)
        names.append(change.__name__.strip("_"))
    return "+".join(names), draft


def _tokens(draft: GgufDraft) -> int:
    return draft.tensors["token_embd.weight"][1]


def _types(chance: random.Random, draft: GgufDraft) -> None:
    kinds = chance.choice([list(range(7)), [1, 6], [3], [0], [4, 5], [1, 2, 3], [7, 100, -1]])
    values = [chance.choice(kinds) for _ in range(_tokens(draft))]
    draft.keys["tokenizer.ggml.token_type"] = array(I32, values)


def _type_count(chance: random.Random, draft: GgufDraft) -> None:
    count = max(0, _tokens(draft) + chance.choice([-1, 1, -100, 1000]))
    draft.keys["tokenizer.ggml.token_type"] = array(I32, [1] * count)


def _scores(chance: random.Random, draft: GgufDraft) -> None:
    some = [*_ODD_FLOATS, float("nan"), float("inf"), float("-inf")]
    values = [chance.choice(some) for _ in range(_tokens(draft))]
    draft.keys["tokenizer.ggml.scores"] = array(F32, values)


def _token_texts(chance: random.Random, draft: GgufDraft) -> None:
    tokens: list[str] = _vocabulary("llama")[0]
    size = _tokens(draft)
    texts: list[bytes] = [
        (tokens[at] if at < len(tokens) else f"t{at}").encode() for at in range(size)
    ]
    for _ in range(chance.randint(1, 12)):
        new = chance.choice(_ODD_TEXTS)
        texts[chance.randrange(size)] = new if isinstance(new, bytes) else new.encode()
    draft.keys["tokenizer.ggml.tokens"] = array(STRING, texts)


def _merges(chance: random.Random, draft: GgufDraft) -> None:
    some = ["", " ", "a", "a b", "a  b", " a", "b ", "\0 \0", "h e", "zz zz", "a b c", "é é"]
    values = [chance.choice(some) for _ in range(chance.choice([0, 1, 50, 5000]))]
    draft.keys["tokenizer.ggml.merges"] = array(STRING, values)


def _pre(chance: random.Random, draft: GgufDraft) -> None:
    draft.keys["tokenizer.ggml.pre"] = string(chance.choice(_PRE))


def _special_ids(chance: random.Random, draft: GgufDraft) -> None:
    size = _tokens(draft)
    names = ("bos", "eos", "unknown", "padding", "eot", "eom", "seperator", "mask", "cls")
    fims = ("fim_pre", "fim_suf", "fim_mid", "fim_pad", "prefix", "suffix", "middle")
    for name in chance.sample((*names, *fims), chance.randint(1, 6)):
        at = chance.choice([0, 1, size - 1, size, size + 1, _HIGHEST, 1 << 31, 5])
        draft.keys[f"tokenizer.ggml.{name}_token_id"] = number(U32, at)


def _flags(chance: random.Random, draft: GgufDraft) -> None:
    names = ("add_bos_token", "add_eos_token", "add_sep_token", "add_space_prefix")
    more = ("remove_extra_whitespaces", "escape_whitespaces", "ignore_merges")
    for name in (*names, *more):
        if chance.random() < 0.5:  # noqa: PLR2004 - a coin
            draft.keys[f"tokenizer.ggml.{name}"] = number(BOOL, chance.randint(0, 1))


def _charsmap(chance: random.Random, draft: GgufDraft) -> None:
    size = chance.choice([0, 1, 3, 4, 5, 8, 64, 4096])
    values = [chance.randint(-128, 127) for _ in range(size)]
    head = chance.choice([None, 0, 4, size, 1 << 30])
    if head is not None and size >= 4:  # noqa: PLR2004 - the length before the map
        values[:4] = [
            (head >> shift & 255) - 256 * (head >> shift & 128 > 0) for shift in (0, 8, 16, 24)
        ]
    import struct

    body = struct.pack(f"<IIQ{size}b", ARRAY, 1, size, *values)
    draft.keys["tokenizer.ggml.precompiled_charsmap"] = body


def _rope(chance: random.Random, draft: GgufDraft) -> None:
    keys = draft.keys
    odd_one = chance.choice([*_ODD_FLOATS, float("nan"), float("inf")])
    which = chance.choice(
        [
            "freq_base",
            "scaling.factor",
            "scaling.attn_factor",
            "scaling.yarn_log_multiplier",
            "scale_linear",
        ]
    )
    keys[f"llama.rope.{which}"] = number(F32, odd_one)
    if chance.random() < 0.5:  # noqa: PLR2004 - a coin
        kind = chance.choice(["none", "linear", "yarn", "longrope", "what", ""])
        keys["llama.rope.scaling.type"] = string(kind)
    if chance.random() < 0.5:  # noqa: PLR2004 - a coin
        whole = chance.choice(_ODD_WHOLES)
        name = chance.choice(["dimension_count", "scaling.original_context_length"])
        keys[f"llama.rope.{name}"] = number(U32, whole)


def _heads(chance: random.Random, draft: GgufDraft) -> None:
    name = chance.choice(["head_count", "head_count_kv", "key_length", "value_length"])
    if chance.random() < 0.3:  # noqa: PLR2004 - now and then
        values = [chance.choice(_ODD_WHOLES) for _ in range(chance.choice([0, 1, 2, 600]))]
        draft.keys[f"llama.attention.{name}"] = array(U32, values)
    else:
        draft.keys[f"llama.attention.{name}"] = number(U32, chance.choice(_ODD_WHOLES))


def _sizes(chance: random.Random, draft: GgufDraft) -> None:
    names = ("context_length", "block_count", "embedding_length", "feed_forward_length")
    more = ("vocab_size", "expert_count", "expert_used_count", "attention.sliding_window")
    name = chance.choice([*names, *more, "leading_dense_block_count", "nextn_predict_layers"])
    draft.keys[f"llama.{name}"] = number(U32, chance.choice(_ODD_WHOLES))


def _alignment(chance: random.Random, draft: GgufDraft) -> None:
    draft.alignment = chance.choice([1, 8, 16, 32, 64, 128, 4096])
    said = draft.alignment if chance.random() < 0.8 else chance.choice(_ODD_WHOLES)  # noqa: PLR2004 - mostly true
    draft.keys["general.alignment"] = number(U32, said)


def _template(chance: random.Random, draft: GgufDraft) -> None:
    draft.keys["tokenizer.chat_template"] = string(chance.choice(_TEMPLATES))


def _epsilon(chance: random.Random, draft: GgufDraft) -> None:
    odd_one = chance.choice([*_ODD_FLOATS, float("nan")])
    draft.keys["llama.attention.layer_norm_rms_epsilon"] = number(F32, odd_one)


def _kind_of_value(chance: random.Random, draft: GgufDraft) -> None:
    key = chance.choice(sorted(draft.keys))
    others = [number(U32, 1), number(F32, 1.0), string("x"), array(U32, []), number(BOOL, 1)]
    draft.keys[key] = chance.choice(others)


def _without_a_key(chance: random.Random, draft: GgufDraft) -> None:
    del draft.keys[chance.choice(sorted(draft.keys))]


def _architecture(chance: random.Random, draft: GgufDraft) -> None:
    new = chance.choice(
        [
            "qwen2",
            "gemma",
            "phi3",
            "gpt2",
            "mamba",
            "rwkv6",
            "gemma3",
            "falcon",
            "llama4",
            "mamba2",
            "deepseek2",
        ]
    )
    for key in [each for each in draft.keys if each.startswith("llama.")]:
        draft.keys[new + key.removeprefix("llama")] = draft.keys.pop(key)
    draft.keys["general.architecture"] = string(new)


def _tensors(chance: random.Random, draft: GgufDraft) -> None:
    name = chance.choice(sorted(draft.tensors))
    shape = draft.tensors.pop(name)
    what = chance.choice(["gone", "reversed", "longer", "four", "again"])
    if what == "reversed":
        draft.tensors[name] = shape[::-1]
    elif what == "longer":
        draft.tensors[name] = (*shape[:-1], shape[-1] + 1)
    elif what == "four":
        draft.tensors[name] = (*shape, *[1] * (4 - len(shape)))
    elif what == "again":
        draft.tensors[name] = shape
        draft.tensors["output.weight"] = draft.tensors.get("token_embd.weight", shape)
        draft.tensors[chance.choice(["rope_freqs.weight", "blk.1.attn_norm.weight", "odd"])] = (
            chance.choice([1, 8, 16]),
        )


def _weights(chance: random.Random, draft: GgufDraft) -> None:
    some = [float("nan"), float("inf"), float("-inf"), 3.4e38, 1e-45, 0.0]
    for _ in range(chance.choice([1, 10, 500])):
        draft.weights[chance.randrange(len(draft.weights))] = chance.choice(some)


def _split(chance: random.Random, draft: GgufDraft) -> None:
    draft.keys["split.count"] = number(U32, chance.choice([0, 1, 2, 65535]))
    draft.keys["split.no"] = number(U32, chance.choice([0, 1, 65535]))


_CHANGES: list[Change] = [
    *(_types, _type_count, _scores, _token_texts, _merges, _pre, _special_ids, _flags, _charsmap),
    *(_rope, _heads, _sizes, _alignment, _template, _epsilon, _kind_of_value, _without_a_key),
    *(_architecture, _tensors, _weights, _split),
]
