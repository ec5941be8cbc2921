# From tokens to hidden states: all blocks, or the first of them.
import batch
import block
import causal
import dtypes
import embedding
import model
import steer


def run(
    m: model.Model,
    b: batch.Batch,
    blocks: int,
    whole: bool,
    tape: Optional[List[block.Streams]],
    caches: Optional[List[block.Cache]],
    steered: Optional[steer.Steering],
) -> block.Streams:
    """
    Runs the first blocks.

    whole: whether the last of them computes the prefix to its end too
    tape: gets what comes into each block, where it is given
    caches: gets each block's keys and values, where it is given
    steered: what is put into the rows behind a block, where it is given
    """
    at = places(m, b.prefix.shape[1], b.rows.shape[1])
    h = entering(m, b)
    for i in range(blocks):
        if tape is not None:
            tape.append(h)
        h, cache = block.apply(h, m.blocks[i], at, whole or i + 1 < blocks, m.config)
        if caches is not None:
            caches.append(cache)
        if steered is not None and steered.block == i:
            h = block.Streams(h.prefix, steer.apply(h.rows, steered))
    return h


def entering(m: model.Model, b: batch.Batch) -> block.Streams:
    """What comes into the first block."""
    rows = embedding.inject(embedding.look_up(b.rows, m), b.vectors, b.column)
    return block.Streams(embedding.look_up(b.prefix, m), rows)


def places(m: model.Model, p: int, t: int) -> causal.Places:
    """Those of rows of t tokens after a prefix of p."""
    return causal.places(p, t, m.frequencies, dtypes.named(m.config.dtype), m.config)
