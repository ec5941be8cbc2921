# Where weights come from: files mapped into memory, arrays of Java's, or one flat vector that is trained.
import config
import dtypes
import texts


def opened(inputs: Dict[str, Tensor]) -> Tensor:
    """All elements of the file path, where they lie on the disk; they are of the type dtype."""
    dtype = dtypes.named(texts.read(inputs["dtype"]))
    return torch.from_file(texts.read(inputs["path"]), False, int(inputs["elements"]), dtype=dtype)


def mapped(files: List[Tensor], inputs: Dict[str, Tensor], c: config.Config) -> Tensor:
    """
    The weight of that shape in a file, begin elements from its start: where it lies, unless its type is another than
    that which is computed in and it is to be cast.
    """
    shape: List[int] = inputs["shape"].tolist()
    begin = int(inputs["begin"])
    w = files[int(inputs["file"])][begin : begin + int(inputs["shape"].prod())]
    w = w.view(shape)
    return w.to(dtypes.named(c.dtype)) if bool(inputs["cast"]) else w


def copied(values: Tensor, c: config.Config) -> Tensor:
    """In memory of its own, for values lie in Java's."""
    return values.to(dtypes.named(c.dtype), copy=True)


# Where a weight lies in the flat vector of a model that is trained: behind the one before.
class Slot:
    name: str
    shape: List[int]
    size: int


def views(flat: Tensor, slots: List[Slot], c: config.Config) -> Dict[str, Tensor]:
    """All weights as views into the vector, in the type that is computed in: gradients go back to it."""
    parts = flat.to(dtypes.named(c.dtype)).split_with_sizes([slot.size for slot in slots])
    weights: Dict[str, Tensor] = {}
    for i, slot in enumerate(slots):
        weights[slot.name] = parts[i].view(slot.shape)
    return weights
