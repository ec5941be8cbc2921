"""Tests of bench/compare on commands that only print: python3 -m unittest discover bench"""
import json
import os
import shlex
import subprocess
import sys
import tempfile
import unittest

COMPARE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "compare")


def command(code):
    return shlex.join([sys.executable, "-c", code])


def printing(**result):
    return command(f"print({json.dumps(result)!r})")


def counting(path, values):
    """A command that prints the next of the rates each time, and adds its first one to a log of runs."""
    code = f"""
log = open({path!r}, "a+"); log.seek(0); n = log.read().count({values[0]!r} + ";"); log.write({values[0]!r} + ";")
print("{{not the last"); print('{{"samples_per_s": ' + {values!r}[n] + '}}'); print("done")
"""
    return command(code)


class CompareTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def compare(self, ours, peer, *options):
        """The finished process, and what it wrote with --json if anything."""
        out = os.path.join(self.folder, "out.json")
        words = [sys.executable, COMPARE, "--json", out, *options, "--ours", ours, "--peer", peer]
        done = subprocess.run(words, capture_output=True, text=True)
        if not os.path.exists(out):
            return done, None
        with open(out, encoding="utf-8") as lines:
            return done, json.load(lines)

    def test_takes_turns_and_reports_medians_ranges_and_neighbouring_pairs(self):
        log = os.path.join(self.folder, "log")
        ours, peer = counting(log, ["4", "6", "9"]), counting(log, ["2", "1", "3"])
        done, written = self.compare(ours, peer, "--runs", "3")
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(log, encoding="utf-8") as lines:
            self.assertEqual(lines.read(), "4;2;4;2;4;2;")
        summary = written["summary"]
        self.assertEqual(summary["ours"], {"median": 6, "min": 4, "max": 9})
        self.assertEqual(summary["peer"], {"median": 2, "min": 1, "max": 3})
        self.assertEqual([summary["ratio"], summary["pair_ratio_min"], summary["pair_ratio_max"]], [3, 2, 6])
        self.assertEqual([len(written["results"][side]) for side in ("ours", "peer")], [3, 3])
        self.assertEqual(set(written["machine"]), {"cpu", "cores", "date", "load_average"})
        self.assertIn("3.000  [2.000, 6.000]", done.stdout)
        self.assertEqual(len(done.stderr.splitlines()), 6)

    def test_prefers_the_first_rate_in_both_and_gives_the_ratio_of_memory(self):
        ours = printing(samples_per_s=1, texts_per_s=3, tokens_per_s=10, peak_rss_mb=500)
        peer = printing(texts_per_s=2, tokens_per_s=40, peak_rss_mb=1000)
        _, written = self.compare(ours, peer, "--runs", "1")
        self.assertEqual(written["summary"]["rate"], "texts_per_s")
        self.assertEqual(written["summary"]["ratio"], 1.5)
        self.assertEqual(written["summary"]["peak_rss_mb_ratio"], 0.5)

    def test_compares_the_rate_asked_for(self):
        ours, peer = printing(texts_per_s=3, descriptions_per_s=8), printing(texts_per_s=2, descriptions_per_s=2)
        done, written = self.compare(ours, peer, "--runs", "1", "--rate", "descriptions_per_s")
        self.assertEqual(written["summary"]["ratio"], 4)
        self.assertIn("not given", done.stdout)

    def test_stops_with_the_end_of_stderr_of_a_failing_command(self):
        failing = command("import sys; print('{}'); sys.exit('out of memory')")
        done, written = self.compare(printing(texts_per_s=1), failing)
        self.assertEqual(done.returncode, 1)
        self.assertIn("exit code 1", done.stderr)
        self.assertIn("out of memory", done.stderr)
        self.assertEqual((done.stdout, written), ("", None))

    def test_stops_where_there_is_nothing_to_compare(self):
        good = printing(texts_per_s=1)
        others = {
            "no line of JSON": command("print('done')"),
            "not JSON": command("print('{oops')"),
            "no samples_per_s or texts_per_s": printing(seconds=1),
            "expected a number above 0": printing(texts_per_s=0),
            "cannot run": "/no/such/command",
        }
        for message, peer in others.items():
            with self.subTest(message):
                done, written = self.compare(good, peer)
                self.assertEqual((done.returncode, written), (1, None))
                self.assertIn(message, done.stderr)


if __name__ == "__main__":
    unittest.main()
