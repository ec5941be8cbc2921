# What Java calls: one method for each call, whose inputs have names. What stays between calls stands here too.
# A batch is what batch.read takes from the inputs, an adapter what lora.read takes.
import batch
import block
import config
import generation
import linear
import loading
import lora
import model
import reading
import readout
import recompute
import sample
import score
import weights


class Kernels(Module):
    __parameters__ = []
    __buffers__ = []
    config: config.Config
    files: List[Tensor]  # mapped into memory
    weights: Dict[str, Tensor]  # until the model is assembled
    packed: Dict[str, linear.Linear]  # the same of layers in 8 or 4 bits, without their biases
    slots: List[weights.Slot]  # of a model that is trained
    model: Optional[model.Model]
    tape: List[block.Streams]  # of the last call with recompute
    generation: Optional[generation.Generation]  # that is under way

    def load(self, inputs: Dict[str, Tensor]) -> Tensor:
        """Maps a file, takes a weight or rounds one, see loading.step."""
        return loading.step(inputs, self.files, self.weights, self.packed, self.config)

    def assemble(self) -> Tensor:
        """Makes the model of the weights taken."""
        self.model = model.assembled(self.weights, self.packed, self.config)
        return torch.tensor(self.config.layers)

    def bind(self, inputs: Dict[str, Tensor]) -> Tensor:
        """Makes the model of views into the flat vector of all weights, parameters [n] float32."""
        views = weights.views(inputs["parameters"], self.slots, self.config)
        self.model = model.assembled(views, self.packed, self.config)
        return torch.tensor(self.config.layers)

    def hidden(self, inputs: Dict[str, Tensor]) -> Tensor:
        """Outputs of a block at places index [n] of the batch's rows flattened to [B · T]: [n, d] float32."""
        last = int(inputs["block"])
        # Where few places are read, the last block is not computed everywhere.
        few = len(inputs["index"]) <= len(inputs["rows"])
        m, h = recompute.streams(self.loaded(), inputs, last if few else last + 1, few, self.tape)
        return readout.hidden(m, h, last, inputs["index"].clone(), few)

    def read(self, inputs: Dict[str, Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
        """Outputs of a block for some tokens more of a text; keys and values of all so far, see reading.Read."""
        return reading.more(self.loaded(), inputs)

    def states(self, inputs: Dict[str, Tensor]) -> Tuple[Tensor, Tensor]:
        """What comes into each block and, normed, out of the last, [blocks + 1, B, T, d] float32; logits [B, T, V]."""
        return readout.states(lora.adapted(self.loaded(), lora.read(inputs)), batch.read(inputs))

    def score(self, inputs: Dict[str, Tensor]) -> Tuple[Tensor, Tensor]:
        """Log-probabilities and entropies of targets [n] after places index [n] of the rows, see score.Scores."""
        m, h = recompute.streams(self.loaded(), inputs, self.config.layers, False, self.tape)
        return score.score(h.rows.flatten(0, 1).index_select(0, inputs["index"].clone()), inputs, m)

    def gradient(self, inputs: Dict[str, Tensor]) -> Tensor:
        """Of the adapter's parameters, after the last call with recompute and a backward pass of its loss."""
        return recompute.gradient(self.loaded(), lora.read(inputs), self.tape)

    def generate(self, inputs: Dict[str, Tensor]) -> Tuple[Tensor, Tensor]:
        """Begins completions and decodes the first tokens of them, see advance."""
        m = lora.adapted(self.loaded(), lora.read(inputs))
        return self.advance(m, generation.begun(m, batch.read(inputs), inputs), inputs)

    def proceed(self, inputs: Dict[str, Tensor]) -> Tuple[Tensor, Tensor]:
        """Goes on, without those that are above 0 in dropped [N]."""
        g = self.generation
        assert g is not None, "no generation is under way"
        g.drop(inputs["dropped"])
        return self.advance(lora.adapted(self.loaded(), lora.read(inputs)), g, inputs)

    def forget(self) -> Tensor:
        """Gives a generation up."""
        self.generation = None
        return torch.tensor(0)

    def advance(self, m: model.Model, g: generation.Generation, inputs: Dict[str, Tensor]) -> Tuple[Tensor, Tensor]:
        """Decodes so many tokens more, see sample.read; all so far and their log-probabilities, both [N, limit]."""
        self.generation = None
        if generation.advance(g, m, sample.read(inputs), int(inputs["tokens"])):
            self.generation = g
        return g.tokens, g.log_probabilities

    def loaded(self) -> model.Model:
        return model.loaded(self.model)
