#!/usr/bin/env python3
"""Exact nearest neighbours of every row among seeded unit vectors, by inner product, with faiss. Prints one JSON line.

    pip install faiss-cpu
    python faiss_flat.py --rows 50000 --width 576 --k 20

The time covers building the flat index (a copy of the vectors), the search, and leaving each row out of its own result.
"""
from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import sys
import time


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Exact nearest neighbours with faiss.IndexFlatIP.")
    numbers = dict(rows=50000, width=576, k=20, threads=2, seed=0, repeat=1)
    for name, default in numbers.items():
        parser.add_argument("--" + name, type=int, default=default, help=f"({default})")
    options = parser.parse_args()
    if min(options.rows, options.width, options.k, options.threads, options.repeat) < 1 or options.k >= options.rows:
        parser.error("--rows, --width, --k, --threads and --repeat must be at least 1, and --k below --rows")
    return options


def load_faiss(threads: int):
    """numpy and faiss, told to use so many threads."""
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[variable] = str(threads)  # read when the libraries load
    try:
        import faiss
        import numpy
    except ImportError as missing:
        sys.exit(f"faiss_flat.py: {missing}: pip install faiss-cpu")
    faiss.omp_set_num_threads(threads)
    return numpy, faiss


def unit_vectors(numpy, rows: int, width: int, seed: int):
    """Rows [N, d] of length 1, float32."""
    vectors = numpy.random.default_rng(seed).standard_normal((rows, width), dtype=numpy.float32)
    vectors /= numpy.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def neighbors(numpy, faiss, vectors, k: int):
    """Indices [N, k] of the rows with the largest inner products, best first, without the row itself."""
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    _, found = index.search(vectors, k + 1)
    others = found != numpy.arange(len(vectors))[:, None]
    others[others.all(axis=1), -1] = False  # a row that is not in its own result, for example one of many duplicates
    return found[others].reshape(len(vectors), k)


def main() -> None:
    options = arguments()
    numpy, faiss = load_faiss(options.threads)
    vectors = unit_vectors(numpy, options.rows, options.width, options.seed)
    times = []
    for _ in range(options.repeat):
        start = time.perf_counter()
        neighbors(numpy, faiss, vectors, options.k)
        times.append(time.perf_counter() - start)
    seconds = statistics.median(times)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1 << 20 if sys.platform == "darwin" else 1 << 10)
    result = {"work": "neighbors", "rows": options.rows, "width": options.width, "k": options.k}
    result |= {"seconds": round(seconds, 4), "rows_per_s": options.rows / seconds, "peak_rss_mb": peak}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
