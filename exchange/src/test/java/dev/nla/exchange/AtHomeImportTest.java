package dev.nla.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Row;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.extract.prompt.TokenizerPrompts;
import dev.nla.data.split.DocumentSplit;
import dev.nla.data.split.SplitRatios;
import dev.nla.exchange.pickle.TorchMatrix;
import dev.nla.exchange.pickle.TorchWriter;
import dev.nla.model.InputException;
import dev.nla.model.testing.TinyModel;
import dev.nla.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Protects the import of nla-at-home's files: what may be missing has a default, what must be there is asked for by name, and rows and
 * descriptions that do not belong together are refused.
 */
class AtHomeImportTest {
    private static final String DESCRIPTIONS = """
            [{"id": "a", "text": "one", "category": "C", "group": "G", "description": " of a \\n", "depth_pct": 71},
             {"id": "z", "description": "of nothing here"}]
            """;

    @TempDir
    private Path folder;

    private final Map<String, Object> content = new LinkedHashMap<>();
    private Path descriptions;

    @BeforeEach
    void makeGoodFiles() throws IOException {
        content.put("activations", matrix(2, 3));
        content.put("ids", List.of("a", "b"));
        content.put("model", "tiny");
        content.put("layer", 2L);
        content.put("n_layers", 4L);
        content.put("d_model", 3L);
        content.put("n_texts", 2L);
        descriptions = Files.writeString(folder.resolve("d.json"), DESCRIPTIONS);
    }

    @AfterEach
    void nothingIsLeftHalfWritten() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("."));
        }
    }

    @Test
    void rowsGetWhatIsKnownOfTheirText() {
        try (ActivationDataset dataset = imported(OptionalInt.empty(), Optional.empty())) {
            Row row = dataset.row(0);
            assertThat(row.docId()).isEqualTo("a");
            assertThat(row.text()).isEqualTo("one");
            assertThat(row.description()).isEqualTo("of a");
            assertThat(row.category()).isEqualTo("C");
            assertThat(row.group()).isEqualTo("G");
            assertThat(row.others()).containsEntry("depth_pct", 71);
            assertThat(dataset.row(1).text()).isEmpty();
            assertThat(dataset.row(1).description()).isEmpty();
            assertThat(dataset.sidecar().baseModel()).isEqualTo("tiny");
            assertThat(dataset.activation(1)).containsExactly(10, 11, 12);
        }
    }

    @Test
    void theModelTellsWhatTheFileDoesNot() throws IOException {
        content.remove("model");
        content.remove("layer");
        content.remove("n_layers");
        content.put("d_model", (long) TinyModel.WIDTH);
        content.put("activations", matrix(2, TinyModel.WIDTH));
        refused(OptionalInt.empty(), "key 'layer' is missing: say by layer which block");
        refused(OptionalInt.of(1), "key 'model' is missing: give the base model by model DIR");
        try (Tokenizer tokenizer = Tokenizer.open(TinyModel.write(folder.resolve("model")))) {
            BaseModelFacts facts =
                    new BaseModelFacts("model", TinyModel.WIDTH, 4, new TokenizerPrompts(tokenizer, PromptStyle.CHAT));
            try (ActivationDataset dataset = imported(OptionalInt.of(1), Optional.of(facts))) {
                assertThat(dataset.sidecar().baseModel()).isEqualTo("model");
                assertThat(dataset.row(0).nRawTokens()).isEqualTo(3);
                assertThat(dataset.row(0).position()).isEqualTo("[user]one[assistant]".length() - 1);
                assertThat(dataset.row(1).position()).as("a row without a text").isZero();
            }
            assertThatThrownBy(() -> imported(OptionalInt.of(4), Optional.of(facts)))
                    .hasMessageContainingAll("a.pt", "layer is 4", "layers 0 to 3");
        }
        content.put("activations", matrix(2, 5));
        content.remove("d_model");
        BaseModelFacts other = new BaseModelFacts("model", TinyModel.WIDTH, 4, null);
        assertThatThrownBy(() -> imported(OptionalInt.of(1), Optional.of(other)))
                .hasMessageContainingAll("a.pt", "d_model is 5", "is 48");
    }

    @Test
    void keysThatAreMissingOrWrongAreNamed() {
        without("activations", "key 'activations' is missing: expected a tensor");
        without("ids", "key 'ids' is missing: expected a list");
        with("activations", "text", "key 'activations' is a String");
        with("activations", List.of(matrix(2, 3)), "key 'activations' is a list");
        with("ids", List.of("a"), "1 ids but activations are F32 [2, 3]");
        with("ids", List.of("a", "a"), "'a' stands at 0 and again at 1");
        with("ids", List.of("a", " "), "ids[1]");
        with("ids", List.of("a", 7L), "key 'ids[1]' is 7");
        with("layer", -1L, "key 'layer' is -1");
        with("layer", "two", "key 'layer' is a String: expected a whole number");
        with("d_model", 4L, "d_model is 4 but activations are F32 [2, 3]");
        with("activations", Map.of(), "it has the layers []", "choose one by layer");
        refused(OptionalInt.of(3), "layer is 2, not 3 as layer says");
    }

    @Test
    void vectorsThatAreNotFiniteAreNamedByTheirText() {
        content.put("activations", new TorchMatrix(2, 3, row ->
                new float[] {0, row == 1 ? Float.NaN : 1, Float.POSITIVE_INFINITY * 0 + 1}));
        refused(OptionalInt.empty(), "activations: row 0, 'a', holds NaN at element 2");
        content.put("activations", new TorchMatrix(2, 3, row -> new float[] {0, row == 1 ? Float.NaN : 1, 1}));
        refused(OptionalInt.empty(), "activations: row 1, 'b', holds NaN at element 1");
    }

    @Test
    void descriptionsMustBelongToTheRows() throws IOException {
        described("[{\"id\": \"q\", \"description\": \"x\"}]", "d.json: has none of the ids of");
        described("[{\"id\": \"a\"}, {\"id\": \"a\"}]", "d.json:2:", "\"a\" is that of entry 1 already");
        described("[{\"description\": \"x\"}]", "d.json:1:", "id is missing");
        described("[{\"id\": \"a\", \"description\": 5}]", "d.json:1:", "description is 5");
        described("[\"a\"]", "d.json: its entry 1 is no object");
        described("{\"a\": 1}", "d.json: is no JSON array");
        described("[{\"id\": \"a\"", "d.json: is not valid JSON");
        Files.delete(descriptions);
        refused(OptionalInt.empty(), "d.json", "no such file");
    }

    private static TorchMatrix matrix(int rows, int width) {
        return new TorchMatrix(rows, width, row -> {
            float[] values = new float[width];
            for (int i = 0; i < width; i++) {
                values[i] = 10 * row + i;
            }
            return values;
        });
    }

    private void without(String key, String... said) {
        Object before = content.remove(key);
        refused(OptionalInt.empty(), said);
        content.put(key, before);
    }

    private void with(String key, Object value, String... said) {
        Object before = content.put(key, value);
        refused(OptionalInt.empty(), said);
        content.put(key, before);
    }

    private void described(String json, String... said) throws IOException {
        Files.writeString(descriptions, json);
        refused(OptionalInt.empty(), said);
    }

    private ActivationDataset imported(OptionalInt layer, Optional<BaseModelFacts> model) {
        Path file = folder.resolve("a.pt");
        TorchWriter.write(file, content);
        Path output = folder.resolve("dataset");
        try (ForeignRows rows = AtHomeRows.open(file, Optional.of(descriptions), layer, model)) {
            new DatasetImport(new DocumentSplit(0, SplitRatios.DEFAULT), Clock.systemUTC()).run(rows, output);
        }
        return ActivationDataset.open(output);
    }

    private void refused(OptionalInt layer, String... said) {
        String[] all = Arrays.copyOf(said, said.length + 1);
        all[said.length] = folder.toString();
        assertThatThrownBy(() -> imported(layer, Optional.empty()))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(all)
                .message()
                .doesNotContain("\n");
        assertThat(folder.resolve("dataset")).doesNotExist();
    }
}
