#!/usr/bin/env python3
"""What jinja2, set up by transformers, makes of chat templates that together use all of the language that nla computes.

    python scripts/chat_templates.py fixtures/interop/chat_templates.json

Every template is rendered for every conversation; null where jinja2 or the template refuses it. Needs jinja2 3.1.6 and transformers.
"""
import json
import sys

from transformers.utils.chat_template_utils import _compile_jinja_template

USER = {"role": "user", "content": "Hello"}
CALL = {"type": "function", "function": {"name": "weather", "arguments": {"town": "Köln", "days": 2, "wind": True, "at": None}}}
CONVERSATIONS = {
    "one turn": {"messages": [USER], "add_generation_prompt": True},
    "no prompt": {"messages": [USER], "add_generation_prompt": False},
    "system and turns": {
        "messages": [
            {"role": "system", "content": " Be brief. "}, USER, {"role": "assistant", "content": "<think>\nhm\n</think>\n\nHi!"},
            {"role": "user", "content": "And\nnow?\n"},
        ],
        "add_generation_prompt": True,
    },
    "answer last": {"messages": [USER, {"role": "assistant", "content": "Hi, you"}], "add_generation_prompt": False},
    "texts like code": {
        "messages": [{"role": "user", "content": "{{ 7*7 }} {% if %} <b>&\"' ä 中 😀\t|x| 3 % of it"}], "add_generation_prompt": True,
    },
    "parts": {
        "messages": [{"role": "user", "content": [{"type": "text", "text": "Hello"}, {"type": "image"}, {"type": "text", "text": "there"}]}],
        "add_generation_prompt": True,
    },
    "tools": {
        "messages": [
            USER, {"role": "assistant", "content": None, "tool_calls": [CALL]}, {"role": "tool", "name": "weather", "content": "[1.0, 2.5]"},
        ],
        "tools": [{"type": "function", "function": {"name": "weather", "parameters": {"b": [1, 2.0, -3e-7], "a": {}}}}],
        "add_generation_prompt": True,
    },
    "out of turn": {
        "messages": [USER, USER, {"role": "assistant", "content": ""}, {"role": "user", "content": "   "}], "add_generation_prompt": True,
    },
}

TEMPLATES = {
    "chatml": """{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}{% endfor %}
{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}""",
    "turns must alternate": """{{ bos_token }}{%- if messages[0]['role'] == 'system' %}
    {%- set system, rest = messages[0]['content'] | trim ~ '\\n\\n', messages[1:] %}
{%- else %}{% set system = '' %}{% set rest = messages %}{% endif %}
{%- for m in rest %}
    {%- if (m.role == 'user') != (loop.index0 % 2 == 0) %}
        {{- raise_exception('roles must alternate: ' ~ loop.index) }}
    {%- endif %}
    {{- ('[INST] ' ~ (system if loop.first else '') ~ m.content ~ ' [/INST]') if m.role == 'user' else ' ' ~ m.content ~ eos_token }}
{%- endfor %}""",
    "content in parts": """{% for m in messages %}<{{ m.role }}>
{% if m.content is string %}
{{ m.content }}
{% elif m.content is iterable and m.content is not mapping %}
{% for part in m.content %}
{%- if part.type == 'text' %}{{ part.text }}{% elif 'image' in part or part['type'] == 'image' %}<image>{% endif -%}
{% endfor %}
{% else %}
(none)
{% endif %}
{% endfor %}""",
    "parts with a condition": """{%- for m in messages -%}
{%- if m.content is sequence and m.content is not string -%}
{{ m.content | selectattr('type', 'equalto', 'text') | map(attribute='text') | join(' + ') }}{% for p in m.content if p.type != 'text' %}[{{ loop.index }}/{{ loop.length }} {{ p.type }}]{% else %}no pictures{% endfor %}
{%- else -%}{{ m['content'] or 'empty' }}{%- endif -%}
{{ "\\n" }}{%- endfor -%}""",
    "tools": """{%- if tools %}
    {{- '<tools>' }}
    {%- for tool in tools %}
        {{- "\\n" ~ tool | tojson }}{{ tool.function | tojson(indent=2) }}
    {%- endfor %}
    {{- '\\n</tools>\\n' }}
{%- endif %}
{%- for m in messages %}
    {%- if m.tool_calls is defined and m.tool_calls %}
        {%- for call in m.tool_calls %}
            {%- set f = call.function %}
            {%- for key, value in f.arguments | items %}{{ key ~ '=' ~ (value if value is string else value | tojson) }};{% endfor %}
            {%- for key, value in f.arguments.items() %}{{ loop.index0 }}{{ key }}{{ value }}{% endfor %}
            {{- f.arguments | dictsort }}{{ f.name }}
        {%- endfor %}
    {%- else %}{{ m.role }}: {{ m.content }}|{% endif %}
{%- endfor %}""",
    "branches not entered": """{% if tools is defined and tools is none and false %}{{ x | no_such_test_filter() if false }}{% endif %}
{% macro unused(x) %}{{ x.frob() }}{{ raise_exception('no') }}{% endmacro %}
{% if not messages %}{{ messages.append(1) }}{{ nothing.at.all }}{% endif %}
{{ messages | length }}{{ 'a' if true else nothing.at.all }}{{ undefined_name }}{{ messages[0].nothing }}""",
    "generation": """{% for m in messages %}{% if m.role == 'assistant' %}{% generation %}{{ m.content }}{{ eos_token }}
{% endgeneration %}
{% else %}{{ m.role ~ '\\n' }}{%- generation -%}  {{ m.content }}  {%- endgeneration -%}{% endif %}{% endfor %}""",
    "loop controls": """{% for m in messages %}
{% if m.role == 'system' %}{% continue %}{% endif %}
{% if loop.index > 2 %}{% break %}{% endif %}
{% for c in m.content %}{% if c == 'l' %}{% continue %}{% endif %}{% if loop.last %}{% break %}{% endif %}{{ c }}{% endfor %}
{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.last }}{{ loop.depth }}
{% else %}
nobody
{% endfor %}""",
    "slices": """{% set n = messages | length %}{% for m in messages[::-1] %}{{ m.role[0] }}{% endfor %}|{% for m in messages[n - 2:] %}{{ m.role[:2] }}{% endfor %}|
{{- messages[1:-1] | length }}|{{ messages[-1].content[-3:] }}|{{ messages[0].role[1:n + 1] }}|{{ messages[0].role[::-2] }}|{{ 'abcdef'[4:1:-1] }}|{{ 'ä中😀x'[1:3] }}|{{ [1,2,3,4][1::2] }}|{{ (1,2,3)[:-1] }}|{{ range(9)[2:8:3] | list }}|{{ 'abc'[99:] }}|{{ 'abc'[-99:2] }}""",
    "neighbours": """{% for m in messages %}{{ (loop.previtem.role if loop.previtem is defined else 'start') ~ '>' ~ m.role ~ '>' ~ (loop.nextitem.role if not loop.last else 'end') }}{% if loop.changed(m.role) %}*{% endif %}{{ loop.cycle('odd', 'even') }};{% endfor %}
{% for m in messages if m.role != 'system' %}{% if loop.previtem and loop.previtem.role == m.role %}same{% endif %}{{ loop.nextitem is defined }}{% endfor %}""",
    "groups": """{% for group in messages | groupby('role') %}{{ group.grouper }}={{ group.list | length }}{{ group[0] }}{{ group.list[0].role }};{% endfor %}
{% for role, all in messages | groupby('role') %}{{ role }}{{ all | map(attribute='content') | list | length }},{% endfor %}
{% set g = [{'a': 'x', 'n': 1}, {'a': 'X', 'n': 2}, {'n': 3}] | groupby('a', default='') %}{{ g }}{{ g | map(attribute='grouper') | list }}{{ g | map(attribute='list') | map('length') | list }}{{ g | tojson }}{{ g[0].count('') }}
{{ [{'a': {'b': 2}}, {'a': {'b': 1}}] | groupby('a.b') | map('first') | join }}""",
    "macros": """{%- macro turn(role, text='?', end=eos_token) -%}<{{ role }}>{{ text }}{{ end }}{{ varargs | join(',') }}{{ kwargs | dictsort | string if kwargs }}{%- endmacro -%}
{%- macro wrap(tag) %}<{{ tag }}>{{ caller() }}</{{ tag }}>{% endmacro -%}
{%- macro list_of(items) %}{% for i in items %}{{ caller(i, loop.index) }},{% endfor %}{% endmacro -%}
{%- macro down(n) %}{{ n }}{% if n > 0 %}{{ down(n - 1) }}{% endif %}{% endmacro -%}
{% for m in messages %}{{ turn(m.role, m.content) }}{% endfor %}{{ turn('x') }}{{ turn('x', end='.') }}{{ turn(1, 2, 3, 4, 5, z=6, y='7') }}
{% call wrap('b') %}bold{% endcall %}{% call(i, n) list_of(messages) %}{{ n ~ i.role }}{% endcall %}{{ down(3) }}
{{ turn.name }}{{ turn.arguments }}{{ turn.catch_kwargs }}{{ turn.catch_varargs }}{{ wrap.caller }}{{ turn is callable }}""",
    "namespaces and scopes": """{% set ns = namespace(found=false, last=-1, text='') %}{% set outer = 1 %}
{% for m in messages %}{% set outer = 2 %}{% if m.role == 'user' and not ns.found %}{% set ns.found = true %}{% endif %}{% set ns.last = loop.index0 %}{% set ns.text = ns.text ~ m.role %}{% endfor %}
{{ ns.found }}{{ ns.last }}{{ ns.text }}{{ outer }}
{% with a = 1, b = outer %}{{ a + b }}{% set outer = 9 %}{{ outer }}{% endwith %}{{ outer }}{{ a is defined }}
{% set body %}{% for m in messages %}{{ m.role }} {% endfor %}{% endset %}[{{ body | trim | upper }}]{% set loud | upper | replace('A', '4') %}abc{% endset %}{{ loud }}
{% filter upper | trim %} shout {{ ns.text }} {% endfilter %}{% block name %}in a block{% endblock name %}{% if true %}{% set seen = 5 %}{% endif %}{{ seen }}""",
    "white space": """  {% if true %}
   kept
  {%- if true -%}

     tight

  {%- endif %}
	{# a comment #}
after
  {#- a comment -#}  x
 {%+ if true %} plus {%+ endif %}
{{ 'a' }}
{{- 'b' -}}
   c
{% if true +%}
 nl
{% endif +%}
{% raw %}{{ not }} {% read %}
{% endraw %}
{%- raw -%}  r  {%- endraw -%}
   {{ "x" }}   
{% for m in messages %}
  * {{ m.role }}
{% endfor %}
{% endif %}


end""",
    "long literals": "{{ '" + "It\\'s {{ not }} a {% tag %} {# here #}; \\\\ and \\t\\x41\\u4e2d\\n" * 60 + "' }}{{ \"a\" 'b' \"c\" }}{{ 'plain' if '%}' in 'a %} b' }}",
    "text methods": """{% for m in messages %}{% set c = m.content | string %}{{ c.strip() }}|{{ c.lstrip('<H') }}|{{ c.split('</think>')[-1].lstrip('\\n') }}|{{ c.split() }}|{{ c.rsplit(' ', 1) }}|{{ c.partition('l') }}|{{ c.replace('l', 'L', 1) }}|{{ c.upper() }}{{ c.title() }}{{ c.swapcase() }}{{ c.capitalize() }}|{{ c.find('l') }}{{ c.count('l') }}{{ c.startswith(('H', ' ')) }}{{ c.endswith('o') }}|{{ c.center(12, '*') }}{{ c.ljust(9) }}{{ c.rjust(9, '.') }}{{ '7'.zfill(3) }}|{{ c.splitlines() }}{{ ', '.join(['a', c]) }}{{ c.removeprefix('He').removesuffix('lo') }}{{ c.isalpha() }}{{ c.isdigit() }}{{ c.islower() }}{{ c.isspace() }};{% endfor %}""",
    "formats": """{{ '%s is %d, %5.2f|%-6s|%06.2f|%x|%r|%%|%+d|%e|%g' % ('a', 3, 2.345, 'b', 3.14159, 255, 'q', 4, 12345.678, 0.0001) }}
{{ '{} {1} {0!r:>6}'.format(1, 2) if false else '{0} {1} {0!r:>6} {n:,} {f:.3f} {x:#x} {p:.1%} {{}}'.format('a', 2, n=1234567, f=2.5, x=255, p=0.256) }}{{ '%(a)s-%(b)03d' % {'a': 'x', 'b': 7} }}{{ 'hi %s' | format(messages[0].role) }}""",
    "numbers": """{{ 7 // 2 }} {{ -7 // 2 }} {{ 7 / 2 }} {{ -7 % 3 }} {{ 7.5 % -2 }} {{ 2 ** 10 }} {{ 2 ** -1 }} {{ 1e20 }} {{ 1e-7 }} {{ 0.1 + 0.2 }} {{ 100000000000000000.0 }} {{ 1_000 }} {{ 0x1f }} {{ 0b11 }} {{ 0o17 }} {{ -3 | abs }} {{ 2.5 | round }} {{ 3.14159 | round(2) }} {{ 7 | float }} {{ '12' | int }} {{ 'z' | int(5) }} {{ 'ff' | int(0, 16) }} {{ 3.99 | int }} {{ [1, 2.5] | sum }} {{ true + 1 }} {{ 3 is odd }} {{ 4 is divisibleby 2 }} {{ 2.7 | round(0, 'floor') }} {{ 1 < 2 < 3 }} {{ 1 == 1.0 }} {{ not 0 }} {{ 5 is number }} {{ [3, 1] < [3, 2] }} {{ messages | length * 2 - 1 }} {{ [1] * 3 + [2] }} {{ 'ab' * 2 }}""",
    "sequences": """{{ [3, 1, 2] | sort }}{{ ['b', 'A', 'c'] | sort }}{{ ['b', 'A'] | sort(case_sensitive=true) }}{{ messages | map(attribute='role') | unique | list }}{{ [1, 2, 3, 4, 5] | batch(2, 0) | list }}{{ [1, 2, 3, 4, 5] | slice(2) | list }}{{ messages | sort(attribute='role', reverse=true) | map(attribute='role') | join('<') }}{{ [1, 2, 3] | select('odd') | list }}{{ [1, 2, 3] | reject('gt', 2) | list }}{{ messages | rejectattr('role', 'in', ['user']) | list | length }}{{ [1, 5, 2] | max }}{{ [1, 5, 2] | min }}{{ 'abc' | reverse }}{{ [1, 2] | reverse | list }}{{ 'abc' | first }}{{ [1, 2] | last }}{{ 'abc' | list }}{{ ['a', 'b'] | map('upper') | join('-') }}{{ [[1, 2], [3]] | sum(start=[]) }}{{ (1,) }}{{ () }}{{ [1, 2].index(2) }}{{ range(3) }}{{ range(5, 0, -2) | list }}{{ [none, true, 1.5, 'it\\'s', "q\\"'", '\\n中'] }}{{ [messages[0].role, 1] | tojson }}""",
    "mappings": """{% set d = {'b': 1, 'A': [1, {'x': none}], 3: 'three'} %}{{ d }}{{ d.b }}{{ d['A'] }}{{ d[3] }}{{ d.get('zz', 'dflt') }}{{ d.get('zz') }}{{ d.keys() | list }}{{ d.values() | list }}{{ d.items() | list }}{{ 'b' in d }}{{ 'zz' not in d }}{{ d | length }}{% for k in d %}{{ k }}{% endfor %}{{ {'b': 1, 'a': 2} | dictsort }}{{ {'b': 1, 'a': 2} | dictsort(by='value', reverse=true) }}{{ dict(a=1, **{'c': 3}) }}{{ dict([('x', 1)]) }}{{ {'z': 1, 'a': 'é<>&'} | tojson }}{{ {'z': 1, 'a': 2} | tojson(sort_keys=true, separators=(',', ':')) }}{{ {'a': 'é'} | tojson(ensure_ascii=true) }}{% for m in messages %}{{ m | list }}{{ m.content is defined }}{{ m['name'] | default('nameless') }}{{ m.content | default('blank', true) }}{% endfor %}""",
    "text filters": """{% for m in messages if m.content is string %}{{ m.content | trim | capitalize }}|{{ m.content | title }}|{{ m.content | wordcount }}|{{ m.content | truncate(9) }}|{{ m.content | truncate(9, true, '~', 0) }}|{{ m.content | indent(2, first=true) }}|{{ m.content | urlencode }}|{{ m.content | striptags }}|{{ m.content | replace('l', '1') }}|{{ m.content | length }}|{{ m.content | center(20) }}|{{ m.content | lower | list | length }}|{{ m.content | trim('Ho') }}
{% endfor %}{{ 5 | string ~ 'x' }}{{ none | string }}{{ 'a' ~ 1 ~ none ~ true ~ 1.0 ~ [1] }}{{ {'a': 1, 'b': none} | xmlattr }}{{ 'x' | attr('nothing') is undefined }}""",
    "tests": """{% for x in [none, true, 1, 1.0, '', 'Ab', [], {}, messages, nothing, range(1)] %}{{ x is none }}{{ x is boolean }}{{ x is integer }}{{ x is float }}{{ x is number }}{{ x is string }}{{ x is mapping }}{{ x is sequence }}{{ x is iterable }}{{ x is defined }}{{ x is callable }}{{ x is true }}{{ 'T' if x else 'F' }};{% endfor %}{{ 1 is eq 1 }}{{ 1 is in [1] }}{{ 'a' is lower }}{{ 'A' is upper }}{{ 2 is even }}{{ none is sameas none }}{{ 'upper' is filter }}{{ 'odd' is test }}{{ 'x' is not none and not 'x' is none }}{{ (1 if false) is undefined }}""",
    "recursion in loops": """{% set tree = [{'n': 'a', 'c': [{'n': 'b', 'c': [{'n': 'c'}]}, {'n': 'd'}]}] %}{% for t in tree recursive %}{{ t.n }}{{ loop.depth }}{% if t.c %}({{ loop(t.c) }}){% endif %}{% endfor %}{% for a, (b, c) in [(1, (2, 3)), (4, (5, 6))] %}{{ a + b * c }},{% endfor %}{% for k, v in {'x': 1}.items() %}{{ k }}{{ v }}{% endfor %}{% for i in range(3) %}{% for j in range(i) %}{{ loop.index }}{{ i }}{% endfor %}{% endfor %}{% for x in [] %}{% else %}none{% endfor %}{% for c in messages[0].role %}{{ c }}.{% endfor %}""",
    "thoughts": """{%- set ns = namespace(multi_step=true, last=messages | length - 1) %}
{%- for m in messages[::-1] %}
    {%- set index = (messages | length - 1) - loop.index0 %}
    {%- if ns.multi_step and m.role == 'user' and m.content is string and not (m.content.startswith('<tool_response>') and m.content.endswith('</tool_response>')) %}
        {%- set ns.multi_step = false %}{%- set ns.last = index %}
    {%- endif %}
{%- endfor %}
{%- for m in messages %}
    {%- set content = m.content if m.content is string else '' %}
    {%- set thought = '' %}
    {%- if m.role == 'assistant' and '</think>' in content %}
        {%- set thought = content.split('</think>')[0].rstrip('\\n').split('<think>')[-1].lstrip('\\n') %}
        {%- set content = content.split('</think>')[-1].lstrip('\\n') %}
    {%- endif %}
    {{- '<|' + m.role + '|>' }}{{ '(' + thought + ')' if thought and loop.index0 >= ns.last - 2 }}{{ content + '<|end|>\\n' }}
{%- endfor %}
{%- if add_generation_prompt %}{{- '<|assistant|>\\n' }}{%- if enable_thinking is defined and enable_thinking is false %}{{- '<think>\\n\\n</think>\\n\\n' }}{%- endif %}{%- endif %}""",
    "refusals": """{% if messages | length > 1 and messages[1].role == 'user' %}{{ raise_exception('Two in a row') }}{% endif %}{{ messages[0].content + '!' }}{% if messages | length == 2 %}{{ nothing.at.all }}{% endif %}{{ strftime_now('%%') if strftime_now is defined }}""",
    "priorities": """{{ 1 + 2 * 3 ** 2 }} {{ -2 ** 2 }} {{ (-2) ** 2 }} {{ 'a' ~ 1 + 'b' }} {{ not true and false }} {{ true or false and false }} {{ 1 if false else 2 if false else 3 }} {{ 1 in [1] and 2 not in [1] }} {{ [1, 2][0] }} {{ 'x' | upper ~ 'y' | upper }} {{ -1 | abs }} {{ 2 * 3 | string }} {{ {'a': [1]}.a[0] }} {{ ('a', 'b') | join }} {{ 'b' in 'abc' == true }} {{ 5 - 2 - 1 }} {{ 2 ** 3 ** 2 }} {{ 10 / 4 // 1 }} {{ none == false }} {{ '1' == 1 }} {{ messages[0]['role'] == 'user' or raise_exception('short') }} {{ not messages is none }} {{ 3 > 2 >= 2 != 1 }} {{ 'a' < 'b' }}""",
}


def rendered(template, conversation):
    variables = {"bos_token": "<s>", "eos_token": "</s>", "tools": None, "documents": None, **conversation}
    try:
        return _compile_jinja_template(template).render(**variables)
    except Exception as refused:
        print("   ", type(refused).__name__, refused)
        return None


def main(target):
    cases = []
    for name, template in TEMPLATES.items():
        print(name)
        cases.append({"name": name, "template": template, "rendered": [rendered(template, each) for each in CONVERSATIONS.values()]})
    golden = {"conversations": [{"name": name, **each} for name, each in CONVERSATIONS.items()], "templates": cases}
    with open(target, "w", encoding="utf-8") as file:
        json.dump(golden, file, ensure_ascii=False, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
