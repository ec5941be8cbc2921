# Log-probabilities of chosen tokens, with gradient to the hidden states.
import dtypes
import head
import model
import norm


class Scores(NamedTuple):
    log_probabilities: Tensor  # [n] float32
    entropies: Tensor  # [n] float32, without gradient; 0 where they are not asked for


def score(h: Tensor, inputs: Dict[str, Tensor], m: model.Model) -> Scores:
    """Of targets [n] after hidden states h [n, d] as the last block leaves them; temperature divides the logits."""
    targets = inputs["targets"]
    temperature = float(inputs["temperature"])
    entropies = bool(inputs["entropies"])
    if bool(inputs["head_is_trained"]):
        return at_once(h, targets, temperature, entropies, m)
    return in_parts(h, targets, temperature, entropies, int(inputs["logits_at_once"]), m)


def at_once(h: Tensor, targets: Tensor, temperature: float, entropies: bool, m: model.Model) -> Scores:
    """By autograd through the head."""
    z = head.log_probabilities(head.logits(h, m), temperature)
    y = head.chosen(z, targets.clone())
    e = torch.zeros_like(y)
    if entropies:
        e = entropy(z.detach(), z.detach().exp())
    return Scores(y, e.detach())


def in_parts(h: Tensor, targets: Tensor, temperature: float, entropies: bool, most: int, m: model.Model) -> Scores:
    """
    Where the head is frozen: at most so many numbers of logits at a time, none of which are kept. The slope of each
    log-probability with respect to its hidden state is taken on the way,

    d log p(t) / d x = (W[t] - Σ p(v) W[v]) / temperature

    and what is returned is a linear function of the hidden states that has this value and this slope.
    """
    x = norm.rms(h, m.norm, m.config)
    fixed = x.detach()
    w = m.head.weight
    sloped = x.requires_grad
    rows = max(1, most // len(w))
    n = len(targets)
    ys: List[Tensor] = []
    es: List[Tensor] = []
    slopes: List[Tensor] = []
    for i in range((n + rows - 1) // rows):
        begin = i * rows
        end = min(begin + rows, n)
        t = targets[begin:end]
        z = head.log_probabilities(head.product(fixed[begin:end], m), temperature)
        y = head.chosen(z, t)
        ys.append(y)
        p = z
        if sloped or entropies:
            p = z.exp()
        es.append(entropy(z, p) if entropies else torch.zeros_like(y))
        if sloped:
            slope = torch.embedding(w, t) - torch.matmul(p.to(w.dtype), w)
            slopes.append(slope.to(dtypes.float32()) / temperature)
    y = torch.cat(ys, 0)
    if sloped:
        change = (x - fixed).to(dtypes.float32())
        y = y + (change * torch.cat(slopes, 0)).sum([-1])
    return Scores(y, torch.cat(es, 0).detach())


def entropy(z: Tensor, p: Tensor) -> Tensor:
    """-Σ p log p, in nats, for z = log p and p, both [n, V]."""
    return -(p * z).sum([-1])
