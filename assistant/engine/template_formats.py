"""The chat formats that models are trained on, by name, to stand in for a template.

Each is a jinja template as model files have them, after what its makers publish.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class NamedFormat:
    """One of them.

    Args:
        name: For settings and commands.
        title: For people.
        source: The template.
    """

    name: str
    title: str
    source: str


_CHATML: Final = """\
{%- for message in messages -%}
{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' -}}
{%- endfor -%}
{%- if add_generation_prompt -%}{{- '<|im_start|>assistant\\n' -}}{%- endif -%}
"""
_LLAMA3: Final = """\
{{- bos_token -}}
{%- for message in messages -%}
{{- '<|start_header_id|>' + message.role + '<|end_header_id|>\\n\\n' -}}
{{- message.content | trim + '<|eot_id|>' -}}
{%- endfor -%}
{%- if add_generation_prompt -%}
{{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' -}}
{%- endif -%}
"""
# The words of the system go into the first question: the format has no place for them.
_MISTRAL: Final = """\
{{- bos_token -}}
{%- set ns = namespace(system='') -%}
{%- for message in messages -%}
{%- if message.role == 'system' -%}
{%- set ns.system = ns.system + message.content + '\\n\\n' -%}
{%- elif message.role == 'user' -%}
{{- '[INST] ' + ns.system + message.content + ' [/INST]' -}}
{%- set ns.system = '' -%}
{%- else -%}
{{- ' ' + message.content + eos_token -}}
{%- endif -%}
{%- endfor -%}
"""
_GEMMA: Final = """\
{{- bos_token -}}
{%- set ns = namespace(system='') -%}
{%- for message in messages -%}
{%- if message.role == 'system' -%}
{%- set ns.system = ns.system + message.content + '\\n\\n' -%}
{%- else -%}
{%- set name = 'model' if message.role == 'assistant' else 'user' -%}
{{- '<start_of_turn>' + name + '\\n' -}}
{{- (ns.system + message.content) | trim + '<end_of_turn>\\n' -}}
{%- set ns.system = '' -%}
{%- endif -%}
{%- endfor -%}
{%- if add_generation_prompt -%}{{- '<start_of_turn>model\\n' -}}{%- endif -%}
"""
_PHI: Final = """\
{%- for message in messages -%}
{{- '<|' + message.role + '|>\\n' + message.content + '<|end|>\\n' -}}
{%- endfor -%}
{%- if add_generation_prompt -%}{{- '<|assistant|>\\n' -}}{%- endif -%}
"""
_ALPACA: Final = """\
{{- bos_token -}}
{%- for message in messages -%}
{%- if message.role == 'system' -%}
{{- message.content + '\\n\\n' -}}
{%- elif message.role == 'user' -%}
{{- '### Instruction:\\n' + message.content + '\\n\\n' -}}
{%- else -%}
{{- '### Response:\\n' + message.content + eos_token + '\\n\\n' -}}
{%- endif -%}
{%- endfor -%}
{%- if add_generation_prompt -%}{{- '### Response:\\n' -}}{%- endif -%}
"""
_PLAIN: Final = """\
{{- bos_token -}}
{%- for message in messages -%}
{{- message.role | capitalize + ': ' + message.content + '\\n\\n' -}}
{%- endfor -%}
{%- if add_generation_prompt -%}{{- 'Assistant:' -}}{%- endif -%}
"""

NAMED_FORMATS: Final = (
    NamedFormat("chatml", "ChatML", _CHATML),
    NamedFormat("llama-3", "Llama 3", _LLAMA3),
    NamedFormat("mistral", "Mistral", _MISTRAL),
    NamedFormat("gemma", "Gemma", _GEMMA),
    NamedFormat("phi", "Phi", _PHI),
    NamedFormat("alpaca", "Alpaca", _ALPACA),
    NamedFormat("plain", "Plain text", _PLAIN),
)


def format_of(source: str) -> NamedFormat | None:
    """The format whose template this is; None of any other."""
    return next((each for each in NAMED_FORMATS if each.source.strip() == source.strip()), None)
