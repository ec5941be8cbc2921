# A model of which one block at a time is in memory: all batches go through it before the next one takes its place.
# Hidden states between blocks are Java's to keep.
import batch
import block
import config
import linear
import loading
import model
import readout
import trunk


class Kernels(Module):
    __parameters__ = []
    __buffers__ = []
    config: config.Config
    files: List[Tensor]  # mapped into memory
    weights: Dict[str, Tensor]  # until they have a place in the model
    packed: Dict[str, linear.Linear]  # the same of layers in 8 or 4 bits, without their biases
    model: Optional[model.Model]  # with one block at most

    def load(self, inputs: Dict[str, Tensor]) -> Tensor:
        """Maps a file, takes a weight or rounds one, see loading.step."""
        return loading.step(inputs, self.files, self.weights, self.packed, self.config)

    def assemble(self) -> Tensor:
        """Makes a model without blocks of the weights taken."""
        self.model = model.without_blocks(self.weights, self.config)
        return torch.tensor(0)

    def drop(self) -> Tensor:
        """Lets go of the block, before the weights of the next are taken."""
        none: List[block.Block] = []
        self.model = model.of_blocks(model.loaded(self.model), none)
        return torch.tensor(0)

    def take(self, inputs: Dict[str, Tensor]) -> Tensor:
        """Makes the block of that number of the weights taken."""
        i = int(inputs["block"])
        taken = model.block_of(self.weights, self.packed, "blocks." + str(i) + ".", self.config.kinds[i], self.config)
        self.model = model.of_blocks(model.loaded(self.model), [taken])
        return torch.tensor(i)

    def enter(self, inputs: Dict[str, Tensor]) -> Tuple[Tensor, Tensor]:
        """What comes into the first block, see block.Streams."""
        return trunk.entering(model.loaded(self.model), batch.read(inputs))

    def through(self, inputs: Dict[str, Tensor]) -> Tuple[Tensor, Tensor]:
        """What comes out of the block for what comes in, prefix and rows as in block.Streams."""
        return self.after(block.Streams(inputs["prefix"], inputs["rows"]), True)

    def outputs(self, inputs: Dict[str, Tensor]) -> Tensor:
        """What comes out of the block at places index [n] of the rows flattened to [B · T]: [n, d] float32."""
        h = block.Streams(inputs["prefix"], inputs["rows"])
        few = len(inputs["index"]) <= len(h.rows)
        if not few:
            h = self.after(h, False)
        return readout.hidden(model.loaded(self.model), h, 0, inputs["index"].clone(), few)

    def after(self, h: block.Streams, whole: bool) -> block.Streams:
        m = model.loaded(self.model)
        at = trunk.places(m, h.prefix.shape[1], h.rows.shape[1])
        return block.apply(h, m.blocks[0], at, whole, m.config)[0]
