class Kernels(Module):
  __parameters__ = []
  __buffers__ = []
  files : List[Tensor]
  weights : List[Tensor]
  packed : List[__torch__.torch.classes.quantized.LinearPackedParamsBase]
  tape : List[Tensor]
  pending : List[Tensor]
  layers : int
  heads : int
  kv_heads : int
  head_dim : int
  rotary_dim : int
  scale : float
  kinds : List[int]
  windows : List[int]
  span : int
  embedding_scale : float
  norms_about_one : bool
  normalises_results : bool
  gelu : bool
  fused : bool
  eps : float
  dtype : int

  def open_file(self, path: Tensor, size: Tensor) -> Tensor:
    name = ""
    for i in range(torch.size(path, 0)):
      name = torch.add(name, torch.chr(int(torch.select(path, 0, i))))
    elements = int(torch.select(size, 0, 0))
    kind = int(torch.select(size, 0, 1))
    _0 = torch.append(self.files, torch.from_file(name, False, elements, dtype=kind))
    return torch.tensor([torch.len(self.files)])

  def map_weight(self, place: Tensor, shape: Tensor, like: Tensor) -> Tensor:
    file = self.files[int(torch.select(place, 0, 0))]
    begin = int(torch.select(place, 0, 1))
    dims = annotate(List[int], [])
    count = 1
    for i in range(torch.size(shape, 0)):
      n = int(torch.select(shape, 0, i))
      count = torch.mul(count, n)
      _0 = torch.append(dims, n)
    w = torch.view(torch.slice(file, 0, begin, torch.add(begin, count), 1), dims)
    w = torch.to(w, dtype=self.dtype, device=ops.prim.device(like))
    _1 = torch.append(self.weights, w)
    return torch.tensor([torch.len(self.weights)])

  def add_weight(self, w: Tensor, cast: Tensor) -> Tensor:
    if torch.gt(int(cast), 0):
      x = torch.to(w, self.dtype, False, True)
    else:
      x = torch.clone(w)
    _0 = torch.append(self.weights, x)
    return torch.tensor([torch.len(self.weights)])

  def bind(self, flat: Tensor, shapes: Tensor, frequencies: Tensor) -> Tensor:
    sizes = annotate(List[int], [])
    n = torch.floordiv(torch.size(shapes, 0), 2)
    for i in range(n):
      rows = int(torch.select(shapes, 0, torch.mul(2, i)))
      columns = int(torch.select(shapes, 0, torch.add(torch.mul(2, i), 1)))
      if torch.lt(columns, 0):
        _0 = torch.append(sizes, 0)
      elif torch.gt(columns, 0):
        _0 = torch.append(sizes, torch.mul(rows, columns))
      else:
        _0 = torch.append(sizes, rows)
    parts = torch.split_with_sizes(torch.to(flat, self.dtype), sizes, 0)
    torch.clear(self.weights)
    for i in range(n):
      rows = int(torch.select(shapes, 0, torch.mul(2, i)))
      columns = int(torch.select(shapes, 0, torch.add(torch.mul(2, i), 1)))
      if torch.lt(columns, 0):
        _1 = torch.append(self.weights, torch.clone(frequencies))
      elif torch.gt(columns, 0):
        _1 = torch.append(self.weights, torch.view(parts[i], [rows, columns]))
      else:
        _1 = torch.append(self.weights, parts[i])
    return torch.tensor([torch.len(self.weights)])

  def quantize(self, w: Tensor) -> Tensor:
    scale = torch.to(torch.clamp_min(torch.div(torch.amax(torch.abs(w), [1]), 127.), 9.9999999999999998e-13), 7)
    zero = torch.zeros([torch.size(w, 0)], dtype=4)
    q = torch.quantize_per_channel(w, scale, zero, 0, 12)
    _0 = torch.append(self.packed, ops.quantized.linear_prepack(q, None))
    return torch.expand(torch.zeros([1, 1]), [torch.size(w, 0), torch.size(w, 1)])

  def pack(self, like: Tensor) -> Tensor:
    slots = [1, 2, 3, 4, 6, 7, 8]
    for i in range(torch.mul(self.layers, 7)):
      k = torch.add(torch.add(4, torch.mul(20, torch.floordiv(i, 7))), slots[torch.remainder(i, 7)])
      self.weights[k] = self.quantize(self.weights[k])
    if torch.eq(torch.numel(self.weights[2]), 0):
      _0 = self.quantize(self.weights[0])
    else:
      self.weights[2] = self.quantize(self.weights[2])
    return torch.tensor([torch.len(self.packed)])

  def shares(self, i: int) -> bool:
    j = torch.remainder(i, 7)
    return torch.__and__(self.fused, torch.__or__(torch.__or__(torch.eq(j, 1), torch.eq(j, 2)), torch.eq(j, 5)))

  def unpack(self, flat: Tensor, ranks: Tensor, scaling: Tensor) -> Tuple[List[Tensor], List[float]]:
    out = annotate(List[Tensor], [])
    scales = annotate(List[float], [])
    if torch.gt(torch.numel(flat), 0):
      slots = [1, 2, 3, 4, 6, 7, 8]
      sizes = annotate(List[int], [])
      rest = torch.numel(flat)
      for i in range(torch.mul(self.layers, 7)):
        r = int(torch.select(ranks, 0, i))
        w = self.weights[torch.add(torch.add(4, torch.mul(20, torch.floordiv(i, 7))), slots[torch.remainder(i, 7)])]
        a = torch.mul(r, torch.size(w, 1))
        if self.shares(i):
          a = 0
        b = torch.mul(r, torch.size(w, 0))
        _0 = torch.append(sizes, a)
        _1 = torch.append(sizes, b)
        _2 = torch.append(scales, float(torch.select(scaling, 0, i)))
        rest = torch.sub(rest, torch.add(a, b))
      _5 = torch.append(sizes, rest)
      parts = torch.split_with_sizes(torch.to(flat, self.dtype), sizes, 0)
      for i in range(torch.mul(self.layers, 7)):
        r = int(torch.select(ranks, 0, i))
        w = self.weights[torch.add(torch.add(4, torch.mul(20, torch.floordiv(i, 7))), slots[torch.remainder(i, 7)])]
        if self.shares(i):
          _3 = torch.append(out, out[torch.sub(torch.mul(2, i), 2)])
        else:
          _6 = torch.append(out, torch.view(parts[torch.mul(2, i)], [r, torch.size(w, 1)]))
        _4 = torch.append(out, torch.view(parts[torch.add(torch.mul(2, i), 1)], [torch.size(w, 0), r]))
    return (out, scales)

  def project(self, x: Tensor, at: int, slot: int, bias: int, l: List[Tensor], s: List[float], j: int, drop: float) -> Tensor:
    w = self.weights[torch.add(at, slot)]
    b = self.weights[torch.add(at, bias)]
    if torch.gt(torch.len(self.packed), 0):
      y = ops.quantized.linear_dynamic(x, self.packed[j], True)
      if torch.gt(torch.numel(b), 0):
        y = torch.add(y, b)
    elif torch.gt(torch.numel(b), 0):
      y = torch.linear(x, w, b)
    else:
      y = torch.linear(x, w, None)
    if torch.gt(torch.len(l), 0):
      a = l[torch.mul(2, j)]
      if torch.gt(torch.size(a, 0), 0):
        d = x
        if torch.gt(drop, 0.):
          d = torch.dropout(x, drop, True)
        z = torch.linear(torch.linear(d, a, None), l[torch.add(torch.mul(2, j), 1)], None)
        y = torch.add(y, z, alpha=s[j])
    return y

  def norm(self, x: Tensor, w: Tensor) -> Tensor:
    if self.norms_about_one:
      one = torch.add(torch.to(w, 6), 1.)
      y = torch.to(torch.rms_norm(torch.to(x, 6), [torch.size(w, 0)], one, self.eps), self.dtype)
    else:
      y = torch.rms_norm(x, [torch.size(w, 0)], w, self.eps)
    return y

  def turn(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    a, b = torch.chunk(x, 2, -1)
    return torch.add(torch.mul(x, cos), torch.mul(torch.cat([torch.neg(b), a], -1), sin))

  def rotate(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    if torch.lt(self.rotary_dim, self.head_dim):
      turned = self.turn(torch.slice(x, -1, 0, self.rotary_dim, 1), cos, sin)
      y = torch.cat([turned, torch.slice(x, -1, self.rotary_dim, 9223372036854775807, 1)], -1)
    else:
      y = self.turn(x, cos, sin)
    return y

  def angles(self, begin: int, end: int) -> Tuple[List[Tensor], List[Tensor]]:
    f = self.weights[3]
    at = torch.arange(begin, end, dtype=6, device=ops.prim.device(f))
    cos = annotate(List[Tensor], [])
    sin = annotate(List[Tensor], [])
    for k in range(torch.len(self.windows)):
      p = torch.outer(at, torch.select(f, 0, k))
      e = torch.cat([p, p], -1)
      _0 = torch.append(cos, torch.to(torch.cos(e), self.dtype))
      _1 = torch.append(sin, torch.to(torch.sin(e), self.dtype))
    return (cos, sin)

  def query(self, x: Tensor, i: int, l: List[Tensor], s: List[float], drop: float, cos: Tensor, sin: Tensor) -> Tensor:
    b, t, d = torch.size(x)
    at = torch.add(4, torch.mul(20, i))
    q = torch.view(self.project(x, at, 1, 9, l, s, torch.mul(7, i), drop), [b, t, self.heads, self.head_dim])
    n = self.weights[torch.add(at, 16)]
    if torch.gt(torch.numel(n), 0):
      q = self.norm(q, n)
    return self.rotate(torch.transpose(q, 1, 2), cos, sin)

  def keyvalue(self, x: Tensor, i: int, l: List[Tensor], s: List[float], drop: float, cos: Tensor, sin: Tensor) -> Tuple[Tensor, Tensor]:
    b, t, d = torch.size(x)
    at = torch.add(4, torch.mul(20, i))
    j = torch.mul(7, i)
    k = torch.view(self.project(x, at, 2, 10, l, s, torch.add(j, 1), drop), [b, t, self.kv_heads, self.head_dim])
    v = torch.view(self.project(x, at, 3, 11, l, s, torch.add(j, 2), drop), [b, t, self.kv_heads, self.head_dim])
    n = self.weights[torch.add(at, 17)]
    if torch.gt(torch.numel(n), 0):
      k = self.norm(k, n)
    return (self.rotate(torch.transpose(k, 1, 2), cos, sin), torch.transpose(v, 1, 2))

  def qkv(self, h: Tensor, i: int, l: List[Tensor], s: List[float], drop: float, cos: Tensor, sin: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    x = self.norm(h, self.weights[torch.add(4, torch.mul(20, i))])
    k, v = self.keyvalue(x, i, l, s, drop, cos, sin)
    return (self.query(x, i, l, s, drop, cos, sin), k, v)

  def finish(self, h: Tensor, a: Tensor, i: int, l: List[Tensor], s: List[float], drop: float) -> Tensor:
    at = torch.add(4, torch.mul(20, i))
    j = torch.mul(7, i)
    o = self.project(a, at, 4, 12, l, s, torch.add(j, 3), drop)
    if self.normalises_results:
      o = self.norm(o, self.weights[torch.add(at, 18)])
    y = torch.add(h, o)
    x = self.norm(y, self.weights[torch.add(at, 5)])
    g = self.project(x, at, 6, 13, l, s, torch.add(j, 4), drop)
    if self.gelu:
      g = torch.gelu(g, approximate="tanh")
    else:
      g = torch.silu(g)
    u = self.project(x, at, 7, 14, l, s, torch.add(j, 5), drop)
    z = self.project(torch.mul(g, u), at, 8, 15, l, s, torch.add(j, 6), drop)
    if self.normalises_results:
      z = self.norm(z, self.weights[torch.add(at, 19)])
    return torch.add(y, z)

  def merge(self, a: Tensor) -> Tensor:
    b, n, t, d = torch.size(a)
    return torch.reshape(torch.transpose(a, 1, 2), [b, t, torch.mul(n, d)])

  def lookup(self, ids: Tensor) -> Tensor:
    e = torch.embedding(self.weights[0], ids)
    if torch.ne(self.embedding_scale, 1.):
      e = torch.mul(e, torch.to(torch.tensor(self.embedding_scale), self.dtype))
    return e

  def embed(self, ids: Tensor, vectors: Tensor, column: int) -> Tensor:
    e = self.lookup(torch.clone(ids))
    if torch.gt(torch.numel(vectors), 0):
      v = torch.unsqueeze(torch.to(vectors, self.dtype), 1)
      e = torch.cat([torch.slice(e, 1, 0, column, 1), v, torch.slice(e, 1, torch.add(column, 1), 9223372036854775807, 1)], 1)
    return e

  def attend(self, q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    b, h, t, d = torch.size(q)
    x = torch.reshape(q, [b, self.kv_heads, torch.mul(torch.floordiv(h, self.kv_heads), t), d])
    y = torch.scaled_dot_product_attention(x, k, v, mask, 0., False, scale=self.scale, enable_gqa=False)
    return torch.reshape(y, [b, h, t, d])

  def attend_causal(self, q: Tensor, k: Tensor, v: Tensor, mask: Tensor, window: int) -> Tensor:
    b, h, t, d = torch.size(q)
    g = torch.floordiv(h, self.kv_heads)
    n = torch.floordiv(torch.size(mask, 0), g)
    if torch.le(t, n):
      y = self.attend(q, k, v, mask)
    else:
      # Who sees whom depends on the distance alone, so the mask of the last n queries serves any n before them, its columns moved along.
      T = torch.size(k, 2)
      m = torch.view(mask, [g, n, T])
      blocks = torch.floordiv(torch.sub(torch.add(t, n), 1), n)
      parts = annotate(List[Tensor], [])
      for i in range(blocks):
        later = torch.mul(torch.sub(torch.sub(blocks, i), 1), n)
        end = torch.sub(t, later)
        begin = ops.prim.max([0, torch.sub(end, n)])
        seen = torch.sub(T, later)
        first = 0
        if torch.gt(window, 0):
          first = ops.prim.max([0, torch.add(torch.sub(torch.add(torch.sub(T, t), begin), window), 1)])
        rows = torch.slice(m, 1, torch.sub(n, torch.sub(end, begin)), n, 1)
        own = torch.reshape(torch.slice(rows, 2, torch.add(later, first), T, 1), [torch.mul(g, torch.sub(end, begin)), torch.sub(seen, first)])
        part = self.attend(torch.slice(q, 2, begin, end, 1), torch.slice(k, 2, first, seen, 1), torch.slice(v, 2, first, seen, 1), own)
        _0 = torch.append(parts, part)
      y = torch.cat(parts, 2)
    return y

  def causal(self, t: int, P: int, like: Tensor) -> List[Tensor]:
    T = torch.add(P, t)
    n = ops.prim.min([t, self.span])
    before = torch.tril(torch.ones([n, T], dtype=11, device=ops.prim.device(like)), torch.sub(T, n))
    masks = annotate(List[Tensor], [])
    for k in range(torch.len(self.windows)):
      m = before
      w = self.windows[k]
      if torch.__and__(torch.gt(w, 0), torch.lt(w, T)):
        m = torch.triu(m, torch.add(torch.sub(torch.sub(T, n), w), 1))
      f = torch.masked_fill(torch.zeros([n, T], dtype=self.dtype, device=ops.prim.device(like)), torch.logical_not(m), -inf)
      _0 = torch.append(masks, torch.repeat(f, [torch.floordiv(self.heads, self.kv_heads), 1]))
    return masks

  def block(self, hp: Tensor, h: Tensor, i: int, l: List[Tensor], s: List[float], drop: float, cos: Tensor, sin: Tensor, mask: Tensor, maskp: Tensor, whole: bool) -> Tuple[Tensor, Tensor, List[Tensor]]:
    window = self.windows[self.kinds[i]]
    b, t, d = torch.size(h)
    P = torch.size(hp, 1)
    T = torch.add(P, t)
    q, k, v = self.qkv(h, i, l, s, drop, torch.slice(cos, 0, P, T, 1), torch.slice(sin, 0, P, T, 1))
    kk = k
    vv = v
    kp = torch.slice(k, 2, 0, 0, 1)
    vp = torch.slice(v, 2, 0, 0, 1)
    y = hp
    if torch.gt(P, 0):
      qp, kp, vp = self.qkv(hp, i, l, s, drop, torch.slice(cos, 0, 0, P, 1), torch.slice(sin, 0, 0, P, 1))
      kk = torch.cat([torch.expand(kp, [b, -1, -1, -1]), k], 2)
      vv = torch.cat([torch.expand(vp, [b, -1, -1, -1]), v], 2)
      if whole:
        y = self.finish(hp, self.merge(self.attend_causal(qp, kp, vp, maskp, window)), i, l, s, drop)
    a = self.attend_causal(q, kk, vv, mask, window)
    return (y, self.finish(h, self.merge(a), i, l, s, drop), [torch.select(kp, 0, 0), torch.select(vp, 0, 0), k, v])

  def run(self, prefix: Tensor, ids: Tensor, vectors: Tensor, column: int, l: List[Tensor], s: List[float], drop: float, blocks: int, whole: bool, inputs: List[Tensor], caches: List[Tensor]) -> Tuple[Tensor, Tensor]:
    P = torch.size(prefix, 1)
    b, t = torch.size(ids)
    cos, sin = self.angles(0, torch.add(P, t))
    h = self.embed(ids, vectors, column)
    hp = self.lookup(torch.clone(prefix))
    mask = self.causal(t, P, ids)
    maskp = self.causal(P, 0, ids)
    for i in range(blocks):
      if torch.gt(torch.len(inputs), 0):
        _0 = torch.append(inputs, hp)
        _1 = torch.append(inputs, h)
      n = self.kinds[i]
      hp, h, kv = self.block(hp, h, i, l, s, drop, cos[n], sin[n], mask[n], maskp[n], torch.__or__(whole, torch.lt(torch.add(i, 1), blocks)))
      if torch.gt(torch.len(caches), 0):
        for z in range(4):
          _2 = torch.append(caches, kv[z])
    return (hp, h)

  def unembedding(self) -> Tensor:
    w = self.weights[2]
    if torch.eq(torch.numel(w), 0):
      w = self.weights[0]
    return w

  def product(self, h: Tensor) -> Tensor:
    if torch.gt(torch.len(self.packed), 0):
      y = ops.quantized.linear_dynamic(h, self.packed[torch.mul(7, self.layers)], True)
    else:
      y = torch.linear(h, self.unembedding(), None)
    return torch.to(y, 6)

  def head(self, x: Tensor) -> Tensor:
    return self.product(self.norm(x, self.weights[1]))

  def last(self, hp: Tensor, h: Tensor, index: Tensor, i: int, l: List[Tensor], s: List[float], drop: float) -> Tensor:
    b, t, d = torch.size(h)
    P = torch.size(hp, 1)
    T = torch.add(P, t)
    n = self.kinds[i]
    coss, sins = self.angles(0, T)
    cos = coss[n]
    sin = sins[n]
    w = self.weights[torch.add(4, torch.mul(20, i))]
    cr = torch.slice(cos, 0, P, T, 1)
    sr = torch.slice(sin, 0, P, T, 1)
    k, v = self.keyvalue(self.norm(h, w), i, l, s, drop, cr, sr)
    if torch.gt(P, 0):
      kp, vp = self.keyvalue(self.norm(hp, w), i, l, s, drop, torch.slice(cos, 0, 0, P, 1), torch.slice(sin, 0, 0, P, 1))
      k = torch.cat([torch.expand(kp, [b, -1, -1, -1]), k], 2)
      v = torch.cat([torch.expand(vp, [b, -1, -1, -1]), v], 2)
    row = torch.floor_divide(index, t)
    column = torch.remainder(index, t)
    x = torch.index_select(torch.reshape(h, [-1, 1, d]), 0, index)
    cx = torch.view(torch.index_select(cr, 0, column), [-1, 1, 1, self.rotary_dim])
    sx = torch.view(torch.index_select(sr, 0, column), [-1, 1, 1, self.rotary_dim])
    q = self.query(self.norm(x, w), i, l, s, drop, cx, sx)
    key = torch.unsqueeze(torch.arange(T, dtype=4, device=ops.prim.device(h)), 0)
    own = torch.unsqueeze(torch.add(column, P), 1)
    seen = torch.le(key, own)
    window = self.windows[n]
    if torch.gt(window, 0):
      seen = torch.logical_and(seen, torch.gt(key, torch.sub(own, window)))
    mask = torch.expand(torch.view(seen, [-1, 1, 1, T]), [-1, -1, torch.floordiv(self.heads, self.kv_heads), -1])
    a = self.attend(q, torch.index_select(k, 0, row), torch.index_select(v, 0, row), mask)
    return torch.select(self.finish(x, self.merge(a), i, l, s, drop), 1, 0)

  def trunk(self, prefix: Tensor, ids: Tensor, vectors: Tensor, column: int, l: List[Tensor], s: List[float], drop: float, blocks: int, whole: bool, again: bool) -> Tuple[Tensor, Tensor]:
    if again:
      torch.clear(self.tape)
      fixed = annotate(List[Tensor], [])
      for k in range(torch.len(l)):
        _3 = torch.append(fixed, torch.detach(l[k]))
      _0 = torch.append(self.tape, torch.clone(ids))
      hp, h = self.run(prefix, ids, vectors, column, fixed, s, drop, blocks, whole, self.tape, annotate(List[Tensor], []))
      hp = torch.requires_grad_(torch.detach(hp), whole)
      h = torch.requires_grad_(torch.detach(h), True)
      _1 = torch.append(self.tape, hp)
      _2 = torch.append(self.tape, h)
    else:
      hp, h = self.run(prefix, ids, vectors, column, l, s, drop, blocks, whole, annotate(List[Tensor], []), annotate(List[Tensor], []))
    return (hp, h)

  def pull_back(self, flat: Tensor, ranks: Tensor, scaling: Tensor) -> Tensor:
    l, s = self.unpack(torch.detach(flat), ranks, scaling)
    out = annotate(List[Tensor], [])
    rest = torch.numel(flat)
    for k in range(torch.len(l)):
      _0 = torch.requires_grad_(l[k], True)
      n = torch.numel(l[k])
      if torch.__and__(torch.eq(torch.remainder(k, 2), 0), self.shares(torch.floordiv(k, 2))):
        n = 0
      _1 = torch.append(out, torch.zeros([n], dtype=6, device=ops.prim.device(flat)))
      rest = torch.sub(rest, n)
    blocks = torch.sub(torch.floordiv(torch.len(self.tape), 2), 1)
    ends = self.tape[torch.add(torch.mul(2, blocks), 1)]
    end = self.tape[torch.add(torch.mul(2, blocks), 2)]
    P = torch.size(ends, 1)
    t = torch.size(end, 1)
    cos, sin = self.angles(0, torch.add(P, t))
    mask = self.causal(t, P, end)
    maskp = self.causal(P, 0, end)
    whole = ops.prim.requires_grad(ends)
    gh = ops.prim.grad(end)
    gp = torch.zeros_like(ends)
    if torch.__and__(whole, torch.gt(P, 0)):
      gp = ops.prim.grad(ends)
    for n in range(blocks):
      i = torch.sub(torch.sub(blocks, n), 1)
      hp = torch.requires_grad_(torch.detach(self.tape[torch.add(torch.mul(2, i), 1)]), True)
      h = torch.requires_grad_(torch.detach(self.tape[torch.add(torch.mul(2, i), 2)]), True)
      z = self.kinds[i]
      yp, y, kv = self.block(hp, h, i, l, s, 0., cos[z], sin[z], mask[z], maskp[z], whole)
      inputs = [hp, h]
      if torch.gt(torch.len(l), 0):
        for k in range(14):
          _2 = torch.append(inputs, l[torch.add(torch.mul(14, i), k)])
      outputs = [y]
      slopes = annotate(List[Optional[Tensor]], [gh])
      if torch.__and__(whole, torch.gt(P, 0)):
        outputs = [y, yp]
        slopes = annotate(List[Optional[Tensor]], [gh, gp])
      gs = torch.autograd.grad(outputs, inputs, slopes, False, False, True)
      g0 = gs[0]
      if torch.__isnot__(g0, None):
        gp = unchecked_cast(Tensor, g0)
      g1 = gs[1]
      if torch.__isnot__(g1, None):
        gh = unchecked_cast(Tensor, g1)
      for k in range(torch.sub(torch.len(gs), 2)):
        g = gs[torch.add(k, 2)]
        if torch.__and__(torch.__isnot__(g, None), torch.gt(torch.numel(out[torch.add(torch.mul(14, i), k)]), 0)):
          out[torch.add(torch.mul(14, i), k)] = torch.to(torch.reshape(unchecked_cast(Tensor, g), [-1]), 6)
      whole = True
    torch.clear(self.tape)
    _3 = torch.append(out, torch.zeros([rest], dtype=6, device=ops.prim.device(flat)))
    return torch.cat(out, 0)

  def hidden(self, prefix: Tensor, ids: Tensor, vectors: Tensor, at: Tensor, ints: Tensor, flat: Tensor, ranks: Tensor, scaling: Tensor, floats: Tensor) -> Tensor:
    l, s = self.unpack(flat, ranks, scaling)
    column = int(torch.select(ints, 0, 0))
    block = int(torch.select(ints, 0, 1))
    drop = float(torch.select(floats, 0, 0))
    index = torch.clone(at)
    few = torch.le(torch.numel(index), torch.size(ids, 0))
    blocks = torch.add(block, 1)
    if few:
      blocks = block
    again = torch.gt(int(torch.select(ints, 0, 2)), 0)
    hp, h = self.trunk(prefix, ids, vectors, column, l, s, drop, blocks, few, again)
    if few:
      y = self.last(hp, h, index, block, l, s, drop)
    else:
      y = torch.index_select(torch.reshape(h, [-1, torch.size(h, 2)]), 0, index)
    return torch.to(y, 6)

  def states(self, prefix: Tensor, ids: Tensor, vectors: Tensor, ints: Tensor, flat: Tensor, ranks: Tensor, scaling: Tensor) -> Tuple[Tensor, Tensor]:
    l, s = self.unpack(flat, ranks, scaling)
    column = int(torch.select(ints, 0, 0))
    inputs = [ids]
    hp, h = self.run(prefix, ids, vectors, column, l, s, 0., self.layers, False, inputs, annotate(List[Tensor], []))
    keep = annotate(List[Tensor], [])
    for i in range(self.layers):
      _0 = torch.append(keep, inputs[torch.add(torch.mul(2, i), 2)])
    _1 = torch.append(keep, self.norm(h, self.weights[1]))
    return (torch.to(torch.stack(keep, 0), 6), self.head(h))

  def logp(self, logits: Tensor, temperature: float, targets: Tensor) -> Tuple[Tensor, Tensor]:
    if torch.eq(temperature, 1.):
      z = torch.log_softmax(logits, -1, None)
    else:
      z = torch.log_softmax(torch.div(logits, temperature), -1, None)
    return (torch.squeeze(torch.gather(z, -1, torch.unsqueeze(targets, -1)), -1), z)

  def score(self, prefix: Tensor, ids: Tensor, vectors: Tensor, index: Tensor, targets: Tensor, ints: Tensor, flat: Tensor, ranks: Tensor, scaling: Tensor, floats: Tensor) -> Tuple[Tensor, Tensor]:
    l, s = self.unpack(flat, ranks, scaling)
    column = int(torch.select(ints, 0, 0))
    entropies = torch.gt(int(torch.select(ints, 0, 1)), 0)
    temperature = float(torch.select(floats, 0, 1))
    again = torch.gt(int(torch.select(ints, 0, 3)), 0)
    hp, h = self.trunk(prefix, ids, vectors, column, l, s, float(torch.select(floats, 0, 0)), self.layers, False, again)
    x = torch.index_select(torch.reshape(h, [-1, torch.size(h, 2)]), 0, torch.clone(index))
    if torch.gt(int(torch.select(ints, 0, 2)), 0):
      y, z = self.logp(self.head(x), temperature, torch.clone(targets))
      e = torch.zeros_like(y)
      if entropies:
        e = torch.neg(torch.sum(torch.mul(torch.exp(z), z), [-1]))
    else:
      x = self.norm(x, self.weights[1])
      fixed = torch.detach(x)
      w = self.unembedding()
      slope = ops.prim.requires_grad(x)
      n = torch.numel(targets)
      most = ops.prim.max([1, torch.floordiv(16777216, torch.size(w, 0))])
      ys = annotate(List[Tensor], [])
      es = annotate(List[Tensor], [])
      slopes = annotate(List[Tensor], [])
      for i in range(torch.floordiv(torch.sub(torch.add(n, most), 1), most)):
        a = torch.mul(i, most)
        b = ops.prim.min([torch.add(a, most), n])
        t = torch.slice(targets, 0, a, b, 1)
        f = torch.slice(fixed, 0, a, b, 1)
        yc, z = self.logp(self.product(f), temperature, t)
        _0 = torch.append(ys, yc)
        p = z
        if torch.__or__(slope, entropies):
          p = torch.exp(z)
        if entropies:
          _1 = torch.append(es, torch.neg(torch.sum(torch.mul(p, z), [-1])))
        else:
          _2 = torch.append(es, torch.zeros_like(yc))
        if slope:
          g = torch.sub(torch.embedding(w, t), torch.matmul(torch.to(p, self.dtype), w))
          _3 = torch.append(slopes, torch.div(torch.to(g, 6), temperature))
      y = torch.cat(ys, 0)
      e = torch.cat(es, 0)
      if slope:
        d = torch.to(torch.sub(x, fixed), 6)
        y = torch.add(y, torch.sum(torch.mul(d, torch.cat(slopes, 0)), [-1]))
    return (y, torch.detach(e))

  def pick(self, logits: Tensor, temperature: float, top_k: int, top_p: float, u: Tensor) -> Tuple[Tensor, Tensor]:
    if torch.le(temperature, 0.):
      ids = torch.argmax(logits, -1)
      logp = torch.sub(torch.squeeze(torch.gather(logits, -1, torch.unsqueeze(ids, -1)), -1), torch.logsumexp(logits, [-1]))
    else:
      p = torch.softmax(torch.div(logits, temperature), -1, None)
      v = torch.unsqueeze(u, -1)
      if torch.__or__(torch.gt(top_k, 0), torch.lt(top_p, 1.)):
        k = torch.size(p, -1)
        if torch.gt(top_k, 0):
          k = ops.prim.min([top_k, k])
        kept, order = torch.topk(p, k)
        kept = torch.div(kept, torch.sum(kept, [-1], True))
        before = torch.sub(torch.cumsum(kept, -1), kept)
        kept = torch.where(torch.lt(before, top_p), kept, torch.zeros_like(kept))
        total = torch.cumsum(kept, -1)
        place = torch.searchsorted(total, torch.mul(v, torch.slice(total, -1, -1, 9223372036854775807, 1)), out_int32=False, right=True)
        choice = torch.gather(order, -1, torch.clamp(place, 0, torch.sub(k, 1)))
      else:
        total = torch.cumsum(p, -1)
        place = torch.searchsorted(total, torch.mul(v, torch.slice(total, -1, -1, 9223372036854775807, 1)), out_int32=False, right=True)
        choice = torch.clamp(place, 0, torch.sub(torch.size(p, -1), 1))
      ids = torch.squeeze(choice, -1)
      logp = torch.log(torch.squeeze(torch.gather(p, -1, choice), -1))
    return (ids, logp)

  def step(self, ids: Tensor, own: List[Tensor], l: List[Tensor], s: List[float], coss: List[Tensor], sins: List[Tensor], begin: int, at: int) -> Tensor:
    n = torch.size(ids, 0)
    kv = self.kv_heads
    g = torch.floordiv(self.heads, kv)
    cos = annotate(List[Tensor], [])
    sin = annotate(List[Tensor], [])
    for z in range(torch.len(coss)):
      _2 = torch.append(cos, torch.slice(coss[z], 0, begin, torch.add(begin, 1), 1))
      _3 = torch.append(sin, torch.slice(sins[z], 0, begin, torch.add(begin, 1), 1))
    h = self.lookup(torch.unsqueeze(ids, 1))
    for i in range(self.layers):
      z = self.kinds[i]
      q, k, v = self.qkv(h, i, l, s, 0., cos[z], sin[z])
      pk = own[torch.mul(4, i)]
      pv = own[torch.add(torch.mul(4, i), 1)]
      ok = own[torch.add(torch.mul(4, i), 2)]
      ov = own[torch.add(torch.mul(4, i), 3)]
      _0 = torch.copy_(torch.slice(ok, 2, at, torch.add(at, 1), 1), k)
      _1 = torch.copy_(torch.slice(ov, 2, at, torch.add(at, 1), 1), v)
      first = 0
      w = self.windows[z]
      if torch.gt(w, 0):
        first = ops.prim.max([0, torch.sub(torch.add(at, 1), w)])
        P = torch.size(pk, 1)
        gone = ops.prim.min([P, ops.prim.max([0, torch.sub(torch.add(torch.add(P, at), 1), w)])])
        pk = torch.slice(pk, 1, gone, P, 1)
        pv = torch.slice(pv, 1, gone, P, 1)
      kk = torch.slice(ok, 2, first, torch.add(at, 1), 1)
      vv = torch.slice(ov, 2, first, torch.add(at, 1), 1)
      P = torch.size(pk, 1)
      qg = torch.mul(torch.reshape(q, [n, kv, g, self.head_dim]), self.scale)
      so = torch.matmul(qg, torch.transpose(kk, 2, 3))
      if torch.gt(P, 0):
        qp = torch.reshape(torch.transpose(qg, 0, 1), [kv, torch.mul(n, g), self.head_dim])
        sp = torch.transpose(torch.view(torch.bmm(qp, torch.transpose(pk, 1, 2)), [kv, n, g, P]), 0, 1)
        p = torch.to(torch.softmax(torch.cat([sp, so], -1), -1, 6), self.dtype)
        wp = torch.reshape(torch.transpose(torch.slice(p, -1, 0, P, 1), 0, 1), [kv, torch.mul(n, g), P])
        a = torch.transpose(torch.view(torch.bmm(wp, pv), [kv, n, g, self.head_dim]), 0, 1)
        a = torch.add(a, torch.matmul(torch.slice(p, -1, P, 9223372036854775807, 1), vv))
      else:
        a = torch.matmul(torch.to(torch.softmax(so, -1, 6), self.dtype), vv)
      h = self.finish(h, torch.reshape(a, [n, 1, torch.mul(self.heads, self.head_dim)]), i, l, s, 0.)
    return self.head(torch.select(h, 1, 0))

  def generate(self, prefix: Tensor, suffix: Tensor, vectors: Tensor, u: Tensor, stops: Tensor, ints: Tensor, flat: Tensor, ranks: Tensor, scaling: Tensor, floats: Tensor) -> Tuple[Tensor, Tensor]:
    l, s = self.unpack(flat, ranks, scaling)
    column = int(torch.select(ints, 0, 0))
    group = int(torch.select(ints, 0, 1))
    limit = int(torch.select(ints, 0, 2))
    dev = ops.prim.device(suffix)
    P = torch.size(prefix, 1)
    b, t = torch.size(suffix)
    n = torch.mul(b, group)
    caches = [suffix]
    hp, h = self.run(prefix, suffix, vectors, column, l, s, 0., self.layers, False, annotate(List[Tensor], []), caches)
    torch.clear(self.pending)
    for i in range(self.layers):
      c = torch.add(1, torch.mul(4, i))
      _0 = torch.append(self.pending, torch.contiguous(caches[c]))
      _1 = torch.append(self.pending, torch.contiguous(caches[torch.add(c, 1)]))
      for z in range(2):
        x = caches[torch.add(torch.add(c, 2), z)]
        room = torch.empty([n, self.kv_heads, torch.add(t, limit), self.head_dim], dtype=self.dtype, device=dev)
        _2 = torch.copy_(torch.slice(room, 2, 0, t, 1), torch.repeat_interleave(x, group, 0))
        _3 = torch.append(self.pending, room)
    _4 = torch.append(self.pending, torch.clone(u))
    _5 = torch.append(self.pending, torch.clone(stops))
    _6 = torch.append(self.pending, torch.full([n, limit], -1, dtype=4, device=dev))
    _7 = torch.append(self.pending, torch.zeros([n, limit], dtype=6, device=dev))
    _8 = torch.append(self.pending, torch.repeat_interleave(self.head(torch.select(h, 1, -1)), group, 0))
    _9 = torch.append(self.pending, torch.arange(n, dtype=4, device=dev))
    _10 = torch.append(self.pending, torch.zeros([n], dtype=11, device=dev))
    return self.decode(0, int(torch.select(ints, 0, 3)), int(torch.select(ints, 0, 4)), floats, l, s)

  def proceed(self, dropped: Tensor, ints: Tensor, flat: Tensor, ranks: Tensor, scaling: Tensor, floats: Tensor) -> Tuple[Tensor, Tensor]:
    l, s = self.unpack(flat, ranks, scaling)
    gone = torch.index_select(torch.gt(dropped, 0), 0, self.pending[-2])
    self.pending[-1] = torch.logical_or(self.pending[-1], gone)
    return self.decode(int(torch.select(ints, 0, 0)), int(torch.select(ints, 0, 1)), int(torch.select(ints, 0, 2)), floats, l, s)

  def forget(self, like: Tensor) -> Tensor:
    torch.clear(self.pending)
    return torch.tensor([torch.len(self.pending)])

  def decode(self, begun: int, top_k: int, chunk: int, floats: Tensor, l: List[Tensor], s: List[float]) -> Tuple[Tensor, Tensor]:
    temperature = float(torch.select(floats, 0, 0))
    top_p = float(torch.select(floats, 0, 1))
    own = annotate(List[Tensor], [])
    caches = torch.mul(4, self.layers)
    for k in range(caches):
      _0 = torch.append(own, self.pending[k])
    u = self.pending[caches]
    stops = self.pending[torch.add(caches, 1)]
    tokens = self.pending[torch.add(caches, 2)]
    logps = self.pending[torch.add(caches, 3)]
    logits = self.pending[torch.add(caches, 4)]
    rows = self.pending[-2]
    done = self.pending[-1]
    torch.clear(self.pending)
    limit = torch.size(tokens, 1)
    t = torch.sub(torch.size(own[2], 2), limit)
    begin = torch.add(torch.size(own[0], 1), t)
    cos, sin = self.angles(begin, torch.add(begin, limit))
    at = begun
    end = ops.prim.min([limit, torch.add(begun, chunk)])
    going = torch.__and__(torch.lt(at, limit), torch.lt(int(torch.sum(done)), torch.size(rows, 0)))
    more = torch.__and__(going, torch.lt(at, end))
    while more:
      ids, logp = self.pick(logits, temperature, top_k, top_p, torch.index_select(torch.select(u, 1, at), 0, rows))
      live = torch.logical_not(done)
      put = torch.index_select(rows, 0, torch.view(torch.nonzero(live), [-1]))
      _1 = torch.index_put_(torch.select(tokens, 1, at), [put], torch.masked_select(ids, live))
      _2 = torch.index_put_(torch.select(logps, 1, at), [put], torch.masked_select(logp, live))
      at = torch.add(at, 1)
      for k in range(torch.size(stops, 0)):
        m = int(torch.select(torch.select(stops, 0, k), 0, 0))
        if torch.ge(at, m):
          stop = torch.slice(torch.select(stops, 0, k), 0, 1, torch.add(m, 1), 1)
          tail = torch.index_select(torch.slice(tokens, 1, torch.sub(at, m), at, 1), 0, rows)
          done = torch.logical_or(done, torch.all(torch.eq(tail, stop), 1))
      finished = int(torch.sum(done))
      count = torch.size(rows, 0)
      going = torch.__and__(torch.lt(at, limit), torch.lt(finished, count))
      if going:
        if torch.ge(torch.mul(finished, 8), count):
          left = torch.view(torch.nonzero(torch.logical_not(done)), [-1])
          rows = torch.index_select(rows, 0, left)
          ids = torch.index_select(ids, 0, left)
          done = torch.index_select(done, 0, left)
          for i in range(self.layers):
            for z in range(2):
              c = torch.add(torch.add(torch.mul(4, i), 2), z)
              own[c] = torch.index_select(own[c], 0, left)
        begin = torch.sub(at, 1)
        logits = self.step(ids, own, l, s, cos, sin, begin, torch.add(t, begin))
      more = torch.__and__(going, torch.lt(at, end))
    if going:
      for k in range(caches):
        _3 = torch.append(self.pending, own[k])
      _4 = torch.append(self.pending, u)
      _5 = torch.append(self.pending, stops)
      _6 = torch.append(self.pending, tokens)
      _7 = torch.append(self.pending, logps)
      _8 = torch.append(self.pending, logits)
      _9 = torch.append(self.pending, rows)
      _10 = torch.append(self.pending, done)
    return (tokens, logps)
