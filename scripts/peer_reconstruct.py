"""Turns descriptions into vectors with transformers and peft, to be held against nla's reconstructor.

    pip install torch transformers peft safetensors
    python scripts/peer_reconstruct.py --model DIR --reconstructor DIR --texts rows.jsonl --output reconstructions.safetensors

One JSON object with a "description" a line. The reconstructor is a folder as nla writes it: a LoRA adapter that peft reads and
nla_meta.yaml beside it. reconstructions [N, d] float32: output of decoder block L (transformers' hidden_states[L + 1], before the
final norm) at the last token of the prompt, which is the marker for a marker_hidden read-out; for a value_head read-out it goes
through value_head.safetensors. Texts run one at a time, without padding.
"""
import argparse
import json
from pathlib import Path

import torch
import yaml
from peft import PeftModel
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM, AutoTokenizer


def arguments():
    parser = argparse.ArgumentParser(description="Vectors of descriptions as transformers and peft compute them.")
    parser.add_argument("--model", required=True, help="folder of the base checkpoint")
    parser.add_argument("--reconstructor", required=True, type=Path, help="folder of the adapter, with nla_meta.yaml")
    parser.add_argument("--texts", required=True, help="JSON lines with a description each")
    parser.add_argument("--output", required=True, help="safetensors file to write")
    parser.add_argument("--dtype", default="float32", choices=["float32", "bfloat16"], help="what the model computes in (float32)")
    parser.add_argument("--threads", type=int, default=2, help="CPU threads (2)")
    return parser.parse_args()


def main():
    options = arguments()
    torch.set_num_threads(options.threads)
    meta = yaml.safe_load((options.reconstructor / "nla_meta.yaml").read_text(encoding="utf8"))
    with open(options.texts, encoding="utf8") as lines:
        descriptions = [json.loads(line)["description"] for line in lines]
    tokenizer = AutoTokenizer.from_pretrained(options.model)
    model = AutoModelForCausalLM.from_pretrained(options.model, dtype=getattr(torch, options.dtype))
    layer, layers = meta["extraction_layer_index"], model.config.num_hidden_layers
    if layer == layers - 1:
        model.model.norm = torch.nn.Identity()  # the last entry of hidden_states would be after the final norm
    model = PeftModel.from_pretrained(model, options.reconstructor).eval()
    value_head = meta["ar"]["readout"] == "value_head"
    vectors = []
    for description in descriptions:
        text = meta["prompt_templates"]["ar"].replace("{explanation}", description)
        ids = tokenizer(text if value_head else text + meta["tokens"]["injection_char"], add_special_tokens=False).input_ids
        with torch.no_grad():
            states = model(torch.tensor([ids]), output_hidden_states=True).hidden_states
        vectors.append(states[layer + 1][0, -1].float())
    vectors = torch.stack(vectors)
    if value_head:
        vectors = vectors @ load_file(options.reconstructor / "value_head.safetensors")["value_head.weight"].float().T
    save_file({"reconstructions": vectors}, options.output)


if __name__ == "__main__":
    main()
