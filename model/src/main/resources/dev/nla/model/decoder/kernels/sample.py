# How the next token is drawn.
import head


class Sampling(NamedTuple):
    temperature: float  # 0 takes the likeliest
    top_k: int  # draws from the likeliest so many; 0 from all
    top_p: float  # draws from the likeliest that make up this share


def read(inputs: Dict[str, Tensor]) -> Sampling:
    return Sampling(float(inputs["temperature"]), int(inputs["top_k"]), float(inputs["top_p"]))


def draw(logits: Tensor, s: Sampling, uniforms: Tensor) -> Tuple[Tensor, Tensor]:
    """
    Tokens [n] for logits [n, V], by one number each in [0, 1), uniforms [n]; and the log-probability of each at this
    temperature, before top_k and top_p.
    """
    if s.temperature <= 0.0:
        ids = logits.argmax(-1)
        return ids, head.chosen(logits, ids) - logits.logsumexp([-1])
    p = torch.softmax(logits / s.temperature, -1)
    if s.top_k > 0 or s.top_p < 1.0:
        count = p.shape[-1]
        if s.top_k > 0:
            count = min(s.top_k, count)
        kept, order = torch.topk(p, count)
        kept = kept / kept.sum([-1], True)
        before = kept.cumsum(-1) - kept
        kept = torch.where(before < s.top_p, kept, torch.zeros_like(kept))
        choice = order.gather(-1, inverse(kept, uniforms))
    else:
        choice = inverse(p, uniforms)
    return choice.squeeze(-1), p.gather(-1, choice).squeeze(-1).log()


def inverse(weights: Tensor, uniforms: Tensor) -> Tensor:
    """The first column of weights [n, k] up to which they make up more than that share of their sum: [n, 1]."""
    total = weights.cumsum(-1)
    place = torch.searchsorted(total, uniforms.unsqueeze(-1) * total[:, -1:], out_int32=False, right=True)
    return place.clamp(0, weights.shape[-1] - 1)
