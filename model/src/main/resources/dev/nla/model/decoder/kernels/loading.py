# How weights come in, step by step: files are mapped, weights taken from them or from values of Java's, and rounded.
import config
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
    The step of that name; gives the number of the last file that is mapped.

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
    else:
        assert what == "round", "no such step"
        w = taken.pop(texts.read(inputs["name"]))
        packed[texts.read(inputs["layer"])] = linear.quantized(w, int(inputs["bits"]), bool(inputs["taught"]))
    return torch.tensor(len(files) - 1)
