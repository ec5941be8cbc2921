import shapes


class Kernels(Module):
    __parameters__ = []
    __buffers__ = []

    def run(self, inputs: Dict[str, Tensor]) -> Tensor:
        return shapes.wrong(shapes.Square(inputs["side"]))
