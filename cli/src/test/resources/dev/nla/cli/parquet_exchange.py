"""Tables between pyarrow and nla: parquet_exchange.py GOLDEN EXPORTED OUTPUT.

Compares types and values of every column of the four golden tables with those exported, and writes the base table in other guises, each
with its sidecar, for nla to read. Prints their names.
"""
import shutil
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

golden, exported, output = map(Path, sys.argv[1:])
for stage in ("base", "av_sft", "ar_sft", "rl"):
    expected = pq.read_table(golden / (stage + ".parquet"))
    found = pq.read_table(exported / (stage + ".parquet"))
    for name in expected.column_names:
        assert found.column(name).type == expected.column(name).type, (stage, name, found.column(name).type)
        assert found.column(name).equals(expected.column(name)), (stage, name)

base = pq.read_table(golden / "base.parquet")
vectors = base.column("activation_vector").combine_chunks()
documents = base.column("doc_id").combine_chunks()


def replaced(column, values):
    return base.set_column(base.column_names.index(column), column, values)


output.mkdir()
for name, table, options in (
    ("variable", replaced("activation_vector", vectors.cast(pa.list_(pa.float32()))), {}),
    ("large", replaced("activation_vector", vectors.cast(pa.large_list(pa.float32()))), {}),
    ("double", replaced("activation_vector", vectors.cast(pa.list_(pa.float64(), vectors.type.list_size))), {}),
    ("dictionary", replaced("doc_id", documents.dictionary_encode()), {}),
    ("long_texts", replaced("doc_id", documents.cast(pa.large_string())), {}),
    ("groups_of_7", base, {"row_group_size": 7, "compression": "gzip"}),
    ("plain", base, {"compression": "none", "use_dictionary": False, "data_page_version": "2.0"}),
):
    pq.write_table(table, output / (name + ".parquet"), **options)
    shutil.copy(golden / "base.parquet.nla_meta.yaml", output / (name + ".parquet.nla_meta.yaml"))
    print(name)
