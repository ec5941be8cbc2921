# Tokens become vectors, and an activation takes one token's place.
import dtypes
import model


def look_up(ids: Tensor, m: model.Model) -> Tensor:
    """ids [B, T] to [B, T, d]."""
    e = torch.embedding(m.embedding, ids).to(dtypes.named(m.config.dtype))
    scale = m.config.embedding_scale
    if scale != 1.0:
        # Gemma rounds the factor to the type of the embedding.
        e = e * torch.tensor(scale).to(e.dtype)
    return e


def inject(e: Tensor, vectors: Tensor, column: int) -> Tensor:
    """Puts vectors [B, d] in the place of column of e [B, T, d]; without any, [0, d], e stays."""
    if len(vectors) == 0:
        return e
    before = e.narrow(1, 0, column)
    after = e.narrow(1, column + 1, e.shape[1] - column - 1)
    return torch.cat([before, vectors.to(e.dtype).unsqueeze(1), after], 1)
