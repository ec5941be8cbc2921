"""Writes what Python's re says of regular expressions, for the test of our own: fixtures/names/patterns.json.

    python scripts/python_patterns.py fixtures

The texts are of the kind that modules are called by: ASCII, not empty, in one line. Each entry holds a pattern, which of them it matches whole
(fullmatch) and at the start (match), or an error where re refuses it. Left out is what re refuses for its own lack of means: looking behind by
texts of several lengths, and names of groups that are given twice.
"""
import json
import re
import sys
import warnings
from pathlib import Path

TEXTS = ["a", "A", "b", "ab", "aab", "abab", "a1", "12", "a.b", "a_b", "a-b", "a b", "]", "a]", "^", "q_proj", "a{2}", "aa", "aaaa",
         "{", "\\", "k", "model.layers.0.self_attn.q_proj", "model.layers.12.mlp.down_proj"]
PATTERNS = r"""
a|a*|a+|a?|a{2}|a{2,}|a{,2}|a{1,2}|a{|a{x}|a{2|{|{2}|a{,}
a*?|a+?|a??|a{1,2}?|a**|a*+|a++|a{2}{3}|a?{2}|*a|+|?
(a|b)*|(ab)+|(?:ab|a)b|(a*)*|(a+)+b|(|a)b|()|a||b
[ab]+|[^ab]+|[]a]+|[^]a]+|[a-]+|[-a]+|[a\-z]+|[a-z0-9_]+|[\d.]+|[\w-]+|[^\s]+|[z-a]|[a-\d]|[|[]|[\]]|[\\]|[.^$*]+|[^^]|[a-z&&b]
\d+|\D+|\w+|\W+|\s|\S+|\.|\-|\_|\\|\{|\]|\q|\e|\x61|\u0061|\x6|\141|\0|\b|\bab\b|a\b.*|\Ba|.*\B.*|\Aab\Z|ab\z|[\b]
^a|a$|^a$|^$|$|^|a^b|x$\n|x\n$|x.y|x\n|(?s)x.y|(?m)x$.*|x$|.*$
(?i)A|(?i:a)b|(?-i:a)|(?i)[a-z]+|(?i)K|(?i)[^a]|a(?i)b|(?is)X.Y|(?x)a b|(?a)\w+|(?u)a|(?L)a|(?i)[A-Z_.0-9]+
(?=a)a|(?=b)a|(?!a).|a(?=b)b|a(?!b).*|(?<=a)b|a(?<=a)b|a(?<!b)b|(?<!x)ab|(?<=a*)b|(?<=a|b)b|(?<=ab|a)b|.*(?<=_proj)|.*(?<!mlp)\.\w+
(?P<n>a)b|(?P<n>a)(?P=n)|(?P<n>a)(?P<n>b)|(a)\1|(?P<1>a)|(?#note)a|a(?#x)*|(?>a)b|(?(1)a|b)|(?<n>a)|(?
model\.layers\.\d+\..*|.*\.(q|k)_proj|.*layers\.(?:0|1[0-9])\.(?:self_attn|mlp)\.(?:q|down)_proj|(?:.*?(?:layers).*?(?:self_attn|mlp).*?(?:q_proj|down_proj).*?)
(a|)|[^\n]+|\n|x\n?y?|(^a)+|(a$)*|(?:^|\.)a|(?=a)*a|(\b)+ab|\b*a|^*|$?|(?:)*a
(|)|a)|(a|[a|[^|\
"""
SPLIT = re.compile(r"\|")


def patterns():
    """Every whole line is a pattern, and every part of it between bars; for unbalanced ones that is the point."""
    for line in PATTERNS.strip("\n").split("\n"):
        yield line
        yield from SPLIT.split(line)


def judged(pattern):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compiled = re.compile(pattern)
    except (re.error, RecursionError, OverflowError, ValueError) as error:
        return {"pattern": pattern, "error": str(error)}
    return {"pattern": pattern, "whole": [i for i, text in enumerate(TEXTS) if compiled.fullmatch(text)],
            "start": [i for i, text in enumerate(TEXTS) if compiled.match(text)]}


def main():
    table = [judged(pattern) for pattern in dict.fromkeys(patterns())]
    rows = ",\n".join(json.dumps(row) for row in table if not row.get("error", "").startswith(("look-behind", "redefinition")))
    path = Path(sys.argv[1]) / "names/patterns.json"
    path.write_text(f'{{"texts": {json.dumps(TEXTS)},\n"table": [\n{rows}\n]}}\n', encoding="utf8")


if __name__ == "__main__":
    main()
