"""Does what `nla describe --vector` does with transformers and peft, so that both can be compared.

    pip install torch transformers peft safetensors pyyaml
    python scripts/describe.py --model DIR --verbalizer DIR --vector F.safetensors --row 0
    ./nla describe --model DIR --verbalizer DIR --vector F.safetensors --row 0 --json

Prints one JSON line: text, token_ids (up to the closing tag, an end token or --max-new-tokens), marker_position. Greedy, float32.
"""
import argparse
import json
from pathlib import Path

import torch
import yaml
from peft import PeftModel
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, AutoTokenizer

OPEN, CLOSE = "<explanation>", "</explanation>"


def arguments():
    parser = argparse.ArgumentParser(description="`nla describe --vector` with transformers and peft.")
    parser.add_argument("--model", required=True, help="folder of the base model")
    parser.add_argument("--verbalizer", required=True, type=Path, help="folder of the adapter, with nla_meta.yaml")
    parser.add_argument("--vector", required=True, help="safetensors file with activations [N, d]")
    parser.add_argument("--row", type=int, default=0)
    parser.add_argument("--av-prompt", choices=["chat", "raw"], help="default: as the adapter was trained")
    parser.add_argument("--max-new-tokens", type=int, default=256)
    return parser.parse_args()


def prompt_ids(tokenizer, meta, layers, style):
    """The verbalizer's prompt as tokens."""
    depth = meta.get("extraction", {}).get("depth_percent")
    if depth is None and "extraction_layer_index" in meta:
        depth = round(100 * (meta["extraction_layer_index"] + 0.5) / layers)
    text = meta["prompt_templates"]["av"].replace("{injection_char}", meta["tokens"]["injection_char"])
    text = text.replace("{depth}", str(depth))
    chat = meta.get("training", {}).get("chat_template", True) if style is None else style == "chat"
    if not chat:
        return tokenizer.encode(text)
    turn = [dict(role="user", content=text)]
    rendered = tokenizer.apply_chat_template(turn, tokenize=False, add_generation_prompt=True)
    return tokenizer.encode(rendered, add_special_tokens=False)


def injected(meta, folder, vector):
    """The vector as it is put in place of the marker's embedding."""
    if meta["extraction"].get("injection_center", "none") == "mean":
        vector = vector - load_file(folder / "injection_mean.safetensors")["mean"].float()
    return vector * (meta["extraction"]["injection_scale"] / vector.norm().clamp_min(1e-12))


def generate(model, tokenizer, embeddings, limit):
    """The likeliest tokens after the prompt, one at a time."""
    ends = model.generation_config.eos_token_id
    ends = set(ends if isinstance(ends, list) else [ends])
    chosen, cache = [], None
    with torch.no_grad():
        while len(chosen) < limit:
            out = model(inputs_embeds=embeddings, past_key_values=cache, use_cache=True)
            cache = out.past_key_values
            chosen.append(int(out.logits[0, -1].argmax()))
            if chosen[-1] in ends or CLOSE in tokenizer.decode(chosen):
                break
            embeddings = model.get_input_embeddings()(torch.tensor([[chosen[-1]]]))
    return chosen


def main():
    options = arguments()
    tokenizer = AutoTokenizer.from_pretrained(options.model)
    base = AutoModelForCausalLM.from_pretrained(options.model, dtype=torch.float32).eval()
    model = PeftModel.from_pretrained(base, options.verbalizer).eval()
    meta = yaml.safe_load((options.verbalizer / "nla_meta.yaml").read_text(encoding="utf8"))
    ids = prompt_ids(tokenizer, meta, base.config.num_hidden_layers, options.av_prompt)
    assert ids.count(meta["tokens"]["injection_token_id"]) == 1, "the marker must occur once"
    at = ids.index(meta["tokens"]["injection_token_id"])
    with torch.no_grad():
        embeddings = model.get_input_embeddings()(torch.tensor([ids])).clone()
    vector = load_file(options.vector)["activations"][options.row].float()
    embeddings[0, at] = injected(meta, options.verbalizer, vector)
    chosen = generate(model, tokenizer, embeddings, options.max_new_tokens)
    text = tokenizer.decode(chosen, skip_special_tokens=True)
    if OPEN in text:
        text = text[text.rindex(OPEN) + len(OPEN):]
    text = text.split(CLOSE)[0].strip()
    print(json.dumps(dict(text=text, token_ids=chosen, marker_position=at), ensure_ascii=False))


if __name__ == "__main__":
    main()
