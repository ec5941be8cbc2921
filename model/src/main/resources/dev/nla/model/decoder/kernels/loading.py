# How weights come in, step by step: files are mapped, weights taken from them or from values of Java's, and rounded.
# What they were rounded to goes out as values and scales, and comes back from a file of these.
import config
import dtypes
import four_bits
import linear
import texts
import weights


def step(
    inputs: Dict[str, Tensor],
    files: List[Tensor],
    taken: Dict[str, Tensor],
    packed: Dict[str, linear.Linear],
    c: config.Config,
) -> Tensor:
    """
    The step of that name; gives what it asks for, or the number of the last file that is mapped.

    files: that are mapped into memory
    taken: weights by their names in WeightSlot
    packed: those of layers in 8 or 4 bits, without their biases
    """
    what = texts.read(inputs["step"])
    if what == "open":
        files.append(weights.opened(inputs))
    elif what == "close":
        files.pop()
    elif what == "map":
        taken[texts.read(inputs["name"])] = weights.mapped(files, inputs, c)
    elif what == "copy":
        taken[texts.read(inputs["name"])] = weights.copied(inputs["values"], c)
    elif what == "round":
        w = taken.pop(texts.read(inputs["name"]))
        packed[texts.read(inputs["layer"])] = linear.quantized(w, int(inputs["bits"]), bool(inputs["taught"]))
    elif what == "restore":
        values = files[int(inputs["values_file"])].narrow(0, int(inputs["values_begin"]), int(inputs["values_size"]))
        scales = files[int(inputs["scales_file"])].narrow(0, int(inputs["scales_begin"]), int(inputs["scales_size"]))
        shape: List[int] = inputs["shape"].tolist()
        bits = int(inputs["bits"])
        packed[texts.read(inputs["layer"])] = linear.restored(values, scales, shape, bits, bool(inputs["taught"]))
    elif what == "values":
        return linear.parts(packed[texts.read(inputs["layer"])])[0]
    elif what == "scales":
        return linear.parts(packed[texts.read(inputs["layer"])])[1].to(dtypes.float32())
    else:
        assert what == "tile", "no such step"
        return torch.tensor(four_bits.tile())
    return torch.tensor(len(files) - 1)
