class Kernels(Module):
  __parameters__ = []
  __buffers__ = []
  room : List[Tensor]

  def units(self: __torch__.Kernels, rows: Tensor, center: Tensor) -> Tensor:
    x = torch.sub(rows, center)
    n = torch.sqrt(torch.sum(torch.mul(x, x), [-1], True))
    return torch.div(x, torch.clamp_min(n, 9.9999999999999998e-13))

  def offer(self: __torch__.Kernels, cosines: Tensor, largest: Tensor, begin: int, values: Tensor, places: Tensor) -> NoneType:
    n, c = torch.size(cosines)
    m = torch.size(values, 1)
    groups = torch.size(largest, 1)
    wanted = int(torch.amax(torch.sum(torch.gt(largest, torch.slice(values, 1, torch.sub(m, 1), m, 1)), [1])))
    if torch.lt(wanted, 1):
      return None
    if torch.gt(groups, m):
      g = torch.floordiv(c, groups)
      wanted = ops.prim.min([wanted, m])
      best, at = torch.topk(largest, wanted, -1, True, False)
      inner = torch.arange(g, dtype=4, device=ops.prim.device(cosines))
      columns = torch.view(torch.add(torch.mul(torch.unsqueeze(at, -1), g), inner), [n, torch.mul(wanted, g)])
      p = torch.gather(cosines, 1, columns)
    else:
      columns = torch.expand(torch.arange(c, dtype=4, device=ops.prim.device(cosines)), [n, -1])
      p = cosines
    v, order = torch.topk(torch.cat([values, p], 1), m)
    i = torch.gather(torch.cat([places, torch.to(torch.add(columns, begin), 3)], 1), 1, order)
    _0 = torch.copy_(values, v)
    _1 = torch.copy_(places, i)
    return None

  def groups(self: __torch__.Kernels, c: int) -> int:
    n = torch.floordiv(c, 16)
    if torch.eq(torch.mul(n, 16), c):
      return n
    else:
      return 1

  def meet(self: __torch__.Kernels, left: Tensor, right: Tensor, values: Tensor, places: Tensor, begins: Tensor, both: Tensor) -> Tensor:
    n = torch.size(left, 0)
    c = torch.size(right, 0)
    if torch.eq(torch.len(self.room), 0):
      _2 = torch.append(self.room, torch.empty([torch.mul(n, c)], dtype=6, device=ops.prim.device(left)))
    if torch.lt(torch.numel(self.room[0]), torch.mul(n, c)):
      self.room[0] = torch.empty([torch.mul(n, c)], dtype=6, device=ops.prim.device(left))
    cosines = torch.view(torch.slice(self.room[0], 0, 0, torch.mul(n, c), 1), [n, c])
    _3 = torch.mm(left, torch.transpose(right, 0, 1), out=cosines)
    l = int(torch.select(begins, 0, 0))
    r = int(torch.select(begins, 0, 1))
    g = self.groups(c)
    largest = torch.amax(torch.view(cosines, [n, g, torch.floordiv(c, g)]), [2])
    _0 = self.offer(cosines, largest, r, torch.slice(values, 0, l, torch.add(l, n), 1), torch.slice(places, 0, l, torch.add(l, n), 1))
    if torch.gt(int(both), 0):
      g = self.groups(n)
      largest = torch.amax(torch.view(cosines, [g, torch.floordiv(n, g), c]), [1])
      _1 = self.offer(torch.transpose(cosines, 0, 1), torch.contiguous(torch.transpose(largest, 0, 1)), l, torch.slice(values, 0, r, torch.add(r, c), 1), torch.slice(places, 0, r, torch.add(r, c), 1))
    return both
