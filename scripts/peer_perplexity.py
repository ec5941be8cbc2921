#!/usr/bin/env python3
"""Perplexity of conversations under transformers: one JSON line, for comparing with what nla computes.

    python scripts/peer_perplexity.py MODEL CONVERSATIONS.jsonl [LIMIT]

Rows of the validation split, rendered by the tokenizer's own chat template; every token but the first counts.
"""
import json
import math
import sys

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer


def main(folder, file, limit=512):
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    total, count = 0.0, 0
    rows = (json.loads(line) for line in open(file, encoding="utf-8"))
    for row in [row for row in rows if row["split"] == "validation"][: int(limit)]:
        request = tokenizer.apply_chat_template(
            [{"role": "user", "content": row["text"]}], tokenize=False, add_generation_prompt=True
        )
        ids = tokenizer(request, add_special_tokens=False)["input_ids"]
        ids += tokenizer(row["description"], add_special_tokens=False)["input_ids"] + [tokenizer.eos_token_id]
        batch = torch.tensor([ids])
        with torch.no_grad():
            total += float(model(batch, labels=batch).loss) * (len(ids) - 1)
        count += len(ids) - 1
    print(json.dumps({"perplexity": math.exp(total / count), "tokens": count}))


if __name__ == "__main__":
    main(*sys.argv[1:])
