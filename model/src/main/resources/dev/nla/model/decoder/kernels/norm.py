# Root mean square layer normalisation (Zhang & Sennrich 2019).
import config
import dtypes


def rms(x: Tensor, weight: Tensor, c: config.Config) -> Tensor:
    """Divides x […, n] by the root of its mean square and multiplies it by weight [n]."""
    if c.norms_about_one:
        # Gemma stores factors less 1 and computes in float32.
        one = weight.to(dtypes.float32()) + 1.0
        return torch.rms_norm(x.to(dtypes.float32()), [len(weight)], one, c.eps).to(x.dtype)
    return torch.rms_norm(x, [len(weight)], weight, c.eps)


def rms_if_there(x: Tensor, weight: Optional[Tensor], c: config.Config) -> Tensor:
    """The same for a norm that only some families have."""
    return x if weight is None else rms(x, weight, c)
