package dev.nla.cli.command.describe;

import dev.nla.cli.option.BaseModel;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.extract.prompt.NamedPrompts;
import dev.nla.data.extract.prompt.Prompt;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.extract.prompt.TokenizerPrompts;
import dev.nla.data.extract.prompt.UnlikeOrigin;
import dev.nla.data.extract.source.DecoderSource;
import dev.nla.model.InputException;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.safetensors.TensorInfo;
import dev.nla.model.sidecar.ActivationOrigin;
import dev.nla.model.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The three ways to name an activation: a text, a row of a dataset, a vector in a file. */
public final class DescribedVector {
    /**
     * An activation.
     *
     * @param name what it is called
     * @param vector [d]
     * @param layer the block it is from, where that is known
     * @param place the token it is at, for a text
     * @param unlike in what way it is another than those an adapter was trained on, a line each
     */
    record Found(
            String name,
            float[] vector,
            OptionalInt layer,
            Optional<Place> place,
            Function<ActivationOrigin, List<String>> unlike) {}

    /**
     * An activation that there is, though it may still have to be computed.
     *
     * @param layer the block it is from, where that is known
     * @param in reads or computes it
     */
    record Sought(OptionalInt layer, Function<Decoder, Found> in) {
        static Sought at(Found found) {
            return new Sought(found.layer(), decoder -> found);
        }
    }

    /**
     * A token of a rendered text.
     *
     * @param prompt how the text is put before the model
     * @param position index of the token, from 0
     */
    record Place(PromptStyle prompt, int position) {}

    /** Names that a vector goes by in files of this field; the first that is there is taken. */
    private static final List<String> TENSORS = List.of("activations", "activation", "vectors", "vector");

    @ArgGroup(exclusive = false)
    private Text text;

    @ArgGroup(exclusive = false)
    private DatasetRow row;

    @ArgGroup(exclusive = false)
    private VectorFile file;

    static final class Text {
        @Option(
                names = "--text",
                required = true,
                paramLabel = "T",
                description = "Describe the activation of a token of this text.")
        private String text;

        @Option(
                names = "--position",
                paramLabel = "N",
                description = "Which token of the rendered text, from 0. Default: the last")
        private Optional<Integer> position = Optional.empty();
    }

    static final class DatasetRow {
        @Option(names = "--data", required = true, paramLabel = "DATASET", description = "Describe a row of a dataset.")
        private Path dataset;

        @Option(names = "--id", required = true, paramLabel = "ID", description = "The row's id.")
        private String id;
    }

    static final class VectorFile {
        @Option(
                names = "--vector",
                required = true,
                paramLabel = "F.safetensors",
                description =
                        "Describe a vector of a file: of its tensor activations [N, d] or activation [d], or of its only tensor.")
        private Path path;

        @Option(names = "--row", paramLabel = "N", defaultValue = "0", description = "Which one, from 0. Default: 0")
        private int row;
    }

    /**
     * Checks what was asked for, and reads what is in files; the activation of a text is left to compute.
     *
     * @param layer the adapter's block, for a text
     */
    Sought seek(BaseModel model, Tokenizer tokenizer, PromptStyle style, OptionalInt layer) {
        if (row != null) {
            return Sought.at(ofDataset());
        }
        return file != null ? Sought.at(ofFile(model.config().hiddenSize())) : ofText(model, tokenizer, style, layer);
    }

    private Found ofDataset() {
        try (ActivationDataset dataset = ActivationDataset.open(row.dataset)) {
            int number = dataset.find(row.id)
                    .orElseThrow(() -> InputException.data("--id %s: %s has no row of this id", row.id, row.dataset));
            return new Found(
                    row.id,
                    dataset.activation(number),
                    OptionalInt.of(dataset.sidecar().layer()),
                    Optional.empty(),
                    trained -> trained.differences(dataset.sidecar().origin()));
        }
    }

    private Found ofFile(int width) {
        try (SafetensorsFile vectors = SafetensorsFile.open(file.path)) {
            String name = tensor(vectors);
            TensorInfo info = vectors.info(name);
            long rows = info.elements() / width;
            if (!info.hasShape(width) && !info.hasShape(-1, width)) {
                throw InputException.data(
                        "%s: tensor '%s' is %s, expected [%d] or [N, %d], the base model's width",
                        file.path, name, info.describe(), width, width);
            }
            if (file.row < 0 || file.row >= rows) {
                throw InputException.usage("--row %d: %s has rows 0 to %d", file.row, file.path, rows - 1);
            }
            float[] vector = new float[width];
            vectors.floats(name, (long) file.row * width, vector);
            return new Found(
                    file.path + ", row " + file.row,
                    vector,
                    OptionalInt.empty(),
                    Optional.empty(),
                    trained -> List.of());
        }
    }

    private static String tensor(SafetensorsFile vectors) {
        return TENSORS.stream()
                .filter(vectors::has)
                .findFirst()
                .orElseGet(() ->
                        vectors.names().size() == 1 ? vectors.names().iterator().next() : TENSORS.get(0));
    }

    private Sought ofText(BaseModel model, Tokenizer tokenizer, PromptStyle style, OptionalInt layer) {
        if (text.text.isBlank()) {
            throw InputException.usage("--text is empty: give a text to describe the activation of");
        }
        int block = layer.orElseThrow(() -> InputException.usage(
                "--layer is missing: the adapter does not say which layer it is of, and --text needs one"));
        ModelConfig config = model.config();
        TokenizerPrompts prompts = new TokenizerPrompts(tokenizer, style);
        Prompt prompt = new NamedPrompts(prompts, config.vocabularySize()).encode("--text", text.text);
        if (prompt.length() > config.maxPositions()) {
            throw InputException.data(
                    "--text has %d tokens, more than the model's %d: shorten it",
                    prompt.length(), config.maxPositions());
        }
        int position = text.position.orElse(prompt.length() - 1);
        if (position < 0 || position >= prompt.length()) {
            throw InputException.usage(
                    "--position %d: the rendered text has tokens 0 to %d", position, prompt.length() - 1);
        }
        return new Sought(
                OptionalInt.of(block),
                decoder -> new Found(
                        text.text,
                        new DecoderSource(decoder, model.folder())
                                .capture(List.of(prompt.tokenIds()), block, new int[][] {{position}})[0],
                        OptionalInt.of(block),
                        Optional.of(new Place(style, position)),
                        trained -> UnlikeOrigin.of(trained, prompts, prompt, position, position + 1)));
    }
}
