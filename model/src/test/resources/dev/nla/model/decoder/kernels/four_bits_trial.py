# Weights of 4 bits by themselves, for FourBitsTest.
import dtypes
import four_bits


class Kernels(Module):
    __parameters__ = []
    __buffers__ = []

    def multiply(self, inputs: Dict[str, Tensor]) -> Tuple[Tensor, Tensor]:
        """Rounds w [out, in]; its products with x [rows, in], and the weight that it has become [out, in], float32."""
        w = inputs["w"]
        rounded = four_bits.rounded(w)
        wide = four_bits.widened(rounded, 0, len(rounded.packed) // rounded.tile)
        wide = wide.narrow(0, 0, w.shape[1]).narrow(1, 0, len(w)).t()
        y = four_bits.product(inputs["x"].to(dtypes.bfloat16()), rounded)
        return y.to(dtypes.float32()), wide.to(dtypes.float32())
