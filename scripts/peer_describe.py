"""Describes activations with transformers and peft, to be held against `nla describe`.

    pip install torch transformers peft safetensors
    python scripts/peer_describe.py --model DIR --verbalizer DIR --vectors activations.safetensors --rows 0,5 > descriptions.jsonl

The verbalizer is a folder as nla writes it: a LoRA adapter that peft reads, nla_meta.yaml beside it and, where that says
injection_center: mean, injection_mean.safetensors. The activation, less that mean, is rescaled to the L2 norm of the sidecar and
replaces the marker's embedding; then the model writes greedily up to </explanation> or an end token. One JSON object a line: row,
token_ids (the stop included), text (what stands before the closing tag), finish_reason (stop or length), and with
--log-probabilities those of the tokens and smallest_margin, by how many nats the second likeliest token was beaten where it was closest.
"""
import argparse
import json
import sys
from pathlib import Path

import torch
import yaml
from peft import PeftModel
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, AutoTokenizer, StoppingCriteria

OPEN, CLOSE = "<explanation>", "</explanation>"


def arguments():
    parser = argparse.ArgumentParser(description="Greedy descriptions of activations as transformers and peft compute them.")
    parser.add_argument("--model", required=True, help="folder of the base checkpoint")
    parser.add_argument("--verbalizer", required=True, type=Path, help="folder of the adapter, with nla_meta.yaml")
    parser.add_argument("--vectors", required=True, help="safetensors file with activations [N, d]")
    parser.add_argument("--rows", help="rows of it, as in 0,5,7 (all)")
    parser.add_argument("--av-prompt", choices=["chat", "raw"], help="the prompt's form (what the sidecar says)")
    parser.add_argument("--max-new-tokens", type=int, default=256, help="longest description (256)")
    parser.add_argument("--log-probabilities", action="store_true", help="also print the tokens' log-probabilities")
    parser.add_argument("--dtype", default="float32", choices=["float32", "bfloat16"], help="what the model computes in (float32)")
    parser.add_argument("--threads", type=int, default=2, help="CPU threads (2)")
    return parser.parse_args()


class Closed(StoppingCriteria):
    """Stops a row once its text holds the closing tag."""

    def __init__(self, tokenizer):
        self.tokenizer = tokenizer

    def __call__(self, input_ids, scores, **unused):
        return torch.tensor([CLOSE in self.tokenizer.decode(row, skip_special_tokens=True) for row in input_ids])


def prompt_ids(tokenizer, meta, chat, layers):
    """The prompt's tokens and the marker's place among them."""
    marker, depth = meta["tokens"]["injection_char"], meta["extraction"].get("depth_percent")
    if depth is None:
        depth = int(100 * (meta["extraction_layer_index"] + 0.5) / layers + 0.5)
    text = meta["prompt_templates"]["av"].replace("{injection_char}", marker).replace("{depth}", str(depth))
    if chat:
        text = tokenizer.apply_chat_template([{"role": "user", "content": text}], tokenize=False, add_generation_prompt=True)
    ids = tokenizer(text, add_special_tokens=not chat).input_ids
    if ids.count(meta["tokens"]["injection_token_id"]) != 1:
        sys.exit(f"the marker {marker} must occur exactly once in the prompt: {text}")
    return ids, ids.index(meta["tokens"]["injection_token_id"])


def injected(folder, meta, activations):
    """Activations [N, d], centred where the sidecar says so, rescaled to its norm."""
    if meta["extraction"].get("injection_center", "none") == "mean":
        activations = activations - load_file(folder / "injection_mean.safetensors")["mean"]
    norms = activations.norm(dim=1, keepdim=True).clamp_min(1e-12)
    return activations * (meta["extraction"]["injection_scale"] / norms)


def ended(tokenizer, tokens, eos):
    """How many tokens belong to a description, and whether it ended by itself."""
    for n, token in enumerate(tokens, 1):
        if token in eos or CLOSE in tokenizer.decode(tokens[:n], skip_special_tokens=True):
            return n, True
    return len(tokens), False


def body(text):
    """What stands before the first closing tag and behind the last opening tag before that; an unclosed text without its tags."""
    if CLOSE in text:
        return text.split(CLOSE)[0].split(OPEN)[-1].strip()
    return text.replace(OPEN, "").strip()


def main():
    options = arguments()
    torch.set_num_threads(options.threads)
    meta = yaml.safe_load((options.verbalizer / "nla_meta.yaml").read_text(encoding="utf8"))
    tokenizer = AutoTokenizer.from_pretrained(options.model)
    base = AutoModelForCausalLM.from_pretrained(options.model, dtype=getattr(torch, options.dtype))
    model = PeftModel.from_pretrained(base, options.verbalizer).eval()
    activations = load_file(options.vectors)["activations"].float()
    rows = [int(row) for row in options.rows.split(",")] if options.rows else list(range(len(activations)))
    chat = options.av_prompt == "chat" if options.av_prompt else meta["training"]["chat_template"]
    prompt, place = prompt_ids(tokenizer, meta, chat, base.config.num_hidden_layers)
    ids = torch.tensor([prompt] * len(rows))
    with torch.no_grad():
        embeddings = model.get_input_embeddings()(ids).clone()
        embeddings[:, place] = injected(options.verbalizer, meta, activations[rows]).to(embeddings.dtype)
        out = model.generate(inputs_embeds=embeddings, attention_mask=torch.ones_like(ids), do_sample=False,
                             max_new_tokens=options.max_new_tokens, stopping_criteria=[Closed(tokenizer)],
                             return_dict_in_generate=True, output_logits=options.log_probabilities)
    eos = model.generation_config.eos_token_id
    eos = eos if isinstance(eos, list) else [eos]
    for i, row in enumerate(rows):
        tokens = out.sequences[i].tolist()
        count, stopped = ended(tokenizer, tokens, eos)
        tokens = tokens[:count]
        result = {"row": row, "token_ids": tokens, "text": body(tokenizer.decode(tokens, skip_special_tokens=True)),
                  "finish_reason": "stop" if stopped else "length"}
        if options.log_probabilities:
            scores = torch.stack([step[i] for step in out.logits[:count]]).float().log_softmax(-1)
            result["log_probabilities"] = scores.gather(1, torch.tensor(tokens)[:, None])[:, 0].tolist()
            best = scores.topk(2).values
            result["smallest_margin"] = (best[:, 0] - best[:, 1]).min().item()
        print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
