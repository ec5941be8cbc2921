"""Writes the activations that transformers computes, to be held against those of `nla data extract`.

    pip install torch transformers peft safetensors
    python scripts/peer_activations.py --model DIR --texts texts.jsonl --layer 21 --output activations.safetensors

One JSON object with a "text" a line. activations [N, d] float32: output of decoder block L at the last token of each text, in the
chat template with the generation prompt (or raw), which is transformers' hidden_states[L + 1] before the final norm; positions [N]:
the index of that token. Texts run one at a time, without padding, and are never cut.
"""
import argparse
import json

import torch
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM, AutoTokenizer


def arguments():
    parser = argparse.ArgumentParser(description="Activations of texts as transformers computes them.")
    parser.add_argument("--model", required=True, help="folder of the checkpoint")
    parser.add_argument("--texts", required=True, help="JSON lines with a text each")
    parser.add_argument("--layer", required=True, type=int, help="block whose output is kept, from 0")
    parser.add_argument("--output", required=True, help="safetensors file to write")
    parser.add_argument("--prompt", default="chat", choices=["chat", "raw"], help="chat template or the bare text (chat)")
    parser.add_argument("--dtype", default="float32", choices=["float32", "bfloat16"], help="what the model computes in (float32)")
    parser.add_argument("--threads", type=int, default=2, help="CPU threads (2)")
    return parser.parse_args()


def token_ids(tokenizer, text, prompt):
    """The tokens of a text, [T]."""
    if prompt == "raw":
        return tokenizer(text).input_ids
    chat = [{"role": "user", "content": text}]
    rendered = tokenizer.apply_chat_template(chat, tokenize=False, add_generation_prompt=True)
    return tokenizer(rendered, add_special_tokens=False).input_ids


def main():
    options = arguments()
    torch.set_num_threads(options.threads)
    with open(options.texts, encoding="utf8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    tokenizer = AutoTokenizer.from_pretrained(options.model)
    model = AutoModelForCausalLM.from_pretrained(options.model, dtype=getattr(torch, options.dtype)).eval()
    outputs = []

    def keep_last(block, arguments, output):
        states = output[0] if isinstance(output, tuple) else output
        outputs.append(states[0, -1].float())

    model.model.layers[options.layer].register_forward_hook(keep_last)
    rows = [token_ids(tokenizer, text, options.prompt) for text in texts]
    with torch.no_grad():
        for row in rows:
            model.model(torch.tensor([row]))
    positions = torch.tensor([len(row) - 1 for row in rows])
    save_file({"activations": torch.stack(outputs), "positions": positions}, options.output)


if __name__ == "__main__":
    main()
