"""Torch files between torch and nla: torch_exchange.py GOLDEN EXPORTED OUTPUT.

Compares what nla exported with what it was imported from, and saves the same activations in other guises for nla to read, those that are
the same to the bit in OUTPUT/same, those that must be refused in OUTPUT/refused. Prints their names.
"""
import os
import sys
from collections import OrderedDict
from pathlib import Path

import torch

golden, exported, output = map(Path, sys.argv[1:])
expected = torch.load(golden, weights_only=True)
for options in ({}, {"mmap": True}):
    found = torch.load(exported, weights_only=True, **options)
    assert torch.equal(found["activations"], expected["activations"])
    assert found["activations"].dtype == torch.float32 and found["activations"].is_contiguous()
    for key in ("ids", "model", "layer", "n_layers", "d_model"):
        assert found[key] == expected[key], key
    assert found["n_texts"] == len(expected["ids"])


class Runs:
    def __reduce__(self):
        return os.system, ("touch " + str(output / "was_run"),)


def save(folder, name, content, **options):
    (output / folder).mkdir(parents=True, exist_ok=True)
    torch.save(content, output / folder / (name + ".pt"), **options)
    print(folder + "/" + name)


vectors = expected["activations"]
save("same", "transposed", {**expected, "activations": vectors.t().contiguous().t()})
save("same", "slice", {**expected, "activations": torch.cat([vectors, vectors])[: len(vectors)][:, :]})
save("same", "double", {**expected, "activations": vectors.double()})
save("same", "ordered", OrderedDict(expected))
save("same", "protocol_4", expected, pickle_protocol=4)
save("same", "tuple_and_more", {**expected, "ids": tuple(expected["ids"]), "nested": [(1, 2.5, None), {"a": True}]})
save("same", "by_layer", {**expected, "activations": {21: vectors}})
save("refused", "runs_code", {**expected, "extra": Runs()})
save("refused", "runs_code_4", {**expected, "extra": Runs()}, pickle_protocol=4)
save("refused", "module", {**expected, "extra": torch.nn.Linear(2, 2)})
save("refused", "parameter", {**expected, "activations": torch.nn.Parameter(vectors)})
save("refused", "numpy", {**expected, "activations": vectors.numpy()})
save("refused", "old", expected, _use_new_zipfile_serialization=False)
save("refused", "whole_numbers", {**expected, "activations": vectors.long()})
save("refused", "half_infinite", {**expected, "activations": (vectors * 1e6).half()})
