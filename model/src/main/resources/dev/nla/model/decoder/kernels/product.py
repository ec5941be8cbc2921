# Products to measure types of numbers by, and what this processor can multiply at all.
import dtypes
import four_bits
import linear
import texts


class Kernels(Module):
    __parameters__ = []
    __buffers__ = []
    layers: List[linear.Linear]  # all of one type

    def product(self, inputs: Dict[str, Tensor]) -> Tensor:
        """Multiplies x [n, n] by itself eight times, in the type that is named; float32."""
        x = inputs["x"].to(dtypes.named(texts.read(inputs["dtype"])))
        y = x
        for i in range(8):
            y = torch.linear(y, x)
        return y.to(dtypes.float32())

    def round(self, inputs: Dict[str, Tensor]) -> Tensor:
        """Keeps w [n, n] rounded to so many bits, so many times: more than a processor keeps by it."""
        self.layers = [linear.quantized(inputs["w"], int(inputs["bits"]), False) for i in range(int(inputs["copies"]))]
        return torch.tensor(len(self.layers))

    def rows(self, inputs: Dict[str, Tensor]) -> Tensor:
        """Multiplies a few rows x [rows, n] by each of these, in the type that is named."""
        y = inputs["x"].to(dtypes.named(texts.read(inputs["dtype"])))
        for layer in self.layers:
            y = linear.apply(y, layer)
        return y.to(dtypes.float32())

    def tile(self) -> Tensor:
        """Whether weights of 4 bits can be multiplied, see four_bits.tile; 0 where not."""
        return torch.tensor(four_bits.tile())
