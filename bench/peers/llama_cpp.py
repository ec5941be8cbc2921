#!/usr/bin/env python3
"""Greedy decoding of one sequence on the CPU with llama.cpp, through llama-cpp-python. Prints one JSON line.

    pip install llama-cpp-python
    python llama_cpp.py --gguf FILE.gguf --new-tokens 128

The time covers the decoding steps after the prompt: one token in, one token chosen. The end-of-text token does not stop
it. One untimed repeat warms up.
"""
from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import sys
import time

PROMPT = "The harbour lay quiet in the early morning, and"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Greedy decoding at batch 1 with llama.cpp.")
    parser.add_argument("--gguf", required=True, metavar="FILE", help="model file")
    numbers = dict(new_tokens=128, threads=2, repeat=5)
    for name, default in numbers.items():
        parser.add_argument("--" + name.replace("_", "-"), type=int, default=default, help=f"({default})")
    options = parser.parse_args()
    if min(options.new_tokens, options.threads, options.repeat) < 1:
        parser.error("--new-tokens, --threads and --repeat must be at least 1")
    if not os.path.isfile(options.gguf):
        parser.error(f"--gguf: no file {options.gguf}")
    return options


def load_model(options: argparse.Namespace):
    """The model with room for the prompt and the new tokens."""
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path = [path for path in sys.path if os.path.abspath(path) != here]  # else the import below finds this file
    try:
        from llama_cpp import Llama
    except ImportError as missing:
        sys.exit(f"llama_cpp.py: {missing}: pip install llama-cpp-python")
    threads, room = options.threads, options.new_tokens + 64
    return Llama(options.gguf, n_ctx=room, n_threads=threads, n_threads_batch=threads, n_gpu_layers=0, verbose=False)


def decode(model, prompt: list[int], count: int) -> float:
    """Seconds for count decoding steps after the prompt, starting from an empty cache."""
    model.reset()
    tokens = model.generate(prompt, temp=0.0, repeat_penalty=1.0)
    next(tokens)  # reads the prompt
    start = time.perf_counter()
    for _ in range(count):
        next(tokens)
    return time.perf_counter() - start


def main() -> None:
    options = arguments()
    model = load_model(options)
    prompt = model.tokenize(PROMPT.encode())
    decode(model, prompt, options.new_tokens)
    seconds = statistics.median(decode(model, prompt, options.new_tokens) for _ in range(options.repeat))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1 << 20 if sys.platform == "darwin" else 1 << 10)
    result = {"work": "decode", "file": os.path.basename(options.gguf), "tokens_per_s": options.new_tokens / seconds}
    print(json.dumps(result | {"seconds": round(seconds, 4), "peak_rss_mb": peak}))


if __name__ == "__main__":
    main()
