"""Writes what transformers computes for a checkpoint, so that `nla model check` can prove that nla computes the same.

    pip install torch transformers peft safetensors
    python scripts/golden.py --model DIR --output golden              # golden/golden.safetensors
    python scripts/golden.py --model DIR --adapter DIR --output golden    # and golden/injected.safetensors, injected.json
    ./nla model check --model DIR --golden golden/golden.safetensors
    ./nla model check --model DIR --adapter DIR --golden golden/injected.safetensors

golden.safetensors: input_ids, attention_mask [3, T] (right padding), logits [3, T, vocabulary], hidden_states [layers + 1, 3, T, d]
(the last entry is after the final norm). injected.safetensors: the same under the LoRA adapter with a vector put in place of one
embedding (activation [3, d], rescaled to injection_norm, at marker_position), the response tokens' token_logprobs, their mean as
loss, grad.* of every LoRA factor, and greedy_ids, the 16 likeliest tokens after the prompt.
"""
import argparse
import json
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM, AutoTokenizer

TEXTS = [
    "The river rises in the northern mountains and reaches the sea after four hundred kilometres, most of them through forest.",
    "She tuned the old violin by ear, then played the slow movement twice.",
    "Exports: coffee, tea and cut flowers.",
]
LENGTHS = [17, 12, 5]
PROMPT_LENGTH, MARKER_POSITION, RESPONSE_LENGTHS, NEW_TOKENS = 10, 6, [9, 7, 4], 16


def arguments():
    parser = argparse.ArgumentParser(description="Golden values of a transformers checkpoint, for `nla model check`.")
    parser.add_argument("--model", required=True, help="folder of the checkpoint")
    parser.add_argument("--adapter", help="folder of a LoRA adapter as peft writes it: also write injected.safetensors")
    parser.add_argument("--output", required=True, type=Path, help="folder to write into, made where missing")
    parser.add_argument("--injection-norm", type=float, default=150.0, help="L2 norm of the injected vector (150)")
    parser.add_argument("--dtype", default="float32", choices=["float32", "bfloat16"], help="what the model computes in (float32)")
    parser.add_argument("--seed", type=int, default=0, help="of the injected vectors, and of the tokens without a tokenizer (0)")
    return parser.parse_args()


def token_rows(folder, vocabulary, lengths):
    """Rows of token ids: real text where the checkpoint has a tokenizer, seeded random ids where it has none."""
    if any((Path(folder) / name).exists() for name in ("tokenizer.json", "tokenizer.model", "vocab.json")):
        tokenizer = AutoTokenizer.from_pretrained(folder)
        texts = [(text + " ") * 8 for text in TEXTS]
        return [tokenizer.encode(text, add_special_tokens=False)[:n] for text, n in zip(texts, lengths)]
    return [torch.randint(3, vocabulary, (n,)).tolist() for n in lengths]


def padded(rows, fill):
    """Rows padded on the right: ids [B, T] and mask [B, T]."""
    width = max(map(len, rows))
    ids = torch.tensor([row + [fill] * (width - len(row)) for row in rows])
    mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows])
    return ids, mask


def save(tensors, path, facts=None):
    tensors = {name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}
    tensors = {name: t.float() if t.is_floating_point() else t for name, t in tensors.items()}
    metadata = {key: json.dumps(value) for key, value in (facts or {}).items()}
    save_file(tensors, path, metadata=metadata or None)
    print(path)


def plain(model, rows):
    """What the model computes for rows of tokens, nothing added."""
    ids, mask = padded(rows, 0)
    with torch.no_grad():
        out = model(input_ids=ids, attention_mask=mask, output_hidden_states=True)
    return dict(input_ids=ids, attention_mask=mask, logits=out.logits, hidden_states=torch.stack(out.hidden_states))


def injected_embeddings(model, ids, activation, norm):
    """Token embeddings [B, T, d] with the marker's replaced by the vector of its row, rescaled to the norm."""
    embeddings = model.get_input_embeddings()(ids).clone()
    scaled = activation * (norm / activation.norm(dim=1, keepdim=True).clamp_min(1e-12))
    embeddings[:, MARKER_POSITION] = scaled.to(embeddings.dtype)
    return embeddings


def greedy(model, prompts, activation, norm):
    """The likeliest NEW_TOKENS tokens after the prompt, computed without a cache and never stopped."""
    ids, chosen = prompts, []
    with torch.no_grad():
        for _ in range(NEW_TOKENS):
            embeddings = injected_embeddings(model, ids, activation, norm)
            logits = model(inputs_embeds=embeddings, attention_mask=torch.ones_like(ids)).logits[:, -1]
            chosen.append(logits.argmax(-1))
            ids = torch.cat([ids, chosen[-1][:, None]], dim=1)
    return torch.stack(chosen, dim=1)


def injected(model, prompt, responses, activation, norm):
    """The same with a vector injected: logits, loss over the responses, gradients of the LoRA factors, greedy tokens."""
    ids, mask = padded([prompt + response for response in responses], 0)
    labels = torch.where(mask == 1, ids, -100)
    labels[:, : len(prompt)] = -100
    out = model(inputs_embeds=injected_embeddings(model, ids, activation, norm), attention_mask=mask, output_hidden_states=True)
    width = max(map(len, responses))
    predicted = out.logits[:, len(prompt) - 1 : len(prompt) - 1 + width].float()
    targets, counted = ids[:, len(prompt) :], mask[:, len(prompt) :]
    log_probabilities = F.log_softmax(predicted, -1).gather(-1, targets[..., None])[..., 0] * counted
    loss = -log_probabilities.sum() / counted.sum()
    loss.backward()
    tensors = dict(input_ids=ids, attention_mask=mask, labels=labels, activation=activation, injected_logits=out.logits,
                   injected_hidden_states=torch.stack(out.hidden_states), token_logprobs=log_probabilities, loss=loss[None],
                   greedy_ids=greedy(model, torch.tensor([prompt] * len(responses)), activation, norm))
    for name, parameter in model.named_parameters():
        if parameter.grad is not None:
            tensors["grad." + name.replace(".default", "")] = parameter.grad
    return tensors


def main():
    options = arguments()
    torch.manual_seed(options.seed)
    model = AutoModelForCausalLM.from_pretrained(options.model, dtype=getattr(torch, options.dtype)).eval()
    config = model.config.get_text_config()
    vocabulary, width = config.vocab_size, config.hidden_size
    options.output.mkdir(parents=True, exist_ok=True)
    save(plain(model, token_rows(options.model, vocabulary, LENGTHS)), options.output / "golden.safetensors")
    if options.adapter is None:
        return
    from peft import PeftModel

    model = PeftModel.from_pretrained(model, options.adapter, is_trainable=True).eval()
    prompt, *_ = token_rows(options.model, vocabulary, [PROMPT_LENGTH] * 3)
    responses = token_rows(options.model, vocabulary, RESPONSE_LENGTHS)
    tensors = injected(model, prompt, responses, torch.randn(len(responses), width), options.injection_norm)
    facts = dict(marker_position=MARKER_POSITION, injection_norm=options.injection_norm, prompt_length=PROMPT_LENGTH,
                 response_lengths=RESPONSE_LENGTHS, greedy_new_tokens=NEW_TOKENS)
    save(tensors, options.output / "injected.safetensors", facts)
    (options.output / "injected.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
