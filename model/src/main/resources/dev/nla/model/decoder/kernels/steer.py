# A vector that is put into what a block gives, at one place of each row.


# What is done to the rows of a batch.
class Steering(NamedTuple):
    block: int  # whose output it is
    column: int  # of the rows
    vectors: Tensor  # [B, d] float32, added
    kept: Tensor  # [B] float32: how much of what was there stays


def read(inputs: Dict[str, Tensor]) -> Optional[Steering]:
    if "steered_block" not in inputs:
        return None
    return Steering(int(inputs["steered_block"]), int(inputs["steered_column"]), inputs["steered"], inputs["kept"])


def apply(h: Tensor, by: Steering) -> Tensor:
    """h [B, T, d] with another vector in its column."""
    there = h.narrow(1, by.column, 1)
    changed = by.kept.to(h.dtype).view([-1, 1, 1]) * there + by.vectors.to(h.dtype).unsqueeze(1)
    before = h.narrow(1, 0, by.column)
    after = h.narrow(1, by.column + 1, h.shape[1] - by.column - 1)
    return torch.cat([before, changed, after], 1)
