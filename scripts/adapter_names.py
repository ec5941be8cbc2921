"""Writes what peft computes with adapters that name their modules in many ways, for the tests in fixtures/names.

    python scripts/adapter_names.py fixtures        # FOLDER/golden.safetensors for every adapter in fixtures/names

Each golden.safetensors holds input_ids, attention_mask [1, 8], logits [1, 8, vocabulary] and hidden_states [layers + 1, 1, 8, d] under
the adapter. names/gemma3/adapter/merged.safetensors holds the weights of the first and the last block after merge_and_unload, as
save_pretrained names them. The adapters themselves were written by peft 0.21.2 over fixtures/llama and a random Gemma 3 that sees
pictures; before_4_52 is the one that has the names of older transformers.
"""
import sys
import tempfile
from pathlib import Path

import torch
from peft import PeftModel
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM


def loaded(base, adapter):
    return PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32), adapter).eval()


def golden(model, path):
    vocabulary = model.config.get_text_config().vocab_size
    ids = torch.randint(3, vocabulary - 10, (1, 8), generator=torch.Generator().manual_seed(0))
    mask = torch.ones_like(ids)
    with torch.no_grad():
        out = model(input_ids=ids, attention_mask=mask, output_hidden_states=True)
    save_file(dict(input_ids=ids, attention_mask=mask, logits=out.logits, hidden_states=torch.stack(out.hidden_states)), path)
    print(path)


def merged(base, adapter, path):
    with tempfile.TemporaryDirectory() as folder:
        loaded(base, adapter).merge_and_unload().save_pretrained(folder)
        tensors = load_file(Path(folder) / "model.safetensors")
    save_file({name: t for name, t in tensors.items() if "model.layers.0." in name or "model.layers.3." in name}, path)
    print(path)


def main():
    fixtures = Path(sys.argv[1])
    for family, base in (("gemma3", fixtures / "names/gemma3"), ("llama", fixtures / "llama")):
        for config in sorted((fixtures / "names" / family).glob("*/adapter_config.json")):
            golden(loaded(base, config.parent), config.parent / "golden.safetensors")
    merged(fixtures / "names/gemma3", fixtures / "names/gemma3/adapter", fixtures / "names/gemma3/adapter/merged.safetensors")


if __name__ == "__main__":
    main()
