#!/usr/bin/env python3
"""Kills parts of a Spark cluster at random moments, and compares what runs leave with what they leave undisturbed.

usage: cluster_kills.py FOLDER [--seed 1] [--times 5] [--kinds executor,worker,driver,extraction]

Starts a master and two workers of this machine from the jars that scripts/cluster_jars.sh writes to FOLDER/jars. Each kind is tried so many times:
an executor, a worker with its executor, or the driver of a training is killed (SIGKILL); the driver of an extraction is killed and the command
ended without a cluster. After the loss of a driver the same command goes on, in turn without a cluster and with it. Ends with 1 where a byte differs.
"""
import argparse, json, os, pathlib, random, shutil, signal, socket, subprocess, sys, time

ROOT = pathlib.Path(__file__).resolve().parent.parent
STEPS = 6


def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Cluster:
    """A master and two workers, each a Java process."""

    def __init__(self, folder):
        self.jars, self.logs = folder / "jars", folder / "logs"
        self.logs.mkdir(exist_ok=True)
        self.url = f"spark://127.0.0.1:{port()}"
        self.master = self.start("master", "Master", "--host", "127.0.0.1", "--port", self.url.rsplit(":")[-1])
        self.workers = [self.worker(i) for i in range(2)]

    def start(self, name, kind, *arguments):
        opens = (self.jars / "opens").read_text().split()
        command = ["java", *opens, "-cp", f"{self.jars}/*", f"org.apache.spark.deploy.{kind.lower()}.{kind}", "--webui-port", str(port()), *arguments]
        env = dict(os.environ, SPARK_HOME=str(self.jars.parent), SPARK_SCALA_VERSION="2.13", SPARK_WORKER_DIR=str(self.logs / "work"))
        return subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=open(self.logs / name, "a"))

    def worker(self, i):
        return self.start(f"worker-{i}", "Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1g", self.url)

    def executors(self):
        children = subprocess.run(["pgrep", "-f", "CoarseGrainedExecutorBackend.*" + self.url.rsplit(":")[-1]], capture_output=True, text=True)
        mine = {worker.pid for worker in self.workers}
        return [pid for pid in map(int, children.stdout.split()) if parent(pid) in mine]

    def lose_worker(self, i):
        """The worker, and what it had started, as if the machine were gone."""
        of_it = [pid for pid in self.executors() if parent(pid) == self.workers[i].pid]
        self.workers[i].kill()
        for pid in of_it:
            os.kill(pid, signal.SIGKILL)

    def mend(self):
        for i, worker in enumerate(self.workers):
            if worker.poll() is not None:
                self.workers[i] = self.worker(i)

    def close(self):
        for process in [*self.workers, self.master]:
            process.terminate()
            process.wait()


def parent(pid):
    try:
        return int(pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return -1


class Work:
    """A command, alone or on the cluster."""

    def __init__(self, folder, cluster):
        self.folder, self.cluster = folder, cluster

    def nla(self, *arguments, clustered=False):
        if clustered:
            arguments += ("--cluster", self.cluster.url, "--cluster-conf", "spark.authenticate=false", "--cluster-conf", "spark.jars=")
            arguments += ("--cluster-conf", f"spark.executor.extraClassPath={self.cluster.jars}/*", "--cluster-conf", "spark.driver.host=127.0.0.1")
        return subprocess.Popen([str(ROOT / "nla"), *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=open(self.folder / "logs" / "nla", "a"))

    def train(self, run, clustered):
        scenes = ROOT / "adapters" / "scenes"
        settings = ["model=" + str(ROOT / "models" / "scenes"), f"data={self.folder / 'data'}", f"output_dir={self.folder / run}", "compute_dtype=float32"]
        settings += [f"verbalizer={scenes / 'verbalizer'}", f"reconstructor={scenes / 'reconstructor'}", "reconstructor_mode=ema", f"max_steps={STEPS}"]
        settings += ["per_device_train_batch_size=16", "num_generations=4", "generation_batch_size=4", "micro_batch_size=8", "max_completion_length=32"]
        settings += ["save_steps=1", "eval_steps=3", "max_eval_rows=32", "threads=1", "learning_rate=3e-4", "samples_per_eval=2", "save_total_limit=2"]
        return self.nla("train", "grpo", "--resume", "auto", *settings, clustered=clustered)

    def extract(self, output, clustered):
        arguments = ["--model", ROOT / "models" / "scenes", "--texts", self.folder / "many.jsonl", "--layer", 4, "--threads", 1, "--batch-tokens", 256]
        return self.nla("data", "extract", *arguments, "--output", self.folder / output, clustered=clustered)


def ended(process, what):
    if process.wait() != 0:
        sys.exit(f"{what} ended with exit code {process.returncode}: see the logs")


def content(file):
    """What a file holds, but for when it was written and how long that took."""
    if file.name == "nla_meta.yaml":
        return [line for line in file.read_text().splitlines() if "created_at" not in line]
    if file.name == "metrics.jsonl":
        timed = ("time", "seconds", "per_second", "memory", "rss")
        return [{k: v for k, v in json.loads(line).items() if not any(word in k for word in timed)} for line in file.read_text().splitlines()]
    return file.read_bytes()


def differences(one, other):
    """Files that are not in both folders, or not the same."""
    timed = {"manifest.json", "trainer_state.json", "run.json"}
    names = sorted({p.relative_to(f) for f in (one, other) for p in f.rglob("*") if p.is_file() and p.name not in timed and "events" not in p.name})
    return [str(n) for n in names if not (one / n).exists() or not (other / n).exists() or content(one / n) != content(other / n)]


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--kinds", default="executor,worker,driver,extraction")
    options = parser.parse_args()
    folder = options.folder.resolve()
    (folder / "logs").mkdir(parents=True, exist_ok=True)
    if not (folder / "jars").exists():
        subprocess.run([ROOT / "scripts" / "cluster_jars.sh", folder / "jars"], check=True)
    cluster = Cluster(folder)
    work = Work(folder, cluster)
    bad = 0
    try:
        if not (folder / "data").exists():
            for name, rows in (("some.jsonl", 400), ("many.jsonl", 6000)):
                ended(work.nla("data", "scenes", "--rows", rows, "--seed", 0, "--output", folder / name), "scenes")
            scenes = ROOT / "models" / "scenes"
            ended(work.nla("data", "extract", "--model", scenes, "--texts", folder / "some.jsonl", "--layer", 4, "--output", folder / "data"), "extract")
        for kind in options.kinds.split(","):
            extracting = kind == "extraction"
            begin = work.extract if extracting else work.train
            alone = f"{kind}-alone" if extracting else "alone"
            if not (folder / alone).exists():
                ended(begin(alone, False), "the run alone")
            for attempt in range(options.times):
                # each attempt has draws of its own, so that one can be tried again alone
                draw = random.Random(f"{options.seed} {kind} {attempt}")
                name = f"{kind}-{attempt}"
                shutil.rmtree(folder / name, ignore_errors=True)
                shutil.rmtree(folder / f"{name}.partial", ignore_errors=True)
                process = begin(name, True)
                while not cluster.executors() and process.poll() is None:
                    time.sleep(0.05)
                delay = draw.uniform(0, 20)
                time.sleep(delay)
                running = process.poll() is None
                if running and kind == "executor" and cluster.executors():
                    os.kill(draw.choice(cluster.executors()), signal.SIGKILL)
                elif running and kind == "worker":
                    cluster.lose_worker(draw.randrange(2))
                elif running:
                    process.kill()
                    process.wait()
                if kind in ("driver", "extraction") and running:
                    # what it had started ends by itself, which the next one waits for
                    ended(begin(name, kind == "driver" and attempt % 2 == 1), "the same command again")
                else:
                    ended(process, "the run")
                cluster.mend()
                found = differences(folder / alone, folder / name)
                bad += bool(found)
                print(f"{kind} {attempt}, seed {options.seed}: {'killed' if running else 'over'} after {delay:.1f} s, "
                      f"{'the same' if not found else 'differs: ' + ', '.join(found)}", flush=True)
    finally:
        cluster.close()
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
