# What config.json says of an architecture, as far as kernels need to know. The Java class Decoder fills it in, by these
# names.
#
# Letters in shapes: B rows of a batch, P tokens of the prefix that all rows begin with, T tokens of a row after it, d
# width of the model, H heads of queries, K heads of keys and values, D width of a head, V tokens of the vocabulary, r
# rank of an adapter.


class Config:
    dtype: str  # of matrix products and activations: float32 or bfloat16
    layers: int  # number of blocks
    heads: int  # H
    kv_heads: int  # K
    head_dim: int  # D
    scale: float  # what the product of a query and a key is multiplied by
    kinds: List[int]  # of attention, one for each block: an index into windows
    windows: List[int]  # how many places a token sees, its own included; 0 is all before it. One for each kind
    frequencies: List[List[float]]  # of rotation, R / 2 for each kind, see rope.angles
    span: int  # queries whose attention is computed at a time
    embedding_scale: float  # what embeddings are multiplied by
    norms_about_one: bool  # whether factors of norms are stored less 1
    gelu: bool  # the activation of feed-forward layers: gelu (tanh) rather than silu
    fused: bool  # whether query, key and value, and gate and up, are one layer each for an adapter
    eps: float  # of norms
