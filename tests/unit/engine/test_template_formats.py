"""The named chat formats: what each makes of a conversation."""

import pytest

from assistant.domain.conversation import Role
from assistant.domain.generation import Turn
from assistant.engine.chat_template import ChatTemplate
from assistant.engine.template_formats import NAMED_FORMATS, format_of

_TURNS = (
    Turn(Role.SYSTEM, "Be brief."),
    Turn(Role.USER, "Hi"),
    Turn(Role.ASSISTANT, "Hello."),
    Turn(Role.USER, "Bye"),
)
_MADE = {
    "chatml": "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n"
    "<|im_start|>assistant\nHello.<|im_end|>\n<|im_start|>user\nBye<|im_end|>\n"
    "<|im_start|>assistant\n",
    "llama-3": "<s><|start_header_id|>system<|end_header_id|>\n\nBe brief.<|eot_id|>"
    "<|start_header_id|>user<|end_header_id|>\n\nHi<|eot_id|>"
    "<|start_header_id|>assistant<|end_header_id|>\n\nHello.<|eot_id|>"
    "<|start_header_id|>user<|end_header_id|>\n\nBye<|eot_id|>"
    "<|start_header_id|>assistant<|end_header_id|>\n\n",
    "mistral": "<s>[INST] Be brief.\n\nHi [/INST] Hello.</s>[INST] Bye [/INST]",
    "gemma": "<s><start_of_turn>user\nBe brief.\n\nHi<end_of_turn>\n"
    "<start_of_turn>model\nHello.<end_of_turn>\n<start_of_turn>user\nBye<end_of_turn>\n"
    "<start_of_turn>model\n",
    "phi": "<|system|>\nBe brief.<|end|>\n<|user|>\nHi<|end|>\n<|assistant|>\nHello.<|end|>\n"
    "<|user|>\nBye<|end|>\n<|assistant|>\n",
    "alpaca": "<s>Be brief.\n\n### Instruction:\nHi\n\n### Response:\nHello.</s>\n\n"
    "### Instruction:\nBye\n\n### Response:\n",
    "plain": "<s>System: Be brief.\n\nUser: Hi\n\nAssistant: Hello.\n\nUser: Bye\n\nAssistant:",
}


@pytest.mark.parametrize("named", NAMED_FORMATS, ids=lambda each: each.name)
def test_a_format_writes_what_its_models_were_trained_on(named: object) -> None:
    chosen = next(each for each in NAMED_FORMATS if each is named)

    template = ChatTemplate("", bos="<s>", eos="</s>", override=chosen.source)

    assert template.render(_TURNS) == _MADE[chosen.name]
    assert template.refusal == ""


def test_a_format_is_known_again_by_its_template() -> None:
    for named in NAMED_FORMATS:
        assert format_of(named.source + "\n") is named
    assert format_of("{{ messages }}") is None
