"""Compares a merged checkpoint with base and adapter under peft, both loaded by transformers: merged.py BASE ADAPTER MERGED.

Prints the largest difference of a logit, the largest logit, and whether 16 greedy tokens are the same.
"""
import os
import sys

import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer

base, adapter, merged = sys.argv[1:]
ids = torch.tensor([[5, 17, 200, 44, 9, 3, 120, 61, 250, 7]])


def run(model):
    model.eval()
    with torch.no_grad():
        logits = model(input_ids=ids).logits
        tokens = model.generate(input_ids=ids, attention_mask=torch.ones_like(ids), max_new_tokens=16, do_sample=False)
    return logits.float(), tokens


load = lambda folder: AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
expected, there = run(PeftModel.from_pretrained(load(base), adapter))
found, here = run(load(merged))
print((found - expected).abs().max().item())
print(expected.abs().max().item())
print(torch.equal(there, here))
if os.path.exists(os.path.join(base, "tokenizer.json")):
    text = "The river froze early that year."
    assert AutoTokenizer.from_pretrained(merged)(text)["input_ids"] == AutoTokenizer.from_pretrained(base)(text)["input_ids"]
