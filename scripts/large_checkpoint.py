"""Writes a checkpoint of a known model's shape whose weights are random: what memory and time are measured with where the model is not at hand.

    python3 scripts/large_checkpoint.py --like qwen2.5-7b --tokenizer DIR --output DIR

It needs nothing but Python, writes bfloat16 in shards, a piece at a time, and takes little memory. Matrices have deviation 0.02, norms are 1, biases
0; all come from four million numbers drawn with --seed, gone through from another place for each piece. DIR of --tokenizer is a folder with
tokenizer.json, which is copied.
"""
import argparse
import array
import json
import random
import shutil
import struct
from pathlib import Path

# Layers, width, inner width, heads, heads of keys, vocabulary, whether the head is the embedding.
SHAPES = {
    "qwen2.5-0.5b": (24, 896, 4864, 14, 2, 151936, True),
    "qwen2.5-1.5b": (28, 1536, 8960, 12, 2, 151936, True),
    "qwen2.5-7b": (28, 3584, 18944, 28, 4, 152064, False),
}
DRAWN = 1 << 22
PIECE = 1 << 20
SHARD = 4 << 30


def config(shape):
    layers, width, inner, heads, kv, vocabulary, tied = shape
    return dict(architectures=["Qwen2ForCausalLM"], model_type="qwen2", hidden_size=width, intermediate_size=inner, num_hidden_layers=layers,
                num_attention_heads=heads, num_key_value_heads=kv, vocab_size=vocabulary, tie_word_embeddings=tied, hidden_act="silu",
                max_position_embeddings=32768, rms_norm_eps=1e-6, rope_theta=1000000.0, use_sliding_window=False, torch_dtype="bfloat16",
                bos_token_id=151643, eos_token_id=151645)


def tensors(shape):
    """Names and dimensions, block after block."""
    layers, width, inner, heads, kv, vocabulary, tied = shape
    keys = width // heads * kv
    yield "model.embed_tokens.weight", [vocabulary, width]
    for i in range(layers):
        at = f"model.layers.{i}."
        for name, out in (("q", width), ("k", keys), ("v", keys)):
            yield f"{at}self_attn.{name}_proj.weight", [out, width]
            yield f"{at}self_attn.{name}_proj.bias", [out]
        yield f"{at}self_attn.o_proj.weight", [width, width]
        yield f"{at}mlp.gate_proj.weight", [inner, width]
        yield f"{at}mlp.up_proj.weight", [inner, width]
        yield f"{at}mlp.down_proj.weight", [width, inner]
        yield f"{at}input_layernorm.weight", [width]
        yield f"{at}post_attention_layernorm.weight", [width]
    yield "model.norm.weight", [width]
    if not tied:
        yield "lm_head.weight", [vocabulary, width]


def halves(numbers):
    """The upper halves of single precision, little-endian: bfloat16."""
    single = struct.pack(f"<{len(numbers)}f", *numbers)
    half = bytearray(2 * len(numbers))
    half[0::2] = single[2::4]
    half[1::2] = single[3::4]
    return bytes(half)


def size(dimensions):
    numbers = 1
    for each in dimensions:
        numbers *= each
    return 2 * numbers


def shards(all_tensors):
    shard, taken = [], 0
    for name, dimensions in all_tensors:
        if shard and taken + size(dimensions) > SHARD:
            yield shard
            shard, taken = [], 0
        shard.append((name, dimensions))
        taken += size(dimensions)
    yield shard


def write(path, shard, drawn, places):
    header, at = {}, 0
    for name, dimensions in shard:
        header[name] = dict(dtype="BF16", shape=dimensions, data_offsets=[at, at + size(dimensions)])
        at += size(dimensions)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for name, dimensions in shard:
            left = size(dimensions)
            if len(dimensions) == 1:
                file.write(halves([0.0 if name.endswith("bias") else 1.0]) * (left // 2))
                left = 0
            while left:
                count = min(left, PIECE)
                begin = 2 * places.randrange((len(drawn) - PIECE) // 2)
                file.write(drawn[begin:begin + count])
                left -= count
    return at


def main():
    parser = argparse.ArgumentParser(description="A random checkpoint of a known model's shape.")
    parser.add_argument("--like", required=True, choices=SHAPES)
    parser.add_argument("--tokenizer", required=True, type=Path)
    parser.add_argument("--output", required=True, type=Path)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    shape = SHAPES[options.like]
    options.output.mkdir(parents=True)
    (options.output / "config.json").write_text(json.dumps(config(shape), indent=2))
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(options.tokenizer / name, options.output / name)
    places = random.Random(options.seed)
    drawn = halves(array.array("f", (places.gauss(0, 0.02) for _ in range(DRAWN))))
    parts = list(shards(tensors(shape)))
    places_of, written = {}, 0
    for number, shard in enumerate(parts, 1):
        name = f"model-{number:05}-of-{len(parts):05}.safetensors"
        written += write(options.output / name, shard, drawn, places)
        places_of.update((tensor, name) for tensor, _ in shard)
    index = dict(metadata=dict(total_size=written), weight_map=places_of)
    (options.output / "model.safetensors.index.json").write_text(json.dumps(index, indent=1))
    print(f"{options.output}: {written / 1e9:.2f} GB in {len(parts)} shards")


if __name__ == "__main__":
    main()
