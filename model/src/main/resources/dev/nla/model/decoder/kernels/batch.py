# What most calls from Java begin with.


# Rows of tokens that begin with a shared prefix, see TokenBatch in Java.
class Batch(NamedTuple):
    prefix: Tensor  # [1, P] int64
    rows: Tensor  # [B, T] int64, padded on the right
    vectors: Tensor  # [B, d] float32; [0, d] where none are injected
    column: int  # of rows, whose embedding vectors replace


def read(inputs: Dict[str, Tensor]) -> Batch:
    # Ids lie in Java's memory, and the backward pass reads them when that is freed.
    return Batch(inputs["prefix"].clone(), inputs["rows"].clone(), inputs["vectors"], int(inputs["column"]))
