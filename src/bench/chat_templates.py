"""Writes what Transformers renders from chat templates, with the conversations that it renders.

    python src/bench/chat_templates.py src/test/resources/parity/chat/*.jinja > src/test/resources/parity/chat/cases.jsonl

Any other template can be compared the same way: name its file, and give the output to ChatTemplateParityTest as -Dbuckbench.chat=FILE.
The templates next to the test are ours. They have the constructs of the published ones that they name, not their words.
"""

import itertools
import json
import pathlib
import sys

import jinja2
from transformers.utils import chat_template_utils

PROMPT = "Anna owns a ball.\n  Question: does Anna own a ball?\n Answer: "
CALL = {"id": "abcdefghi", "type": "function", "function": {"name": "add", "arguments": {"a": 1, "b": [2.5, None, True], "c": "é\"\\\n"}}}
TOOL = {
    "type": "function",
    "function": {"name": "add", "description": "Adds <numbers> & 'more'", "parameters": {"type": "object", "required": ["a"], "properties": {}}},
}
CONVERSATIONS = {
    "user": [("user", PROMPT)],
    "system": [("system", " Be short. "), ("user", PROMPT)],
    "turns": [("system", ""), ("user", "one"), ("assistant", "<think>\nso\n</think>\n\n two "), ("user", "three 😀"), ("assistant", "\nfour")],
    "thought": [("user", "one"), ("assistant", "<think>\nso\n</think>\n\ntwo")],
    "answered": [("user", "one"), ("assistant", "two"), ("user", "<result>3</result>")],
    "wrong turns": [("user", "one"), ("user", "two")],
    "other role": [("narrator", "one")],
    "empty": [("user", "")],
}
EXPRESSIONS = """
1 + 2 * 3 ** 2 // 4 - 7 % 3 | 7 / 2 | -7 // 2 | -7 % 3 | 2 ** -1 | 1e16 | 1.0e-5 | 0.1 + 0.2 | 100000.0 | 1 < 2 < 3 | 3 > 2 > 2
'a' in 'bab' | 'x' not in ['a'] | 1 in {1: 2} | not 1 == 2 | 1 == 1.0 | true == 1 | none == none | [1, 2] == [1, 2.0] | {'a': 1} == {'a': 1}
'abc'[1] | 'abc'[-1] | 'abc'[::-1] | 'abcdef'[1:-1:2] | [1, 2, 3][5] is defined | 'a😀b'[1] | 'a😀b' and 'a😀b'[2] | [1, 2, 3][:2] | [3, 2, 1][-2:]
'a' * 3 ~ 'b' | 'x' 'y' | 'a' < 'b' | [1, 2] + [3] | (1,) | () | (1, 2) == [1, 2] or 1 | {'a': [1, {'b': none}]} | ['it\\'s', "q\\"'", '\\n\\t\\x00é\\u200b']
missing | missing is defined | missing or 'other' | missing.x | missing[0] | missing + 1 | messages.x | messages[0].x is undefined | messages[9].x
'  a b '|trim | 'xxaxx'|trim('x') | 'aBc dE'|title | 'aBC'|capitalize | 'ß'|upper | 'a,b'.split(',') | ' a  b '.split() | 'a,b,c'.split(',', 1)
'abc'.startswith('a') | 'abc'.endswith(('b', 'c')) | 'aXbX'.replace('X', '-', 1) | 'abab'|replace('a', 'c') | 'x'.join(['a', 'b']) | 'abc'.find('c')
'a\\nb'.splitlines() | '..a.'.strip('.') | 'aab'.lstrip('a') | 'abb'.rstrip('b') | 'abc'.removeprefix('a') | 'a-b'.title() | 'aba'.count('a') | '\\u00a0a'.strip()
[3, 1, 2]|sort | ['b', 'A']|sort|join('+') | [1, 2]|first | []|first is defined | [1, 2]|last | 'abc'|length | {'a': 1}|length | [1, 2]|reverse|list
{'b': 1, 'a': 2}|dictsort | {'b': 1}.items()|list | {'b': 1}|items|list | {'b': 1}.get('c', 5) | {'b': 1}.get('c') | {'b': 1}.keys()|list | {'b': 1}.values()|list
messages|map(attribute='role')|join(',') | ['a', 'b']|map('upper')|list | messages|selectattr('role', 'equalto', 'user')|list|length
messages|rejectattr('role', 'in', ['user'])|map(attribute='content')|list | [0, 1, 2]|select|list | [1, 2, 3]|select('odd')|list | [1, 2]|reject('eq', 1)|list
'5'|int + 1 | 'x'|int(7) | '1.5'|float | 3.9|int | -3|abs | [1, 3]|max | [2, 1]|min | none|default('d') | ''|default('d', true) | missing|d(1)
1 is odd | 2 is even | 4 is divisibleby 2 | 4 is divisibleby(3) | 'a' is string | 1 is number | true is number | true is integer | 1.0 is float | {} is mapping
[] is iterable | [] is sequence | 1 is iterable | none is none | true is true | 1 is true | 1 is boolean | 1 is eq 1 | 1 is lt 2 and 2 is ge 2 | 1 is in [1]
{'a': 'é<&>', 'b': [1, 2.0, none, false]}|tojson | [1, {'a': []}]|tojson(indent=2) | {'b': 1, 'a': 'é'}|tojson(ensure_ascii=true, sort_keys=true)
[1, 2]|tojson(separators=(',', ':')) | 'a\\nb'|indent(2) | 'a\\n\\nb'|indent(2, true) | 'a'|string ~ 1 | range(3)|list | range(5, 0, -2)|list | dict(a=1).a
'yes' if 0 else 'no' | 'yes' if 0 | (1 if none else 2) + 1 | 1 and 0 or 'x' | not none and [] | namespace(a=1).a | 1 if true else missing.x
raise_exception('no') | nothing('x') | 'a' + 1 | 1 / 0 | [1] < ['a'] | messages|length is number | 'a' is not none and 1 | messages[-1]['role'] | 10 - 2 - 3
"""


def expressions():
    for line in EXPRESSIONS.strip().splitlines():
        # A bar between blanks divides expressions; filters have none around theirs.
        yield from line.split(" | ")


def conversations():
    for name, turns in CONVERSATIONS.items():
        yield name, [{"role": role, "content": content} for role, content in turns]
    called = [{"role": "user", "content": "1 + 2"}, {"role": "assistant", "content": "", "tool_calls": [CALL]}]
    yield "called", called + [{"role": "tool", "content": "3", "name": "add"}, {"role": "tool", "content": {"content": 4}}]
    yield "reasoned", [{"role": "user", "content": "1"}, {"role": "assistant", "content": "2", "reasoning_content": "\nwhy\n"}]


def rendered(template, variables):
    """The text, or that there is an error."""
    given = {key: value for key, value in variables.items() if key not in ("messages", "tools", "add_generation_prompt")}
    try:
        texts, _ = chat_template_utils.render_jinja_template(
            [variables["messages"]], variables["tools"], None, template, add_generation_prompt=variables["add_generation_prompt"], **given
        )
        return {"text": texts[0]}
    except (jinja2.exceptions.TemplateError, TypeError, ZeroDivisionError, AttributeError, KeyError, ValueError) as error:
        return {"error": f"{type(error).__name__}: {error}"}


def main():
    tokens = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>"}
    cases = []
    for file in sys.argv[1:]:
        template = pathlib.Path(file).read_text(encoding="utf-8")
        for (name, messages), tools, prompt, more in itertools.product(
            conversations(), (None, [TOOL, TOOL]), (True, False), ({}, {"enable_thinking": False, "tools_in_user_message": False})
        ):
            variables = {**tokens, "messages": messages, "tools": tools, "add_generation_prompt": prompt, "date_string": "1 Feb 2026", **more}
            label = f"{pathlib.Path(file).name}: {name}, tools {tools is not None}, prompt {prompt}, more {len(more)}"
            cases.append((label, template, variables))
    for expression in expressions():
        variables = {**tokens, "messages": [{"role": "user", "content": "a"}], "tools": None, "add_generation_prompt": True}
        cases.append((expression, "{{ " + expression + " }}", variables))
    templates = {}
    for label, template, variables in cases:
        row = {"label": label, "variables": variables, **rendered(template, variables)}
        # A template is written once, before its first case.
        if template not in templates:
            templates[template] = len(templates)
            row["template"] = template
        row["number"] = templates[template]
        print(json.dumps(row, ensure_ascii=False, separators=(",", ":")))


if __name__ == "__main__":
    main()
