#!/usr/bin/env python3
"""The work of `nla bench extract|sft|generate|grpo`, done with transformers and peft on the CPU. Prints one JSON line.

extract   output of block --layer at the last token of each text in the chat template
sft       training steps of the verbalizer's adapter (rank 32, all seven projections) on descriptions
generate  sampling of descriptions of exactly --new-tokens tokens
grpo      a step samples --group descriptions for each of --batch texts, rewards how much closer the reconstructor's
          adapter gets to the right vector than to the nearest of three others, and updates the verbalizer's adapter.
          --style sequential takes descriptions one at a time and reads each once for every vector it is compared with

Injected vectors are random (seeded): only the cost is measured. An untimed call warms up, except in grpo.
"""
from __future__ import annotations

import argparse
import json
import resource
import sys
import time

import torch
import torch.nn.functional as F
from peft import LoraConfig, get_peft_model
from torch.nn.utils.rnn import pad_sequence
from transformers import AutoModelForCausalLM, AutoTokenizer

MARKER = "●"
PROMPT = """\
You are a meticulous AI researcher conducting an important investigation into activation vectors from a language \
model. Your overall task is to describe the semantic content of that activation vector.

We will pass the vector enclosed in <concept> tags into your context, along with the network depth where it was \
extracted. You must then produce an explanation for the vector, enclosed within <explanation> tags. The explanation \
consists of 2-3 text snippets describing that vector.

Here is the vector from depth {depth}% of the network:\n\n<concept>{marker}</concept>

Please provide an explanation.\n\n<explanation>"""
READ_PROMPT = "Summary of the following text: <text>{description}</text> <summary>{marker}"
PROJECTIONS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
LORA = dict(r=32, lora_alpha=64, lora_dropout=0.0, target_modules=PROJECTIONS)
NEGATIVES = 3  # other vectors that a description is compared with
LOSS_BATCH = 8  # descriptions in one forward and backward pass of a batched grpo step


class Verbalizer:
    """A model with a trainable adapter that describes a vector injected at the marker of its prompt."""

    def __init__(self, options: argparse.Namespace, tokenizer, base) -> None:
        self.options, self.tokenizer = options, tokenizer
        depth = round(100 * (options.layer + 0.5) / base.config.num_hidden_layers)
        self.prompt = encode(tokenizer, PROMPT.format(depth=depth, marker=MARKER))
        marker = encode(tokenizer, MARKER)
        if len(marker) != 1 or self.prompt.count(marker[0]) != 1:
            sys.exit(f"{options.model}: {MARKER} must be one token of the prompt, but is {marker}")
        self.position = self.prompt.index(marker[0])
        self.model = get_peft_model(base, LoraConfig(**LORA))
        self.parameters = [parameter for parameter in self.model.parameters() if parameter.requires_grad]
        self.optimizer = torch.optim.AdamW(self.parameters, lr=1e-5)

    def embed(self, ids: torch.Tensor, vectors: torch.Tensor) -> torch.Tensor:
        """Embeddings [B, T, d] of ids [B, T] with vectors [B, d], scaled to the asked norm, at the marker."""
        embeddings = self.model.get_input_embeddings()(ids).clone()
        scaled = vectors * (self.options.norm / vectors.norm(dim=1, keepdim=True))
        embeddings[:, self.position] = scaled.to(embeddings.dtype)
        return embeddings

    def loss(self, tails: list[list[int]], vectors: torch.Tensor, weights: torch.Tensor | None = None) -> torch.Tensor:
        """Mean negative log likelihood of what follows the prompt, the tokens of tail i times weights[i] if given."""
        ids, mask = pad([self.prompt + tail for tail in tails], self.tokenizer.eos_token_id)
        counted = mask.bool()
        counted[:, : len(self.prompt)] = False
        targets, counted = ids[:, 1:], counted[:, 1:]
        logits = self.model(inputs_embeds=self.embed(ids, vectors), attention_mask=mask).logits[:, :-1].float()
        chosen = F.log_softmax(logits[counted], dim=-1).gather(1, targets[counted][:, None])[:, 0]
        if weights is not None:
            chosen = chosen * weights[:, None].expand_as(targets)[counted]
        return -chosen.mean()

    @torch.no_grad()
    def sample(self, vectors: torch.Tensor) -> list[list[int]]:
        """One description of exactly --new-tokens tokens for each of vectors [B, d]."""
        ids = torch.tensor([self.prompt]).expand(len(vectors), -1)
        length, eos = self.options.new_tokens, self.tokenizer.eos_token_id
        settings = dict(max_new_tokens=length, min_new_tokens=length, do_sample=True, temperature=0.7, pad_token_id=eos)
        inputs = self.embed(ids, vectors)
        return self.model.generate(inputs_embeds=inputs, attention_mask=torch.ones_like(ids), **settings).tolist()

    def update(self) -> None:
        """Clips the gradients, takes one optimizer step and clears them."""
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()

    @torch.no_grad()
    def read(self, descriptions: list[list[int]]) -> torch.Tensor:
        """Output [B, d] of block --layer at the end of the reconstructor's prompt, under its adapter."""
        texts = [READ_PROMPT.format(description=self.tokenizer.decode(ids), marker=MARKER) for ids in descriptions]
        ids, mask = pad([encode(self.tokenizer, text) for text in texts], self.tokenizer.eos_token_id)
        self.model.set_adapter("reconstructor")
        states = self.model(ids, attention_mask=mask, output_hidden_states=True).hidden_states[self.options.layer + 1]
        self.model.set_adapter("default")
        return states[torch.arange(len(ids)), mask.sum(dim=1) - 1]


def extract(options: argparse.Namespace, tokenizer, base) -> tuple[float, dict]:
    """Reads texts through the whole model and keeps the output of block --layer at each last token."""
    chats = [[{"role": "user", "content": row["text"]}] for row in read_rows(options, options.batch * options.steps)]
    prompts = tokenizer.apply_chat_template(chats, tokenize=False, add_generation_prompt=True)
    sequences = [encode(tokenizer, prompt) for prompt in prompts]
    seen: list[torch.Tensor] = []
    block = base.model.layers[options.layer]
    block.register_forward_hook(lambda module, inputs, out: seen.append(out[0] if isinstance(out, tuple) else out))

    @torch.no_grad()
    def step(batch: list[list[int]]) -> torch.Tensor:
        ids, mask = pad(batch, tokenizer.eos_token_id)
        base.model(ids, attention_mask=mask)
        return seen.pop()[torch.arange(len(ids)), mask.sum(dim=1) - 1]

    step(sequences[:1])
    seconds = timed(step, [sequences[i : i + options.batch] for i in range(0, len(sequences), options.batch)])
    return seconds, {"texts_per_s": len(sequences) / seconds, "tokens_per_s": sum(map(len, sequences)) / seconds}


def sft(options: argparse.Namespace, tokenizer, base) -> tuple[float, dict]:
    """Trains on one batch of descriptions a step, after a first step that is not timed."""
    rows = read_rows(options, options.batch * (options.steps + 1))
    verbalizer = Verbalizer(options, tokenizer, base)
    vectors = torch.randn(len(rows), base.config.hidden_size)
    end = encode(tokenizer, "</explanation>") + [tokenizer.eos_token_id]

    def step(start: int) -> None:
        part = slice(start, start + options.batch)
        tails = [encode(tokenizer, "\n" + row["description"]) + end for row in rows[part]]
        verbalizer.loss(tails, vectors[part]).backward()
        verbalizer.update()

    step(0)
    seconds = timed(step, range(options.batch, len(rows), options.batch))
    return seconds, {"samples_per_s": options.batch * options.steps / seconds}


def generate(options: argparse.Namespace, tokenizer, base) -> tuple[float, dict]:
    """Samples one description for each vector of a batch, batch after batch."""
    verbalizer = Verbalizer(options, tokenizer, base)
    vectors = torch.randn(options.batch * options.steps, base.config.hidden_size)
    verbalizer.sample(vectors[:2])
    seconds = timed(verbalizer.sample, vectors.split(options.batch))
    return seconds, {"tokens_per_s": len(vectors) * options.new_tokens / seconds, "batch": options.batch}


def grpo(options: argparse.Namespace, tokenizer, base) -> tuple[float, dict]:
    """Takes reinforcement steps; the negatives of a vector are those that come after it."""
    verbalizer = Verbalizer(options, tokenizer, base)
    texts, group = options.batch * options.steps, options.group
    vectors = torch.randn(texts + NEGATIVES, base.config.hidden_size)
    verbalizer.model.add_adapter("reconstructor", LoraConfig(**LORA))
    one_by_one = options.style == "sequential"

    def step(start: int) -> None:
        rows = torch.arange(start, start + options.batch).repeat_interleave(group)
        parts = rows.split(1 if one_by_one else len(rows))
        descriptions = [ids for part in parts for ids in verbalizer.sample(vectors[part])]
        if one_by_one:
            reads = [torch.cat([verbalizer.read([ids]) for ids in descriptions]) for _ in range(NEGATIVES + 1)]
        else:
            reads = [verbalizer.read(descriptions)] * (NEGATIVES + 1)
        cosines = torch.stack([F.cosine_similarity(read, vectors[rows + i]) for i, read in enumerate(reads)])
        rewards = (cosines[0] - cosines[1:].max(dim=0).values).view(-1, group)
        centred = rewards - rewards.mean(dim=1, keepdim=True)
        advantages = (centred / (rewards.std(dim=1, keepdim=True) + 1e-4)).flatten()
        for part in torch.arange(len(rows)).split(1 if one_by_one else LOSS_BATCH):
            loss = verbalizer.loss([descriptions[i] for i in part], vectors[rows[part]], advantages[part])
            (loss * len(part) / len(rows)).backward()
        verbalizer.update()

    seconds = timed(step, range(0, texts, options.batch))
    return seconds, {"texts_per_s": texts / seconds, "descriptions_per_s": texts * group / seconds}


def encode(tokenizer, text: str) -> list[int]:
    """Tokens of the text, with nothing put before or after it."""
    return tokenizer.encode(text, add_special_tokens=False)


def pad(sequences: list[list[int]], filler: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Ids and attention mask, both [B, T], of sequences padded at their ends."""
    rows = [torch.tensor(sequence) for sequence in sequences]
    ids = pad_sequence(rows, batch_first=True, padding_value=filler)
    return ids, pad_sequence([torch.ones_like(row) for row in rows], batch_first=True)


def read_rows(options: argparse.Namespace, count: int) -> list[dict]:
    """The first rows of --texts."""
    with open(options.texts, encoding="utf-8") as lines:
        rows = [json.loads(line) for _, line in zip(range(count), filter(str.strip, lines))]
    return rows if len(rows) == count else sys.exit(f"{options.texts}: {len(rows)} rows, but {count} are needed")


def timed(step, inputs) -> float:
    """Seconds that step takes over all inputs."""
    start = time.perf_counter()
    for each in inputs:
        step(each)
    return time.perf_counter() - start


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="The work of `nla bench`, done with transformers and peft.")
    parser.add_argument("work", choices=["extract", "sft", "generate", "grpo"])
    parser.add_argument("--model", required=True, metavar="DIR", help="folder of the checkpoint")
    parser.add_argument("--texts", required=True, metavar="FILE.jsonl", help="JSON lines with text and description")
    numbers = dict(layer=21, batch=16, steps=4, group=4, new_tokens=48, threads=2, seed=0, norm=150.0)
    for name, default in numbers.items():
        parser.add_argument("--" + name.replace("_", "-"), type=type(default), default=default, help=f"({default})")
    parser.add_argument("--dtype", default="float32", choices=["float32", "bfloat16", "float16"], help="(float32)")
    parser.add_argument("--style", default="batched", choices=["batched", "sequential"], help="of grpo (batched)")
    options = parser.parse_args()
    if min(options.batch, options.steps, options.new_tokens, options.threads) < 1:
        parser.error("--batch, --steps, --new-tokens and --threads must be at least 1")
    if options.work == "grpo" and options.group < 2:
        parser.error("--group must be at least 2")
    return options


def main() -> None:
    options = arguments()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    tokenizer = AutoTokenizer.from_pretrained(options.model)
    base = AutoModelForCausalLM.from_pretrained(options.model, dtype=getattr(torch, options.dtype))
    work = {"extract": extract, "sft": sft, "generate": generate, "grpo": grpo}[options.work]
    seconds, rates = work(options, tokenizer, base)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1 << 20 if sys.platform == "darwin" else 1 << 10)
    head = {"work": options.work, "style": options.style, "seconds": round(seconds, 4), "peak_rss_mb": peak}
    print(json.dumps(head | rates))


if __name__ == "__main__":
    main()
