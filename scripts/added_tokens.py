#!/usr/bin/env python3
"""What transformers makes of tokens that tokenizer.json lacks and the files beside it name.

    python scripts/added_tokens.py fixtures/interop/markers/prepend fixtures/interop/added_tokens.json

One case a way of naming such tokens: the files beside a copy of the tokenizer, and the ids that AutoTokenizer gives for some texts.
"""
import json
import pathlib
import shutil
import sys
import tempfile

from transformers import AutoTokenizer

TEXTS = ["a <|x|> b", "a<|x|>b <|y|>  <|z|>", "●<|x|><|x|>s a<|y|>", "<s><|y|>● <|x|>"]


def token(content="<|x|>", **flags):
    return {"content": content, "lstrip": False, "rstrip": False, "normalized": False, "single_word": False, "special": True, **flags}


def decoder(*tokens, first=310):
    return {"added_tokens_decoder": {str(first + i): each for i, each in enumerate(tokens)}}


CASES = {
    "decoder": [decoder(token())],
    "decoder beyond the next id": [decoder(token(), first=400)],
    "decoder in disorder": [{"added_tokens_decoder": {"311": token("<|y|>"), "310": token("<|x|>")}}],
    "decoder lstrip": [decoder(token(lstrip=True))],
    "decoder rstrip": [decoder(token(rstrip=True, special=False))],
    "decoder single_word": [decoder(token(single_word=True))],
    "decoder normalized": [decoder(token(normalized=True, special=False))],
    "decoder of few keys": [decoder({"content": "<|x|>"}, {"content": "<|y|>", "special": True})],
    "decoder of a token of the vocabulary": [{"added_tokens_decoder": {"299": token("●", lstrip=True), "0": token("<unk>")}}],
    "decoder and a name": [{**decoder(token(lstrip=True, special=False)), "bos_token": "<|x|>"}],
    "decoder and a map that does not count": [decoder(token("<|y|>")), {"special_tokens_map": {"bos_token": "<|x|>"}}],
    "empty decoder": [{"added_tokens_decoder": {}}, {"added_tokens": {"<|y|>": 310}}],
    "names": [{"image_token": "<|y|>", "bos_token": "<|x|>", "eos_token": "</s>"}],
    "name as an object": [{"bos_token": {"__type": "AddedToken", **token(lstrip=True)}}],
    "extra": [{"extra_special_tokens": ["<|x|>", "<|y|>"]}],
    "extra by name": [{"extra_special_tokens": {"x": "<|x|>"}}],
    "additional": [{"additional_special_tokens": ["<|x|>", {"__type": "AddedToken", **token("<|y|>", rstrip=True)}]}],
    "extra before additional": [{"additional_special_tokens": ["<|y|>"], "extra_special_tokens": ["<|x|>"]}],
    "map": [{}, {"special_tokens_map": {"bos_token": "<|x|>", "additional_special_tokens": ["<|y|>"]}}],
    "map of objects": [{}, {"special_tokens_map": {"bos_token": token(lstrip=True)}}],
    "map over the settings": [{"bos_token": "<|y|>"}, {"special_tokens_map": {"bos_token": "<|x|>"}}],
    "added": [{}, {"added_tokens": {"<|x|>": 311, "<|y|>": 310}}],
    "added and a name": [{"eos_token": "<|x|>"}, {"added_tokens": {"<|x|>": 310}}],
}


def case(base, config, beside=None):
    files = {"tokenizer_config": {"tokenizer_class": "PreTrainedTokenizerFast", **config}, **(beside or {})}
    with tempfile.TemporaryDirectory() as folder:
        shutil.copyfile(base / "tokenizer.json", pathlib.Path(folder) / "tokenizer.json")
        for name, content in files.items():
            (pathlib.Path(folder) / (name + ".json")).write_text(json.dumps(content))
        reader = AutoTokenizer.from_pretrained(folder)
        texts = [{"text": text, "ids": reader(text, add_special_tokens=False)["input_ids"]} for text in TEXTS]
        return {"files": files, "size": len(reader), "texts": texts}


def main(base, out):
    found = {name: case(base, *files) for name, files in CASES.items()}
    out.write_text(json.dumps(found, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
