"""A checkpoint as transformers writes it in shards: shards.py MODEL OUTPUT SHARD_SIZE."""
import sys

import torch
from transformers import AutoModelForCausalLM

model = AutoModelForCausalLM.from_pretrained(sys.argv[1], dtype=torch.float32)
model.save_pretrained(sys.argv[2], max_shard_size=sys.argv[3])
