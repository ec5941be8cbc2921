"""Writes which modules peft adapts under many configurations, and with what rank: the table fixtures/names/matching.json.

    python scripts/peft_matching.py fixtures 200

Configurations are drawn with a fixed seed from names, ends of names and regular expressions over the linear layers of fixtures/llama
("llama") and of a Gemma 3 that sees pictures ("gemma3"). Each entry holds the configuration, the indices of the modules that peft's
check_target_module_exists chooses, and per module the rank that get_pattern_key gives it (0 where no key matches).
"""
import json
import random
import sys
from pathlib import Path

from peft import LoraConfig
from peft.tuners.tuners_utils import check_target_module_exists
from peft.utils.other import get_pattern_key

PATHS = [f"self_attn.{n}_proj" for n in "qkvo"] + [f"mlp.{n}_proj" for n in ("gate", "up", "down")]
NAMES = [path.split(".")[1] for path in PATHS]
PREFIX = {"llama": "model.", "gemma3": "model.language_model."}
MODULES = {family: [f"{prefix}layers.{i}.{path}" for i in range(4) for path in PATHS] for family, prefix in PREFIX.items()}
LAYERS_PATTERNS = [None, [], "layers", ["layers"], ["h", "layers"], ["blocks"], r"lay\w+", "model.layers", r"language_model\.layers", "l.*s"]


def entry(rng, modules):
    """A name: bare, the end of a full one, a full one, or one that nothing has."""
    module = rng.choice(modules)
    parts = module.split(".")
    return rng.choice([
        rng.choice(NAMES), parts[-1], ".".join(parts[-2:]), ".".join(parts[rng.randrange(len(parts)):]), module, "x" + parts[-1],
        parts[-2] + "." + rng.choice(NAMES), module[rng.randrange(len(module)):] or module])


def expression(rng, modules):
    numbers = "".join(sorted(rng.sample("0123", rng.randrange(1, 4))))
    names = "|".join(rng.sample(["q", "k", "v", "o", "gate", "up", "down"], rng.randrange(1, 4)))
    part = rng.choice(["self_attn", "mlp", "(self_attn|mlp)", "(?:self_attn|mlp|attention)", "[a-z_]+"])
    return rng.choice([
        rf".*\.({names})_proj", rf"model\.layers\.[{numbers}]\.{part}\.({names})_proj", rf".*layers\.(?:{'|'.join(numbers)})\..*",
        rf".*(?<!mlp)\.({names})_proj", rf"^(?!.*layers\.{numbers[0]}\.).*{part}.*_proj$", rf"(?:.*?language_model.*?layers.*?{part}.*?({names})_proj.*?)",
        rf".*\.\d+\.{part}\.\w+", rf"layers\.{numbers[0]}.*", rf"(?i).*\.({names.upper()})_PROJ", rf".*[^{numbers}]\.{part}\.({names})_proj",
        rf".*\.[0-{numbers[-1]}]{{1,2}}\.\S+?", rng.choice(modules)])


def key(rng, modules):
    """A key of a pattern, which is a name and a regular expression at once."""
    return rng.choice([entry(rng, modules), entry(rng, modules), rng.choice(NAMES), r"layers\.[02]\..*", r"self_attn\.\w+", "layers.1..*", "(q|v)_proj",
                       r".*\.mlp\..*", r"\d\.mlp.(up|down)_proj", "^" + rng.choice(NAMES), rng.choice(modules) + "$"])


def configuration(rng, modules):
    regular = rng.random() < 0.35
    config = {"target_modules": expression(rng, modules) if regular else sorted({entry(rng, modules) for _ in range(rng.randrange(1, 5))})}
    if rng.random() < 0.4:
        config["exclude_modules"] = expression(rng, modules) if rng.random() < 0.5 else sorted({entry(rng, modules) for _ in range(rng.randrange(1, 3))})
    if not regular and rng.random() < 0.5:
        config["layers_to_transform"] = rng.choice([rng.randrange(5), sorted(rng.sample(range(6), rng.randrange(1, 4)))])
        pattern = rng.choice(LAYERS_PATTERNS)
        if pattern is not None:
            config["layers_pattern"] = pattern
    config["rank_pattern"] = {key(rng, modules): rng.randrange(1, 9) for _ in range(rng.randrange(0, 4))}
    return config


def main():
    fixtures, count = Path(sys.argv[1]), int(sys.argv[2])
    rng, table = random.Random(0), []
    for i in range(count):
        family = ("llama", "gemma3")[i % 2]
        modules = MODULES[family]
        config = configuration(rng, modules)
        peft = LoraConfig(**config)
        chosen = [i for i, module in enumerate(modules) if check_target_module_exists(peft, module)]
        ranks = [config["rank_pattern"].get(get_pattern_key(config["rank_pattern"].keys(), module), 0) for module in modules]
        table.append({"family": family, **config, "chosen": chosen, "ranks": ranks})
    lines = ",\n".join(json.dumps(row) for row in table)
    (fixtures / "names/matching.json").write_text(f'{{"modules": {json.dumps(MODULES)},\n"table": [\n{lines}\n]}}\n', encoding="utf8")


if __name__ == "__main__":
    main()
