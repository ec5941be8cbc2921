#!/usr/bin/env python3
"""Small tokenizers that put a blank (U+2581) in front of texts, each in its own way, with the ids that transformers gives.

    python scripts/marker_tokenizers.py fixtures/interop/markers

Each folder is in the style of one kind of checkpoint: Llama 2 and Mistral 7B (Prepend), their newer conversions (Metaspace first and
always), Gemma (never), and vocabularies in which a marker merges with a blank, is spelled in bytes, is normalized away or is an added
token. The golden file says what AutoTokenizer makes of some prompts and which of the project's markers stands in them as one token.
"""
import json
import pathlib
import sys

from transformers import AutoTokenizer

MARKERS = ["㈎", "●", "◆", "■", "★"]
TEMPLATE = ("{{ bos_token }}{% for m in messages %}{% if m['role'] == 'user' %}{{ '[INST] ' + m['content'] + ' [/INST]' }}"
            "{% else %}{{ ' ' + m['content'] + eos_token }}{% endif %}{% endfor %}")
PROMPTS = ["<concept>%s</concept>\n\n<explanation>", "<concept> %s </concept>\n\n<explanation>", "%s"]


def vocabulary(markers, merged):
    tokens = ["<unk>", "<s>", "</s>"] + ["<0x%02X>" % i for i in range(256)] + ["▁", "\n"]
    tokens += list("<>/[]INST:.,abcdefghijklmnopqrstuvwxyz") + markers
    merges = [["▁", "<"], ["c", "o"], ["n", "c"], ["▁", "["], ["I", "N"], ["S", "T"], ["IN", "ST"], ["▁", "a"], ["e", "x"]]
    merges += [["▁", marker] for marker in merged]
    tokens += ["".join(merge) for merge in merges]
    return {token: i for i, token in enumerate(tokens)}, merges


def tokenizer(normalizer, pre_tokenizer, markers=("●", "◆"), merged=(), added=(), strip=True):
    vocab, merges = vocabulary(list(markers), merged)
    special = [{"id": i, "content": t, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
                "special": True} for i, t in enumerate(["<unk>", "<s>", "</s>"])]
    more = [{"id": len(vocab) + i, "content": t, "single_word": False, "lstrip": True, "rstrip": True,
             "normalized": False, "special": False} for i, t in enumerate(added)]
    decoders = [{"type": "Replace", "pattern": {"String": "▁"}, "content": " "}, {"type": "ByteFallback"}, {"type": "Fuse"}]
    decoders += [{"type": "Strip", "content": " ", "start": 1, "stop": 0}] if strip else []
    single = [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}]
    pair = single + [{"Sequence": {"id": "B", "type_id": 1}}]
    return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": special + more,
            "normalizer": normalizer, "pre_tokenizer": pre_tokenizer,
            "post_processor": {"type": "TemplateProcessing", "single": single, "pair": pair,
                               "special_tokens": {"<s>": {"id": "<s>", "ids": [1], "tokens": ["<s>"]}}},
            "decoder": {"type": "Sequence", "decoders": decoders},
            "model": {"type": "BPE", "dropout": None, "unk_token": "<unk>", "continuing_subword_prefix": None,
                      "end_of_word_suffix": None, "fuse_unk": True, "byte_fallback": True, "ignore_merges": False,
                      "vocab": vocab, "merges": merges}}


def sequence(*normalizers):
    return {"type": "Sequence", "normalizers": list(normalizers)}


def metaspace(scheme):
    return {"type": "Metaspace", "replacement": "▁", "prepend_scheme": scheme, "split": False}


BLANKS = {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}
PREPEND = {"type": "Prepend", "prepend": "▁"}
KINDS = {
    "prepend": tokenizer(sequence(PREPEND, BLANKS), None),
    "metaspace-first": tokenizer(None, metaspace("first")),
    "metaspace-always": tokenizer(None, metaspace("always")),
    "metaspace-never": tokenizer(None, metaspace("never"), strip=False),
    "merges": tokenizer(sequence(PREPEND, BLANKS), None, markers=("㈎", "●"), merged=("㈎",)),
    "bytes": tokenizer(sequence(PREPEND, BLANKS), None, markers=("★",)),
    "nfkc": tokenizer(sequence({"type": "NFKC"}, PREPEND, BLANKS), None, markers=("㈎", "■")),
    "added": tokenizer(sequence(PREPEND, BLANKS), None, markers=("◆",), added=("●",)),
}


def golden(folder):
    reader = AutoTokenizer.from_pretrained(folder)
    prompts = []
    for marker in MARKERS:
        for prompt in PROMPTS:
            text = prompt % marker
            messages = [{"role": "user", "content": text}]
            chat = reader.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
            for kind, ids in (("raw", reader(text)["input_ids"]), ("chat", reader(chat, add_special_tokens=False)["input_ids"])):
                names = reader.convert_ids_to_tokens(ids)
                places = [i for i, name in enumerate(names) if name.strip("▁") == marker]
                prompts.append({"marker": marker, "template": prompt.replace("%s", "{injection_char}"), "kind": kind,
                                "ids": ids, "place": places[0] if len(places) == 1 else -1})
    return prompts


def main(root):
    found = {}
    for name, made in KINDS.items():
        folder = root / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "tokenizer.json").write_text(json.dumps(made, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
        config = {"tokenizer_class": "PreTrainedTokenizerFast", "bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>",
                  "chat_template": TEMPLATE}
        (folder / "tokenizer_config.json").write_text(json.dumps(config, ensure_ascii=False, indent=1), encoding="utf-8")
        found[name] = golden(folder)
    (root / "golden.json").write_text(json.dumps(found, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
