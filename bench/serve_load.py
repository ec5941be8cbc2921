#!/usr/bin/env python3
"""Many clients of nla serve against one: asks for descriptions of known vectors, and checks every answer against that of a lone request.

    ./nla serve --model DIR --adapter NAME=DIR --port 8090 &
    bench/serve_load.py --url http://127.0.0.1:8090 --adapter NAME --texts FILE.jsonl --pid $! [--seconds 120] [--clients 64]

First one client asks for the whole time, then all of them do. Requests are greedy. Every answer is one of

    same      as the lone request got
    turned    neither this nor another input's: in a batch numbers are rounded otherwise, and a choice between two almost equally likely
              tokens may turn; expected to be rare
    crossed   what another input's lone request got
    failed    a status other than 200
    lost      no answer, or none within --timeout seconds

Inputs whose lone answers are equal could not be told from one another, so only the first of them is used. Ends with exit code 1 if
anything was crossed, failed or lost. Needs nothing but Python 3.8 or newer, and Linux for the server's memory (--pid).
"""
import argparse
import collections
import http.client
import itertools
import json
import math
import sys
import threading
import time
import urllib.parse

SAME, TURNED, CROSSED, FAILED, LOST = OUTCOMES = ("same", "turned", "crossed", "failed", "lost")


class Server:
    """One connection to the server, opened anew after a failure."""

    def __init__(self, options):
        address = urllib.parse.urlsplit(options.url)
        self.open = lambda: http.client.HTTPConnection(address.hostname, address.port or 80, timeout=options.timeout)
        self.headers = {"Content-Type": "application/json"}
        if options.token_file:
            with open(options.token_file, encoding="ascii") as file:
                self.headers["Authorization"] = "Bearer " + file.read().strip()
        self.connection = None

    def ask(self, path, body=None):
        """Status and answer; OSError, ValueError or HTTPException where there is none. Without a body it is a GET."""
        self.connection = self.connection or self.open()
        try:
            self.connection.request("POST" if body else "GET", path, json.dumps(body) if body else None, self.headers)
            response = self.connection.getresponse()
            return response.status, json.loads(response.read())
        except (OSError, ValueError, http.client.HTTPException):
            self.close()
            raise

    def close(self):
        if self.connection:
            self.connection.close()
            self.connection = None


def judged(status, text, own, expected):
    """The outcome of an answer; `expected` has the lone answers of all inputs, `own` is the place of the right one."""
    if status != 200:
        return FAILED
    if text == expected[own]:
        return SAME
    return CROSSED if text in expected else TURNED


def percentile(values, share):
    """The smallest value that this share of all does not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)] if values else math.nan


def resident_mib(status):
    """Resident memory in the text of /proc/PID/status."""
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def distinct(answers):
    """The places of answers that no earlier one equals."""
    return [place for place, answer in enumerate(answers) if answer not in answers[:place]]


def summary(seconds, latencies, outcomes):
    """What is reported of clients that asked for so many seconds."""
    counts = {outcome: outcomes.get(outcome, 0) for outcome in OUTCOMES}
    answered = counts[SAME] + counts[TURNED] + counts[CROSSED]
    times = {"p50_s": percentile(latencies, 0.5), "p99_s": percentile(latencies, 0.99)}
    return {"seconds": seconds, "answers": answered, "answers_per_s": answered / seconds, **times, **counts}


class Load:
    """Requests for descriptions of vectors, and what became of them."""

    def __init__(self, options, vectors):
        self.options = options
        self.bodies = [
            {"adapter": options.adapter, "vector": vector, "max_new_tokens": options.max_new_tokens, "scores": False}
            for vector in vectors
        ]

    def describe(self, server, place):
        """Status and description."""
        status, answer = server.ask("/v1/describe", self.bodies[place])
        return status, answer["descriptions"][0]["text"] if status == 200 else json.dumps(answer)

    def lone(self):
        """What each vector's lone request gets."""
        server = Server(self.options)
        answers = [self.describe(server, place) for place in range(len(self.bodies))]
        server.close()
        wrong = [text for status, text in answers if status != 200]
        if wrong:
            sys.exit(f"serve_load: {len(wrong)} lone requests were refused, the first with {wrong[0]}")
        return [text for _, text in answers]

    def run(self, clients, expected, places, memory=lambda: None):
        """A summary of so many clients that ask for --seconds; each begins at another of the places."""
        latencies, outcomes, lock = [], collections.Counter(), threading.Lock()
        begin = time.monotonic()
        end = begin + self.options.seconds

        def client(number):
            server = Server(self.options)
            for turn in itertools.count(number * len(places) // clients):
                asked = time.monotonic()
                if asked >= end:
                    server.close()
                    return
                place = places[turn % len(places)]
                try:
                    outcome = judged(*self.describe(server, place), place, expected)
                except (OSError, ValueError, http.client.HTTPException):
                    outcome = LOST
                    time.sleep(0.1)
                with lock:
                    outcomes[outcome] += 1
                    if outcome not in (FAILED, LOST):
                        latencies.append(time.monotonic() - asked)

        threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
        resident = [memory()]
        for thread in threads:
            thread.start()
        threads[0].join(max(0, (begin + end) / 2 - time.monotonic()))
        resident.append(memory())
        for thread in threads:
            thread.join()
        resident.append(memory())
        return {**summary(time.monotonic() - begin, latencies, outcomes), "rss_mib": resident}


def vectors_of(options):
    """The activations of the first texts at the adapter's layer, as the server extracts them."""
    server = Server(options)

    def answer(path, body=None):
        status, answer = server.ask(path, body)
        if status != 200:
            sys.exit(f"serve_load: {path} answered {status}: {json.dumps(answer)}")
        return answer

    layers = {adapter["name"]: adapter.get("layer", 0) for adapter in answer("/v1/adapters")["adapters"]}
    if options.adapter not in layers:
        sys.exit(f"serve_load: no adapter {options.adapter} is loaded; loaded are {', '.join(layers)}")
    layer = layers[options.adapter]
    with open(options.texts, encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in itertools.islice(lines, options.inputs)]
    vectors = [answer("/v1/extract", {"text": text, "layers": [layer]})["activations"][0]["vector"] for text in texts]
    server.close()
    return vectors


def shown(name, result):
    """A line of the table."""
    counts = " | ".join(str(result[outcome]) for outcome in OUTCOMES)
    return f"| {name} | {result['answers_per_s']:.2f} | {result['p50_s']:.3f} | {result['p99_s']:.3f} | {counts} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--url", default="http://127.0.0.1:8090")
    parser.add_argument("--adapter", required=True)
    parser.add_argument("--texts", required=True, help="JSON lines with text")
    parser.add_argument("--inputs", type=int, default=256, help="how many of the texts")
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--max-new-tokens", type=int, default=48)
    parser.add_argument("--timeout", type=float, default=120)
    parser.add_argument("--token-file")
    parser.add_argument("--pid", type=int, help="the server's process, whose memory is reported")
    parser.add_argument("--json", help="file for the results")
    options = parser.parse_args()

    def memory():
        if options.pid is None:
            return None
        with open(f"/proc/{options.pid}/status", encoding="ascii") as status:
            return resident_mib(status.read())

    load = Load(options, vectors_of(options))
    expected = load.lone()
    places = distinct(expected)
    print(f"{len(places)} inputs with answers of their own, of {len(expected)}", file=sys.stderr, flush=True)
    if len(places) < 2:
        sys.exit("serve_load: crossed answers could not be told: give more or other --texts")
    one = load.run(1, expected, places, memory)
    many = load.run(options.clients, expected, places, memory)
    ratio = many["answers_per_s"] / one["answers_per_s"] if one["answers"] else math.nan
    print("| clients | answers/s | p50 s | p99 s | " + " | ".join(OUTCOMES) + " |")
    print("|---" * (4 + len(OUTCOMES)) + "|")
    print(shown(1, one))
    print(shown(options.clients, many))
    print(f"\nratio of answers/s: {ratio:.2f}")
    if options.pid is not None:
        print("server's resident MiB under load: " + ", ".join(f"{at} {mib:.0f}" for at, mib in zip(("start", "middle", "end"), many["rss_mib"])))
    if options.json:
        with open(options.json, "w", encoding="utf-8") as out:
            json.dump({"inputs": len(places), "one": one, "many": many, "clients": options.clients, "ratio": ratio}, out, indent=2)
    sys.exit(1 if any(run[outcome] for run in (one, many) for outcome in (CROSSED, FAILED, LOST)) else 0)


if __name__ == "__main__":
    main()
