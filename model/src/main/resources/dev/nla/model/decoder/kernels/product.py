# A product to measure a type of numbers by.
import dtypes
import texts


class Kernels(Module):
    __parameters__ = []
    __buffers__ = []

    def product(self, inputs: Dict[str, Tensor]) -> Tensor:
        """Multiplies x [n, n] by itself eight times, in the type that is named; float32."""
        x = inputs["x"].to(dtypes.named(texts.read(inputs["dtype"])))
        y = x
        for i in range(8):
            y = torch.linear(y, x)
        return y.to(dtypes.float32())
