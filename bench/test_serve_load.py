"""Tests of bench/serve_load.py against a server that only pretends: python3 -m unittest discover bench"""
import json
import math
import os
import subprocess
import sys
import tempfile
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import serve_load


class Pretended(BaseHTTPRequestHandler):
    """Describes a vector by its first number; `spoil` may answer otherwise once the lone requests are through."""

    protocol_version = "HTTP/1.1"
    lone = 4

    def log_message(self, *_):
        pass

    def send(self, status, answer):
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.send(200, {"adapters": [{"name": "sft", "layer": 4}]})

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/v1/extract":
            self.send(200, {"activations": [{"vector": [int(body["text"]), body["layers"][0]]}]})
            return
        with self.server.lock:
            self.server.described += 1
            early = self.server.described <= self.lone
        number = body["vector"][0]
        if early or not self.server.spoil:
            self.describe(f"number {number}")
        else:
            self.server.spoil(self, number)

    def describe(self, text):
        self.send(200, {"descriptions": [{"text": text}]})

    def leave(self):
        self.close_connection = True


class ServeLoadTest(unittest.TestCase):
    def load(self, spoil=None, *more):
        """The finished process, and what it wrote with --json if anything."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), Pretended)
        server.lock, server.described, server.spoil = threading.Lock(), 0, spoil
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with tempfile.TemporaryDirectory() as folder:
            texts, out = os.path.join(folder, "texts.jsonl"), os.path.join(folder, "out.json")
            with open(texts, "w", encoding="utf-8") as lines:
                lines.writelines(json.dumps({"text": text}) + "\n" for text in ("1", "2", "1", "3"))
            words = [sys.executable, serve_load.__file__, "--url", f"http://127.0.0.1:{server.server_port}"]
            words += ["--adapter", "sft", "--texts", texts, "--clients", "4", "--seconds", "0.4", "--json", out, *more]
            done = subprocess.run(words, capture_output=True, text=True)
            server.shutdown()
            server.server_close()
            if not os.path.exists(out):
                return done, None
            with open(out, encoding="utf-8") as lines:
                return done, json.load(lines)

    def test_a_server_that_answers_all_alike_passes(self):
        done, written = self.load(None, "--pid", str(os.getpid()))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(written["inputs"], 3)
        self.assertEqual(written["many"]["same"], written["many"]["answers"])
        self.assertGreater(written["many"]["answers"], 3)
        self.assertEqual(len(written["many"]["rss_mib"]), 3)
        self.assertIn("ratio of answers/s", done.stdout)

    def test_answers_of_others_are_crossed(self):
        done, written = self.load(lambda client, number: client.describe(f"number {number % 3 + 1}"))
        self.assertEqual(done.returncode, 1)
        self.assertEqual(written["many"]["crossed"], written["many"]["answers"])

    def test_answers_of_nobody_are_turned(self):
        done, written = self.load(lambda client, number: client.describe(f"number {number}!"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(written["many"]["turned"], written["many"]["answers"])

    def test_refusals_fail_and_silence_is_lost(self):
        done, written = self.load(lambda client, number: client.send(429, {"error": {}}) if number == 1 else client.leave())
        self.assertEqual(done.returncode, 1)
        self.assertEqual(written["many"]["answers"], 0)
        self.assertGreater(written["many"]["failed"], 0)
        self.assertGreater(written["many"]["lost"], 0)

    def test_an_adapter_that_is_not_loaded_is_named(self):
        done, _ = self.load(None, "--adapter", "nine")
        self.assertEqual(done.returncode, 1)
        self.assertIn("no adapter nine is loaded; loaded are sft", done.stderr)


class PiecesTest(unittest.TestCase):
    def test_outcomes(self):
        expected = ["a", "b"]
        self.assertEqual(serve_load.judged(200, "a", 0, expected), "same")
        self.assertEqual(serve_load.judged(200, "b", 0, expected), "crossed")
        self.assertEqual(serve_load.judged(200, "c", 0, expected), "turned")
        self.assertEqual(serve_load.judged(504, "a", 0, expected), "failed")

    def test_percentiles(self):
        self.assertEqual(serve_load.percentile([3, 1, 2], 0.5), 2)
        self.assertEqual(serve_load.percentile(range(1, 101), 0.99), 99)
        self.assertTrue(math.isnan(serve_load.percentile([], 0.5)))

    def test_memory(self):
        self.assertEqual(serve_load.resident_mib("Name:\tjava\nVmRSS:\t  2048 kB\nThreads:\t3\n"), 2)

    def test_only_the_first_of_equal_answers(self):
        self.assertEqual(serve_load.distinct(["a", "b", "a", "c"]), [0, 1, 3])

    def test_summary(self):
        found = serve_load.summary(2, [0.5, 0.25], {"same": 3, "turned": 1, "lost": 2})
        self.assertEqual(found["answers_per_s"], 2)
        self.assertEqual([found["lost"], found["crossed"], found["p99_s"]], [2, 0, 0.5])


if __name__ == "__main__":
    unittest.main()
