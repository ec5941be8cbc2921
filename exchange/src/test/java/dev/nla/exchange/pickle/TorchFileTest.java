package dev.nla.exchange.pickle;

import static dev.nla.exchange.pickle.MadeArchive.floats;
import static dev.nla.exchange.pickle.MadeArchive.number;
import static dev.nla.exchange.pickle.MadeArchive.pair;
import static dev.nla.exchange.pickle.MadeArchive.tensor;
import static dev.nla.exchange.pickle.MadeArchive.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Protects the reading of torch files nobody vouches for: numbers of every type and order come out right, nothing in a file is ever run,
 * and whatever is broken or hostile is refused in one line that names the file and the reason.
 */
class TorchFileTest {
    private static final Path AT_HOME = Fixtures.golden("interop/nla-at-home");
    private static final String SAVE_ONLY = "nothing of it was run; save only tensors";

    @TempDir
    private Path folder;

    @Test
    void readsWhatTorchWrote() {
        try (TorchFile file = TorchFile.open(AT_HOME.resolve("smollm2-135m_multi.pt"));
                TorchFile exact = TorchFile.open(AT_HOME.resolve("smollm2-135m_L21.pt"))) {
            Map<?, ?> keys = (Map<?, ?>) file.content();
            assertThat(keys.get("n_layers")).isEqualTo(30L);
            assertThat((List<?>) keys.get("ids")).hasSize(8).first().isEqualTo("wn-13903832");
            TorchTensor rounded = (TorchTensor) ((Map<?, ?>) keys.get("activations")).get(21L);
            TorchTensor whole = (TorchTensor) ((Map<?, ?>) exact.content()).get("activations");
            assertThat(rounded.describe()).isEqualTo("BF16 [8, 576]");
            assertThat(whole.describe()).isEqualTo("F32 [48, 576]");
            float[] expected = exact.rows(whole).row(7);
            float[] found = file.rows(rounded).row(7);
            for (int i = 0; i < expected.length; i++) {
                assertThat(Math.abs(found[i] - expected[i])).isLessThanOrEqualTo(Math.abs(expected[i]) * 0x1p-8f);
            }
        }
    }

    @Test
    void followsStridesAndOffsets() {
        Path file = MadeArchive.of("\u0080\u0002" + tensor("FloatStorage", "0", 7, 1, pair(2, 3), pair(1, 2)) + ".")
                .with("made/data/0", floats(9, 1, 2, 3, 4, 5, 6))
                .write(folder.resolve("transposed.pt"));
        assertRows(file, new float[] {1, 3, 5}, new float[] {2, 4, 6});
        Path repeated = MadeArchive.of("\u0080\u0002" + tensor("FloatStorage", "0", 2, 0, pair(3, 2), pair(0, 1)) + ".")
                .with("made/data/0", floats(1, 2))
                .write(folder.resolve("expanded.pt"));
        assertRows(repeated, new float[] {1, 2}, new float[] {1, 2}, new float[] {1, 2});
    }

    @Test
    void whatUnfoldsToManyTimesTheFileIsRefusedUnread() {
        Path pickle =
                MadeArchive.of("\u0080\u0002" + "N0".repeat(1 << 20) + ".").write(folder.resolve("pickle.pt"));
        assertThatThrownBy(() -> TorchFile.open(pickle))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("pickle.pt", "data.pkl unfolds to");
        int count = 1 << 24;
        Path storage = MadeArchive.of(
                        pickled(tensor("FloatStorage", "0", count, 0, pair(count / 128, 128), pair(128, 1))))
                .with("made/data/0", "\0".repeat(4 * count))
                .write(folder.resolve("storage.pt"));
        assertThat(storage.toFile().length()).isLessThan(1 << 20);
        assertRefused(() -> assertRows(storage, new float[128]), "storage.pt", "data/0 unfolds to " + 4 * count);
        Path repeated = MadeArchive.of(pickled(tensor("FloatStorage", "0", 2, 0, pair(1 << 30, 2), pair(0, 1))))
                .with("made/data/0", floats(1, 2))
                .write(folder.resolve("repeated.pt"));
        assertRefused(() -> assertRows(repeated, new float[2]), "repeated.pt", "many times over");
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("ids", List.of("ä", "b"));
        content.put("layer", 21L);
        content.put("big", 1L << 40);
        content.put("small", -7L);
        content.put("flag", true);
        content.put("none", null);
        content.put("activations", new TorchMatrix(2, 2, row -> new float[] {row, -0.5f}));
        Path file = folder.resolve("name.of.it.pt");
        TorchWriter.write(file, content);
        try (TorchFile read = TorchFile.open(file)) {
            Map<String, Object> found = new LinkedHashMap<>();
            ((Map<?, ?>) read.content()).forEach((key, value) -> found.put((String) key, value));
            TorchTensor tensor = (TorchTensor) found.remove("activations");
            content.remove("activations");
            assertThat(found).isEqualTo(content);
            assertThat(read.rows(tensor).row(1)).containsExactly(1, -0.5f);
        }
    }

    @Test
    void aFileThatCannotBeReadBackGetsNoName() {
        Path nameless = folder.resolve(".pt");
        assertThatThrownBy(() -> TorchWriter.write(nameless, Map.of("layer", 21L)))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("/.pt: cannot be written: read back", "points outside");
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({
        "os, system",
        "posix, system",
        "builtins, eval",
        "builtins, getattr",
        "subprocess, Popen",
        "torch, load",
        "torch._utils, _rebuild_parameter",
        "numpy.core.multiarray, _reconstruct"
    })
    void namesOfAnythingElseAreRefusedBeforeTheyAreCalled(String module, String name) {
        Path trace = folder.resolve("trace");
        String argument = text("touch " + trace.getFileName()) + "\u0085R.";
        refused("\u0080\u0002c" + module + "\n" + name + "\n" + argument, module + "." + name, SAVE_ONLY);
        String stacked = "\u0080\u0004" + shortText(module) + "\u0094" + shortText(name) + "\u0094\u0093" + argument;
        refused(stacked, module + "." + name, SAVE_ONLY);
        assertThat(trace).doesNotExist();
    }

    @Test
    void instructionsForObjectsAreRefused() {
        refused("\u0080\u0002}(" + text("a") + number(1) + "ub.", "0x62", SAVE_ONLY);
        refused("\u0080\u0002(ios\nsystem\n.", "0x69", SAVE_ONLY);
        refused("\u0080\u0002)\u0081.", "0x81", SAVE_ONLY);
        refused("\u0080\u0002\u0082\u0001.", "0x82", SAVE_ONLY);
        refused("\u0080\u0002Pwhatever\n.", "0x50", SAVE_ONLY);
        refused("\u0080\u0002" + text("elsewhere") + "Q.", "outside");
        refused("\u0080\u0002" + text("touch trace") + text("x") + "\u0085R.", "no function");
        refused("\u0080\u0002ctorch\nFloatStorage\n.", "where a value was expected");
        refused("\u0080\u0002](ctorch\nFloatStorage\ne.", "where a value was expected");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "\u0080\u0002",
                "\u0080\u0002X\u0010\0\0\0abc.",
                "\u0080\u0002X\u00ff\u00ff\u00ff\u00ffabc.",
                "\u0080\u0002h\u0005.",
                "\u0080\u0002t.",
                "\u0080\u0002}K\u0001s.",
                "\u0080\u0002K\u0001K\u0002a.",
                "\u0080\u0002\u008a\u0009\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001.",
                "\u0080\u0009K\u0001.",
                "\u0080\u0002}(]K\u0001u.",
                "\u0080\u0002ctorch"
            })
    void brokenPicklesAreRefused(String pickle) {
        refused(pickle, "data.pkl");
    }

    @Test
    void aListThatHoldsItselfDoesNoHarm() {
        refused("\u0080\u0002]q\u0000h\u0000ah\u0000h\u0000\u0093.", "do not fit together");
        refused("\u0080\u0002" + "(".repeat(100_000), "data.pkl");
        Path deep = MadeArchive.of("\u0080\u0002" + "]".repeat(50_000) + "a".repeat(49_999) + ".")
                .write(folder.resolve("deep.pt"));
        TorchFile.open(deep).close();
    }

    @Test
    void tensorsMustLieInsideTheirStorage() {
        String shape = pair(2, 3);
        refused(pickled(tensor("FloatStorage", "0", 5, 0, shape, pair(3, 1))), "[2, 3]", "5 elements");
        refused(pickled(tensor("FloatStorage", "0", 6, 1, shape, pair(3, 1))), "offset 1");
        refused(pickled(tensor("FloatStorage", "0", 6, 0, shape, pair(4, 1))), "strides [4, 1]");
        refused(pickled(tensor("FloatStorage", "0", 6, 0, shape, number(1) + "\u0085")), "strides [1]");
        String minus = "J\u00ff\u00ff\u00ff\u00ff";
        refused(pickled(tensor("FloatStorage", "0", 6, 0, shape, minus + number(1) + "\u0086")), "strides [-1, 1]");
        String huge = "\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f";
        refused(pickled(tensor("FloatStorage", "0", 6, 0, huge + huge + "\u0086", huge + huge + "\u0086")), "inside");
        refused(pickled(tensor("FloatStorage", "../0", 6, 0, shape, pair(3, 1))), "'../0'");
        refused(pickled(tensor("FloatStorage", "0", 6, 0, shape, pair(3, 1) + "0")), "data.pkl");
    }

    @Test
    void storagesMustBeThereAndOfTheRightSize() {
        String good = pickled(tensor("FloatStorage", "0", 6, 0, pair(2, 3), pair(3, 1)));
        Path none = MadeArchive.of(good).write(folder.resolve("none.pt"));
        assertRefused(() -> assertRows(none), "none.pt", "storage 0", "missing");
        Path small = MadeArchive.of(good).with("made/data/0", floats(1, 2, 3)).write(folder.resolve("small.pt"));
        assertRefused(() -> assertRows(small), "small.pt", "storage 0 has 12 bytes", "take 24");
        String whole = pickled(tensor("LongStorage", "0", 6, 0, pair(2, 3), pair(3, 1)));
        Path integers = MadeArchive.of(whole).write(folder.resolve("integers.pt"));
        assertRefused(() -> assertRows(integers), "integers.pt", "I64 [2, 3]", "floating-point");
        String other = pickled(tensor("ComplexFloatStorage", "0", 6, 0, pair(2, 3), pair(3, 1)));
        refused(other, "torch.ComplexFloatStorage");
    }

    @Test
    void archivesCutAnywhereOrDamagedAreRefused() throws IOException {
        byte[] whole = Files.readAllBytes(AT_HOME.resolve("smollm2-135m_multi.pt"));
        for (int length :
                new int[] {0, 1, 30, 500, 2_000, 10_000, whole.length / 2, whole.length - 23, whole.length - 1}) {
            Path cut = Files.write(folder.resolve("cut.pt"), Arrays.copyOf(whole, length));
            assertRefused(() -> TorchFile.open(cut), "cut.pt", "copy");
        }
        byte[] flipped = whole.clone();
        flipped[5_000] ^= 1;
        Path damaged = Files.write(folder.resolve("damaged.pt"), flipped);
        try (TorchFile file = TorchFile.open(damaged)) {
            TorchTensor tensor = (TorchTensor) ((Map<?, ?>) ((Map<?, ?>) file.content()).get("activations")).get(7L);
            assertRefused(() -> file.rows(tensor), "damaged.pt", "data/0 is damaged", "copy the file again");
        }
        Path old = Files.write(folder.resolve("old.pt"), MadeArchive.bytes("\u0080\u0002\u008a\nl\u00fc."));
        assertRefused(() -> TorchFile.open(old), "old.pt", "since version 1.6");
        assertRefused(() -> TorchFile.open(folder.resolve("gone.pt")), "gone.pt", "no such file");
    }

    @Test
    void archivesOfAnotherKindAreRefused() {
        String empty = pickled("}");
        Path big = MadeArchive.of(empty).with("made/byteorder", "big").write(folder.resolve("big.pt"));
        assertRefused(() -> TorchFile.open(big), "big.pt", "byteorder is 'big'", "little-endian machine");
        for (String name : List.of("../made/x", "/etc/x", "made/../../x", "made\\x")) {
            Path outside = MadeArchive.of(empty).with(name, "x").write(folder.resolve("outside.pt"));
            assertRefused(() -> TorchFile.open(outside), "outside.pt", name, "points outside");
        }
        Path two = MadeArchive.of(empty).with("other/data.pkl", empty).write(folder.resolve("two.pt"));
        assertRefused(() -> TorchFile.open(two), "two.pt", "data.pkl in a folder of its own");
        Path none = new MadeArchive().with("made/x", "x").write(folder.resolve("none.pt"));
        assertRefused(() -> TorchFile.open(none), "none.pt", "torch.save");
    }

    private static String pickled(String value) {
        return "\u0080\u0002" + value + ".";
    }

    private static String shortText(String value) {
        return "\u008c" + (char) value.length() + value;
    }

    private void refused(String pickle, String... parts) {
        Path file = MadeArchive.of(pickle).write(folder.resolve("bad.pt"));
        String[] all = Arrays.copyOf(parts, parts.length + 1);
        all[parts.length] = "bad.pt: data.pkl: ";
        assertRefused(() -> TorchFile.open(file), all);
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable action, String... parts) {
        assertThatThrownBy(action)
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(parts)
                .message()
                .doesNotContain("\n");
    }

    private static void assertRows(Path path, float[]... expected) {
        try (TorchFile file = TorchFile.open(path)) {
            TorchRows rows = file.rows((TorchTensor) file.content());
            for (int i = 0; i < expected.length; i++) {
                assertThat(rows.row(i)).containsExactly(expected[i]);
            }
        }
    }
}
