"""Writes a tiny random checkpoint of a model family and a LoRA adapter for it: what the golden values in fixtures/ are made from.

    pip install torch transformers peft safetensors
    python scripts/tiny_checkpoint.py --family gemma3_text --output fixtures/gemma3_text
    python scripts/golden.py --model fixtures/gemma3_text --adapter fixtures/gemma3_text/adapter --output fixtures/gemma3_text --injection-norm 3

Every weight is drawn at random, norms too, so that each of them matters. The sliding window is shorter than the golden sequences. The
same weights in bfloat16 go to bf16/; adapter/ has rank 4, alpha 8, both factors random.
"""
import argparse
from pathlib import Path

import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoConfig, AutoModelForCausalLM

SHARED = dict(vocab_size=320, hidden_size=48, intermediate_size=96, num_hidden_layers=4, num_attention_heads=4, num_key_value_heads=2,
              max_position_embeddings=256, bos_token_id=1, eos_token_id=2, pad_token_id=0)
SEPARATE = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
FAMILIES = {
    "mistral": dict(head_dim=20, sliding_window=7, rope_theta=10_000.0, tie_word_embeddings=False),
    "phi3": dict(sliding_window=6, rope_theta=10_000.0, partial_rotary_factor=0.5, tie_word_embeddings=False,
                 original_max_position_embeddings=256),
    "gemma3_text": dict(head_dim=16, query_pre_attn_scalar=24, sliding_window=5,
                        layer_types=["sliding_attention", "sliding_attention", "full_attention", "sliding_attention"],
                        rope_parameters={"full_attention": {"rope_type": "linear", "factor": 2.0, "rope_theta": 1_000_000.0},
                                         "sliding_attention": {"rope_type": "default", "rope_theta": 10_000.0}}),
}
TARGETS = {"phi3": ["qkv_proj", "o_proj", "gate_up_proj", "down_proj"]}


def drawn(model):
    """The model with every parameter drawn anew: matrices of deviation 0.08, embeddings of 0.5, norms around what they start from."""
    for name, parameter in model.named_parameters():
        if "norm" in name:
            parameter.data.add_(0.2 * torch.randn_like(parameter))
        else:
            parameter.data.normal_(0, 0.5 if "embed_tokens" in name else 0.08)
    return model


def main():
    parser = argparse.ArgumentParser(description="A tiny random checkpoint with a LoRA adapter.")
    parser.add_argument("--family", required=True, choices=FAMILIES)
    parser.add_argument("--output", required=True, type=Path)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    config = AutoConfig.for_model(options.family, **SHARED, **FAMILIES[options.family])
    model = drawn(AutoModelForCausalLM.from_config(config, dtype=torch.float32))
    model.save_pretrained(options.output)
    targets = TARGETS.get(options.family, SEPARATE)
    adapted = get_peft_model(model, LoraConfig(r=4, lora_alpha=8, target_modules=targets, task_type="CAUSAL_LM"))
    for name, parameter in adapted.named_parameters():
        if "lora_" in name:
            parameter.data.normal_(0, 0.1)
    adapted.save_pretrained(options.output / "adapter")
    adapted.unload().to(torch.bfloat16).save_pretrained(options.output / "bf16")


if __name__ == "__main__":
    main()
