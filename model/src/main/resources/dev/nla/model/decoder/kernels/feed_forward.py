# Gated feed-forward layers (Shazeer 2020).
import config
import linear


class FeedForward(NamedTuple):
    gate: linear.Linear  # [F, d]
    up: linear.Linear  # [F, d]
    down: linear.Linear  # [d, F]


def apply(x: Tensor, layer: FeedForward, c: config.Config) -> Tensor:
    """[B, T, d] to [B, T, d]."""
    gate = linear.apply(x, layer.gate)
    if c.gelu:
        gate = torch.gelu(gate, approximate="tanh")
    else:
        gate = torch.silu(gate)
    return linear.apply(gate * linear.apply(x, layer.up), layer.down)
