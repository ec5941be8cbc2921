"""kitft's own code reads files that nla wrote: kitft_reads.py REPOSITORY TOKENIZER FOLDER [ADAPTER ...].

FOLDER holds base, av_sft, ar_sft and rl. Their sidecars, and those of the adapters, are read and compared with the tokenizer, and the
builder's own steps run on the tables. Prints a line for each sidecar.
"""
import runpy
import sys
from pathlib import Path

repository, tokenizer, folder, adapters = sys.argv[1], sys.argv[2], Path(sys.argv[3]), sys.argv[4:]
sys.path.insert(0, repository)

import pyarrow.parquet as pq
from nla.config import load_nla_config
from nla.datagen.sidecar import read_sidecar
from nla.datagen.storage import LocalStorage
from transformers import AutoTokenizer


class Tokenizer:
    """A tokenizer whose chat template gives a list of ids, as in the transformers that kitft's code was written for."""

    def __init__(self, inner):
        self.inner = inner

    def __getattr__(self, name):
        return getattr(self.inner, name)

    def apply_chat_template(self, *arguments, **options):
        return self.inner.apply_chat_template(*arguments, **options, return_dict=False)


def run(module, *arguments):
    sys.argv = [module, *map(str, arguments)]
    runpy.run_module("nla.datagen." + module, run_name="__main__")


tokens = Tokenizer(AutoTokenizer.from_pretrained(tokenizer))
for stage in ("base", "av_sft", "ar_sft", "rl"):
    file = folder / (stage + ".parquet")
    meta = read_sidecar(LocalStorage(), str(file))
    assert meta.stage == stage and meta.row_count == pq.ParquetFile(file).metadata.num_rows, meta
    if stage != "base":
        config = load_nla_config(str(file), tokens)
        assert config.d_model == meta.extraction.d_model, config
    print("sidecar:", stage)
for adapter in adapters:
    config = load_nla_config(adapter, tokens)
    assert config.mse_scale is not None and config.actor_prompt_template and config.critic_prompt_template, config
    print("sidecar: norm", config.injection_scale, "layer", config.critic_num_layers)
base = folder / "base.parquet"
run("stage1_split", "--base", base, "--output-dir", folder / "split")
run("stage_shuffle", "--input", base, "--output", folder / "shuffled.parquet")
run(
    "recover_explained", "--av-sft-shuf", folder / "av_sft.parquet", "--ar-sft-shuf", folder / "ar_sft.parquet",
    "--output-dir", folder,
)
