"""A LoRA adapter that peft writes, with everything its configuration can vary: peft_adapter.py MODEL OUTPUT."""
import sys

import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM

torch.manual_seed(0)
config = LoraConfig(
    task_type="CAUSAL_LM", r=4, lora_alpha=6, use_rslora=True, lora_dropout=0.1, init_lora_weights=False,
    target_modules=["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"],
    layers_to_transform=[0, 2, 3, 11, 12, 20, 21, 29],
    rank_pattern={"layers.3.self_attn.q_proj": 12, "down_proj": 2, r"model\.layers\.2\d\.self_attn\.v_proj": 8},
    alpha_pattern={"layers.3.self_attn.q_proj": 3, r"layers\.(2|12)\.mlp\.(gate|up)_proj": 16},
)
model = get_peft_model(AutoModelForCausalLM.from_pretrained(sys.argv[1], dtype=torch.float32), config)
for name, parameter in model.named_parameters():
    if "lora_B" in name:
        parameter.data.mul_(0.05)
model.save_pretrained(sys.argv[2])
