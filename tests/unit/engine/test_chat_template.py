"""Chat templates: real ones, missing ones and hostile ones."""

import time
from datetime import UTC, datetime

import pytest

from assistant.domain.clock import FixedClock
from assistant.domain.conversation import Role
from assistant.domain.generation import Turn
from assistant.engine.chat_template import ChatTemplate
from assistant.engine.template_sandbox import TemplateRefused, compile_template
from tests.helpers.hostile_templates import HOSTILE

_CLOCK = FixedClock(datetime(2026, 3, 4, 12, tzinfo=UTC))
_TURNS = (Turn(Role.SYSTEM, "Be brief."), Turn(Role.USER, "Hello"))
_CHATML = (
    "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content']"
    " + '<|im_end|>' + '\\n'}}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)
_NO_SYSTEM = (
    "{{ bos_token }}{% if messages[0]['role'] == 'system' %}"
    "{{ raise_exception('System role not supported') }}{% endif %}"
    "{% for message in messages %}"
    "{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}"
    "{{ raise_exception('Roles must alternate') }}{% endif %}"
    "{{ '<start_of_turn>' + message.role + '\\n' + message['content'] | trim"
    " + '<end_of_turn>\\n' }}{% endfor %}{{ '<start_of_turn>model\n' }}"
)


def test_the_models_own_template_is_used() -> None:
    template = ChatTemplate(_CHATML)

    assert template.refusal == ""
    assert template.render(_TURNS) == (
        "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHello<|im_end|>\n"
        "<|im_start|>assistant\n"
    )


def test_an_answer_that_is_continued_is_left_open() -> None:
    begun = (*_TURNS, Turn(Role.ASSISTANT, "Hel"))

    assert ChatTemplate(_CHATML).render(begun).endswith("<|im_start|>assistant\nHel")


def test_a_template_without_a_system_role_gets_the_words_folded_in() -> None:
    template = ChatTemplate(_NO_SYSTEM, bos="<bos>")

    said = template.render(_TURNS)

    assert said == (
        "<bos><start_of_turn>user\nBe brief.\n\nHello<end_of_turn>\n<start_of_turn>model\n"
    )
    twice = template.render((*_TURNS, Turn(Role.USER, "Anyone?")))
    assert "Hello\n\nAnyone?" in twice


@pytest.mark.parametrize(
    ("control", "opening"),
    [
        ({"<|im_start|>"}, "<|im_start|>assistant\n"),
        ({"<|start_header_id|>"}, "<|start_header_id|>assistant<|end_header_id|>\n\n"),
        ({"<start_of_turn>"}, "<start_of_turn>model\n"),
        ({"</s>"}, "Assistant:"),
    ],
)
def test_a_missing_template_is_made_good(control: set[str], opening: str) -> None:
    template = ChatTemplate("", bos="<s>", control_tokens=frozenset(control))

    said = template.render(_TURNS)

    assert template.refusal
    assert said.startswith("<s>")
    assert said.index("Be brief.") < said.index("Hello")
    assert said.endswith(opening)


def test_the_date_is_the_clocks() -> None:
    template = ChatTemplate("{{ strftime_now('%Y') }}", clock=_CLOCK)

    assert template.render(_TURNS) == "2026"


def test_what_real_templates_use_works() -> None:
    source = (
        "{%- set ns = namespace(last=0) -%}"
        "{%- for m in messages[::-1] -%}{%- if loop.first -%}{%- set ns.last = loop.length -%}"
        "{%- endif -%}{%- endfor -%}"
        "{% generation %}{{ ns.last }}{% endgeneration %}"
        "{% for m in messages if m.role == 'user' %}{{ m.content.split('l')[-1].lstrip('\\n') }}"
        "{{ ', ' if not loop.last }}{% endfor %}"
        "{{ messages | selectattr('role', 'equalto', 'user') | list | length }}"
        "{{ {'a': 'é', 'b': [1]} | tojson }}{{ tools is none }}"
        "{% for k, v in {'x': 1}.items() %}{{ k ~ v }}{% if loop.index > 3 %}{% break %}{% endif %}"
        "{% endfor %}{{ messages | map(attribute='content') | join('|') | upper | trim }}"
        "{{ 'a %s' % 'b' }}{{ missing is defined }}{{ '<' | e }}"
    )

    assert ChatTemplate(source).render(_TURNS) == (
        '2o1{"a": "é", "b": [1]}Truex1BE BRIEF.|HELLOa bFalse&lt;'
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_template_is_refused_in_time(name: str) -> None:
    began = time.thread_time()

    template = ChatTemplate(HOSTILE[name], control_tokens=frozenset({"<|im_start|>"}))
    said = template.render(_TURNS)

    # processor time of this thread, so that a busy machine fails nothing; the bound is 1 s a run
    assert time.thread_time() - began < 3
    assert template.refusal
    assert said.startswith("<|im_start|>system\nBe brief.")


def test_a_template_that_turns_hostile_later_is_refused_then() -> None:
    source = (
        _CHATML + "{% if messages | length > 3 %}{% for a in range(99999) %}"
        "{% for b in range(99999) %}{% endfor %}{% endfor %}{% endif %}"
    )
    template = ChatTemplate(source, control_tokens=frozenset({"<|im_start|>"}))
    assert template.refusal == ""

    said = template.render(_TURNS * 2)

    assert template.refusal
    assert said.count("<|im_start|>") == 5


def test_a_long_conversation_is_within_bounds() -> None:
    turns = [Turn(Role.USER if n % 2 == 0 else Role.ASSISTANT, "words " * 500) for n in range(401)]
    template = ChatTemplate(_CHATML)

    assert len(template.render(turns)) > 1_000_000
    assert template.refusal == ""


def test_an_error_quotes_nothing_of_the_prompt() -> None:
    compiled = compile_template("{{ messages[0].content + 1 }}{{ raise_exception('x') }}", _CLOCK)

    with pytest.raises(TemplateRefused) as error:
        compiled.render([{"role": "user", "content": "secret words"}])

    assert "secret" not in str(error.value)
    assert error.value.__cause__ is None


def test_the_users_template_is_asked_before_the_models_own() -> None:
    template = ChatTemplate(_CHATML, override="{{ messages[-1].content }}!")

    assert template.render(_TURNS) == "Hello!"
    assert template.take_notice() == ""
    assert template.identity != ChatTemplate(_CHATML).identity


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_template_of_the_users_gives_way_to_the_models_own(name: str) -> None:
    template = ChatTemplate(_CHATML, override=HOSTILE[name])

    assert template.render(_TURNS) == ChatTemplate(_CHATML).render(_TURNS)
    notice = template.take_notice()
    assert notice.startswith("Your chat template cannot be used, so the model's own is: ")
    assert template.take_notice() == ""


def test_where_both_templates_fail_the_built_in_format_is_left() -> None:
    bad = HOSTILE["nested loops"]
    template = ChatTemplate(
        bad, override=HOSTILE["recursion"], control_tokens=frozenset({"<|im_start|>"})
    )

    assert template.render(_TURNS) == ChatTemplate(_CHATML).render(_TURNS)
    assert "a built-in one" in template.take_notice()
