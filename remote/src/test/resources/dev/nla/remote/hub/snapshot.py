"""Pulls a repository with huggingface_hub, or finds it in the cache: snapshot.py CACHE REPO [ENDPOINT]. Prints the snapshot's folder."""

import os
import sys

cache, repo = sys.argv[1:3]
endpoint = sys.argv[3] if len(sys.argv) > 3 else None
os.environ["HF_HUB_OFFLINE"] = "0" if endpoint else "1"
if endpoint:
    os.environ["HF_ENDPOINT"] = endpoint
    os.environ["HF_TOKEN"] = "hf_python"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

from huggingface_hub import snapshot_download, try_to_load_from_cache

folder = snapshot_download(
    repo, cache_dir=cache, local_files_only=endpoint is None, ignore_patterns=["*.bin"])
print(folder)
print(try_to_load_from_cache(repo, "tokenizer/tokenizer.json", cache_dir=cache))
