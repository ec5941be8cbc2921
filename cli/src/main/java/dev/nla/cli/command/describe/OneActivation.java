package dev.nla.cli.command.describe;

import dev.nla.bulk.source.ActivationPlace;
import dev.nla.bulk.source.ActivationPlace.TokenAt;
import dev.nla.bulk.source.VectorSource;
import dev.nla.cli.option.BaseModel;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.extract.prompt.NamedPrompts;
import dev.nla.data.extract.prompt.Prompt;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.extract.prompt.TokenizerPrompts;
import dev.nla.data.extract.prompt.UnlikeOrigin;
import dev.nla.data.extract.source.DecoderSource;
import dev.nla.exchange.vectors.VectorFile;
import dev.nla.model.InputException;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.tokenizer.TokenPieces;
import dev.nla.model.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** The ways to name one activation: a token of a text, a row of a dataset, a vector in a file. */
sealed interface OneActivation {
    /**
     * An activation that there is, though it may still have to be computed.
     *
     * @param place where it is from
     * @param vector reads or computes it, {@code [d]}
     */
    record Sought(ActivationPlace place, Function<Decoder, float[]> vector) {}

    /**
     * Checks what was asked for, and reads what is in files; the activation of a text is left to compute.
     *
     * @param layer the adapter's block, for a text
     */
    Sought seek(BaseModel model, Tokenizer tokenizer, PromptStyle style, OptionalInt layer);

    /** Whether this names one token of any text. */
    static boolean isOne(String positions) {
        return positions.equals("last") || positions.matches("-?[0-9]+");
    }

    /**
     * At a token of a text.
     *
     * @param text what the model reads
     * @param position which token; the last where nothing is said
     */
    record OfText(String text, Optional<String> position) implements OneActivation {
        @Override
        public Sought seek(BaseModel model, Tokenizer tokenizer, PromptStyle style, OptionalInt layer) {
            int block = layer.orElseThrow(() -> InputException.usage(
                    "--layer is missing: the adapter does not say which layer it is of, and --text needs one"));
            ModelConfig config = model.config();
            TokenizerPrompts prompts = new TokenizerPrompts(tokenizer, style);
            Prompt prompt = new NamedPrompts(prompts, config.vocabularySize()).encode("--text", text);
            if (prompt.length() > config.maxPositions()) {
                throw InputException.data(
                        "--text has %d tokens, more than the model's %d: shorten it",
                        prompt.length(), config.maxPositions());
            }
            int at = at(prompt.length());
            String token = TokenPieces.of(tokenizer, prompt.tokenIds()).get(at);
            return new Sought(
                    new ActivationPlace(
                            text,
                            text,
                            OptionalInt.of(block),
                            Optional.of(new TokenAt(style, at, token)),
                            trained -> UnlikeOrigin.of(trained, prompts, prompt, at, at + 1)),
                    decoder -> new DecoderSource(decoder, model.folder())
                            .capture(List.of(prompt.tokenIds()), block, new int[][] {{at}})[0]);
        }

        private int at(int tokens) {
            String given = position.filter(which -> !which.equals("last")).orElse(String.valueOf(tokens - 1));
            int at = given.length() < 10 ? Integer.parseInt(given) : -1;
            if (at < 0 || at >= tokens) {
                throw InputException.usage("--position %s: the rendered text has tokens 0 to %d", given, tokens - 1);
            }
            return at;
        }
    }

    /**
     * Of a row.
     *
     * @param folder of the dataset
     * @param id of the row
     */
    record OfRow(Path folder, String id) implements OneActivation {
        @Override
        public Sought seek(BaseModel model, Tokenizer tokenizer, PromptStyle style, OptionalInt layer) {
            try (ActivationDataset dataset = ActivationDataset.open(folder)) {
                int number = number(dataset, id);
                float[] vector = dataset.activation(number);
                ActivationPlace place = new ActivationPlace(
                        id,
                        dataset.row(number).docId(),
                        OptionalInt.of(dataset.sidecar().layer()),
                        Optional.empty(),
                        trained -> trained.differences(dataset.sidecar().origin()));
                return new Sought(place, decoder -> vector);
            }
        }

        /** The number of the row of an id. */
        static int number(ActivationDataset dataset, String id) {
            return dataset.find(id)
                    .orElseThrow(() -> InputException.data("--id %s: %s has no row of this id", id, dataset.folder()));
        }
    }

    /**
     * Of a file.
     *
     * @param path of the file
     * @param tensor which of its tensors, where it is said
     * @param row which of its vectors
     */
    record OfFile(Path path, Optional<String> tensor, int row) implements OneActivation {
        @Override
        public Sought seek(BaseModel model, Tokenizer tokenizer, PromptStyle style, OptionalInt layer) {
            try (VectorFile vectors =
                    VectorFile.open(path, tensor, model.config().hiddenSize())) {
                if (row < 0 || row >= vectors.size()) {
                    throw InputException.usage("--row %d: %s has rows 0 to %d", row, path, vectors.size() - 1);
                }
                float[] vector = VectorSource.finite(path, vectors, row);
                String id = path + ", row " + row;
                return new Sought(
                        new ActivationPlace(
                                id, path.toString(), OptionalInt.empty(), Optional.empty(), trained -> List.of()),
                        decoder -> vector);
            }
        }
    }
}
