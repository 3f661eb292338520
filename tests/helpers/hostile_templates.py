"""Chat templates that mean harm: each must be refused within its bounds."""

HOSTILE = {
    "nested loops": "{% for a in range(99999) %}{% for b in range(99999) %}"
    "{% endfor %}{% endfor %}",
    "one huge range": "{% for a in range(10**9) %}{% endfor %}",
    "recursion": "{% macro f(n) %}{{ f(n + 1) }}{{ f(n + 1) }}{% endmacro %}{{ f(0) }}",
    "branching recursion": "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}"
    "{% endmacro %}{{ f(60) }}",
    "recursive loop": "{% for a in [1, 2] recursive %}{{ loop(range(99999)) }}{% endfor %}",
    "wide format": "{{ '%0999999999d' % 1 }}",
    "star format": "{{ '%*d' % (999999999, 1) }}",
    "format method": "{{ '{:0999999999d}'.format(1) }}",
    "format filter": "{{ '%0999999999d' | format(1) }}",
    "text times number": "{{ 'a' * 10**10 }}",
    "list times number": "{{ ([0] * 10**10) | length }}",
    "doubling by plus": "{% set n = namespace(x='ab') %}{% for i in range(99) %}"
    "{% set n.x = n.x + n.x %}{% endfor %}{{ n.x }}",
    "doubling by tilde": "{% set n = namespace(x='ab') %}{% for i in range(99) %}"
    "{% set n.x = n.x ~ n.x %}{% endfor %}{{ n.x }}",
    "doubling by block": "{% set n = namespace(x='ab') %}{% for i in range(99) %}"
    "{% set y %}{{ n.x }}{{ n.x }}{% endset %}{% set n.x = y %}{% endfor %}",
    "doubling by replace": "{% set n = namespace(x='aa') %}{% for i in range(99) %}"
    "{% set n.x = n.x.replace('a', n.x) %}{% endfor %}",
    "doubling by join": "{% set n = namespace(x='aa') %}{% for i in range(99) %}"
    "{% set n.x = n.x.join([n.x, n.x, n.x]) %}{% endfor %}",
    "doubling by filter": "{% set n = namespace(x='aa') %}{% for i in range(99) %}"
    "{% set n.x = [n.x, n.x] | join(n.x) %}{% endfor %}",
    "doubling a list": "{% set n = namespace(x=[1]) %}{% for i in range(99) %}"
    "{% set n.x = n.x + n.x %}{% endfor %}",
    "squaring": "{% set n = namespace(x=9) %}{% for i in range(99) %}"
    "{% set n.x = n.x * n.x %}{% endfor %}",
    "tower of powers": "{{ 9**9**9**9 }}",
    "centred": "{{ 'a'.center(10**10) }}",
    "padded": "{{ 'a'.zfill(10**10) }}{{ 'a'.ljust(10**10) }}",
    "tabs": "{{ '\\t'.expandtabs(10**10) }}",
    "indent": "{{ 'a\\nb' | indent(10**10) }}",
    "json indent": "{{ messages | tojson(indent=10**10) }}",
    "endless output": "{% for a in range(99999) %}{{ 'a' * 100000 }}{% endfor %}",
    "mapping of ranges": "{% for a in range(99999) %}{{ range(99999) | map('string') | join }}"
    "{% endfor %}",
    "python classes": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "python globals": "{{ cycler.__init__.__globals__.os.popen('echo owned').read() }}",
    "python by filter": "{{ messages | map(attribute='__class__') | list }}"
    "{{ ''['__class__'].mro() }}",
    "the loader": "{% include '/etc/passwd' %}",
    "an import": "{% import 'os' as os %}{{ os }}",
    "wide date": "{{ strftime_now('%0999999999Y') }}",
    "changing a list": "{{ messages.append(messages) }}{{ messages.clear() }}",
    "lorem": "{{ lipsum(n=10**9) }}",
    "no template at all": "{% for %}",
    "deep nesting": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "many blocks": "{% if 1 %}" * 300 + "{% endif %}" * 300,
    "far too long": "{# #}" * 60_000,
    "endless sort": "{% for a in range(99999) %}{{ range(99999) | sort | first }}{% endfor %}",
}
