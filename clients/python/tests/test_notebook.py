"""The example notebook runs to its end against a real server and shows what it promises; needs NLA_URL as test_live.py."""

import os
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif("NLA_URL" not in os.environ, reason="NLA_URL names no server")

NOTEBOOK = Path(__file__).parents[1] / "examples" / "reading.ipynb"


def test_the_notebook_runs():
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbclient.NotebookClient(notebook, timeout=300).execute()
    shown = [
        output.get("text") or output.get("data", {}).get("text/plain", "")
        for cell in notebook.cells
        for output in cell.get("outputs", [])
    ]
    assert any("goat" in text for text in shown)
    assert 0.5 < float(shown[-1]) <= 1
