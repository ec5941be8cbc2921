#!/usr/bin/env python3
"""Gives a run of nla to Weights & Biases, by wandb's own Python: all that its logs hold, and with --follow what comes while it goes on.

usage: wandb_import.py RUN [--project nla] [--name NAME] [--follow]

RUN is a run folder of nla train; its config.yaml becomes the settings, metrics.jsonl and timings.jsonl the values: train/…, eval/…, time/…, at
their steps. Given again, it goes on with the same run of wandb and adds what that lacks. WANDB_MODE=offline writes a folder that wandb sync
uploads later; the other variables of wandb hold too. Needs pip install wandb.
"""
import argparse, hashlib, json, pathlib, time

PAUSE = 5  # seconds between two looks at a run that goes on


def lines(file):
    """The whole lines of a file, as objects; a line that is being written is left for the next time."""
    if not file.exists():
        return []
    whole = file.read_text(encoding="utf-8").rpartition("\n")[0]
    return [json.loads(line) for line in whole.split("\n") if line]


def points(run):
    """Values by step: of the steps' own logs, of evaluations and of timings, each in a group."""
    found = {}
    for line in lines(run / "metrics.jsonl"):
        step = found.setdefault(line.pop("step"), {})
        for name, value in line.items():
            tag = f"eval/{name[5:]}" if name.startswith("eval_") else f"train/{name}"
            step[tag] = float("nan") if value is None else value
    for line in lines(run / "timings.jsonl"):
        step = found.setdefault(line.pop("step"), {})
        step.update({f"time/{name}": value for name, value in line.items() if value is not None})
    return found


def ended(run):
    """Whether a run has its result."""
    return any((run / name).exists() for name in ("adapter", "model"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=pathlib.Path)
    parser.add_argument("--project", default="nla")
    parser.add_argument("--name")
    parser.add_argument("--follow", action="store_true")
    asked = parser.parse_args()
    if not (asked.run / "metrics.jsonl").exists():
        parser.error(f"{asked.run} has no metrics.jsonl: give a run folder of nla train")
    import wandb, yaml  # wandb brings yaml along

    folder = asked.run.resolve()
    begun = json.loads((folder / "run.json").read_text(encoding="utf-8"))["sessions"][0]["started"]
    same = hashlib.sha256(f"{folder} {begun}".encode()).hexdigest()[:16]
    config = yaml.safe_load((folder / "config.yaml").read_text(encoding="utf-8"))
    named = config.get("run_name", "auto")
    name = asked.name or (folder.name if named == "auto" else named)
    with wandb.init(project=asked.project, name=name, id=same, resume="allow", config=config) as told:
        last = told.step - 1 if told.resumed else -1
        while True:
            over = ended(folder)  # asked before the logs are read, so that nothing comes between
            found = points(folder)
            newest = max(found, default=0)  # may still get its evaluation
            for step in sorted(step for step in found if step > last and (step < newest or over or not asked.follow)):
                told.log(found[step], step=step)
                last = step
            if over or not asked.follow:
                break
            time.sleep(PAUSE)


if __name__ == "__main__":
    main()
