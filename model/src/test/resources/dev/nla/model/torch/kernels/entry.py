import shapes


class Sizes:
    count: int
    name: str
    factors: List[List[float]]
    doubled: bool


class Kernels(Module):
    __parameters__ = []
    __buffers__ = []
    sizes: Sizes
    seen: List[Tensor]
    last: Optional[shapes.Square]
    named: Dict[str, Tensor]

    def areas(self, inputs: Dict[str, Tensor]) -> Tensor:
        shape = shapes.Square(inputs["side"] * float(inputs["factor"]))
        self.last = shape
        self.seen.append(shape.side)
        return shapes.area(shape) + len(self.seen) * int(inputs["step"])

    def told(self, inputs: Dict[str, Tensor]) -> Tensor:
        sizes = self.sizes
        assert sizes.name == "häuser" and sizes.doubled and len(self.named) == 0
        return torch.tensor([float(sizes.count), float(torch.tensor(sizes.factors).sum()), sizes.factors[1][1]])

    def forget(self):
        self.seen.clear()
        return torch.zeros([0])
