"""What the card of a published verbalizer tells to do, done by transformers and peft: published_adapter.py TOKENIZER TEMPLATE TEXT OUTPUT.

Makes OUTPUT/model, a random model of Qwen2's shape (28 layers, real vocabulary), and OUTPUT/adapter, a random adapter as peft leaves it,
and writes what each step gives to OUTPUT/steps.safetensors: the prompts' ids, the activation, the injected embedding, the greedy tokens.
"""
import json
import shutil
import sys
from pathlib import Path

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from safetensors.torch import save_file
from transformers import AutoTokenizer, Qwen2Config, Qwen2ForCausalLM

tokenizer_folder, template_file, text, output = sys.argv[1:]
output = Path(output)
LAYER, LAYERS, NORM, MARKER, NEW_TOKENS = 20, 28, 150.0, "㈎", 32

torch.manual_seed(0)
config = Qwen2Config(
    vocab_size=152064, hidden_size=64, intermediate_size=96, num_hidden_layers=LAYERS, num_attention_heads=4,
    num_key_value_heads=2, max_position_embeddings=2048, rope_theta=1e6, tie_word_embeddings=False,
    bos_token_id=151643, eos_token_id=151645, initializer_range=0.05,
)
Qwen2ForCausalLM(config).save_pretrained(output / "model")
for name in ("tokenizer.json", "tokenizer_config.json"):
    shutil.copy(Path(tokenizer_folder) / name, output / "model" / name)
base = Qwen2ForCausalLM.from_pretrained(output / "model", dtype=torch.float32)
lora = LoraConfig(
    task_type="CAUSAL_LM", r=32, lora_alpha=64, lora_dropout=0.05, init_lora_weights=False,
    target_modules=["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"],
)
fresh = get_peft_model(base, lora)
for name, parameter in fresh.named_parameters():
    if "lora_B" in name:
        parameter.data.mul_(0.2)
fresh.save_pretrained(output / "adapter")
(output / "adapter" / "README.md").unlink()
saved = json.loads((output / "adapter" / "adapter_config.json").read_text())
saved["base_model_name_or_path"] = "Qwen/Qwen2.5-7B-Instruct"
(output / "adapter" / "adapter_config.json").write_text(json.dumps(saved))

base = Qwen2ForCausalLM.from_pretrained(output / "model", dtype=torch.float32).eval()
tokenizer = AutoTokenizer.from_pretrained(output / "model")
with torch.no_grad():
    # 1. The output of block 20 at the last token of the chat prompt, from the first forward pass.
    chat = tokenizer.apply_chat_template([{"role": "user", "content": text}], tokenize=False, add_generation_prompt=True)
    chat_ids = tokenizer(chat, add_special_tokens=False, return_tensors="pt").input_ids
    taken = []
    hook = base.model.layers[LAYER].register_forward_hook(
        lambda module, inputs, out: taken.append((out[0] if isinstance(out, tuple) else out)[0, -1].clone()))
    base(chat_ids, attention_mask=torch.ones_like(chat_ids))
    hook.remove()
    # 2. Scaled to the norm.
    injected = taken[0] * (NORM / taken[0].norm().clamp_min(1e-12))
    # 3. The prompt, raw, and the one place of the marker.
    depth = round(100 * (LAYER + 0.5) / LAYERS)
    prompt = Path(template_file).read_text().replace("{depth}", str(depth)).replace("{injection_char}", MARKER)
    prompt_ids = tokenizer(prompt, add_special_tokens=True, return_tensors="pt").input_ids
    (place,) = (prompt_ids[0] == tokenizer.encode(MARKER, add_special_tokens=False)[0]).nonzero().flatten().tolist() or [-1]
    # 4. Embeddings with that row exchanged.
    model = PeftModel.from_pretrained(base, output / "adapter").eval()
    embeddings = model.get_input_embeddings()(prompt_ids)
    embeddings[0, place] = injected
    greedy = model.generate(
        inputs_embeds=embeddings, attention_mask=torch.ones_like(prompt_ids), max_new_tokens=NEW_TOKENS,
        do_sample=False, pad_token_id=tokenizer.eos_token_id,
    )
save_file(
    {"chat_ids": chat_ids[0], "prompt_ids": prompt_ids[0], "place": torch.tensor([place]), "activation": taken[0],
     "injected": injected, "greedy": greedy[0].contiguous()},
    output / "steps.safetensors",
)
