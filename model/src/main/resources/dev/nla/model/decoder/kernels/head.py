# From hidden states to the next token.
import dtypes
import linear
import model
import norm


def logits(h: Tensor, m: model.Model) -> Tensor:
    """h […, d] as the last block leaves it, to […, V] float32."""
    return product(norm.rms(h, m.norm, m.config), m)


def product(x: Tensor, m: model.Model) -> Tensor:
    """The same of hidden states that are normalised."""
    return linear.apply(x, m.head).to(dtypes.float32())


def log_probabilities(logits: Tensor, temperature: float) -> Tensor:
    """Of all tokens, […, V]."""
    if temperature != 1.0:
        logits = logits / temperature
    return torch.log_softmax(logits, -1)


def chosen(values: Tensor, ids: Tensor) -> Tensor:
    """values […, V] of one token each, ids […]."""
    return values.gather(-1, ids.unsqueeze(-1)).squeeze(-1)
