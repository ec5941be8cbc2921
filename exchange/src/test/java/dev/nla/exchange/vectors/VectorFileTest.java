package dev.nla.exchange.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.exchange.pickle.TorchMatrix;
import dev.nla.exchange.pickle.TorchWriter;
import dev.nla.model.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects vectors from other tools' files: the right numbers in the right order whatever the type and the dimensions before the last, and every misfit named. */
class VectorFileTest {
    @TempDir
    Path folder;

    /** A file as numpy.save writes it. */
    private Path npy(String name, int version, String descr, String order, String shape, byte[] numbers)
            throws IOException {
        String dict = "{'descr': '" + descr + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }";
        int fixed = version == 1 ? 10 : 12;
        String header = dict + " ".repeat(63 - (fixed + dict.length()) % 64) + "\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        ByteBuffer length = ByteBuffer.allocate(version == 1 ? 2 : 4).order(ByteOrder.LITTLE_ENDIAN);
        out.write((version == 1 ? length.putShort((short) header.length()) : length.putInt(header.length())).array());
        out.write(header.getBytes(StandardCharsets.US_ASCII));
        out.write(numbers);
        return Files.write(folder.resolve(name), out.toByteArray());
    }

    private static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }

    private static byte[] doubles(double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            bytes.putDouble(value);
        }
        return bytes.array();
    }

    private static VectorFile open(Path file, int width) {
        return VectorFile.open(file, Optional.empty(), width);
    }

    @Test
    void numpyArraysOfAllThreeTypes() throws IOException {
        try (VectorFile file = open(npy("a.npy", 1, "<f4", "False", "(2, 3)", floats(1, 2, 3, 4, 5, 6)), 3)) {
            assertThat(file.size()).isEqualTo(2);
            assertThat(file.vector(1)).containsExactly(4, 5, 6);
            assertThat(file.vector(0)).containsExactly(1, 2, 3);
        }
        try (VectorFile file = open(npy("b.npy", 2, "<f8", "False", "(1, 2, 2)", doubles(1, 2, 3, 4)), 2)) {
            assertThat(file.size()).isEqualTo(2);
            assertThat(file.vector(1)).containsExactly(3, 4);
        }
        byte[] halves = {0, 0x3C, 0, (byte) 0xC0};
        try (VectorFile file = open(npy("c.npy", 1, "<f2", "False", "(2,)", halves), 2)) {
            assertThat(file.vector(0)).containsExactly(1, -2);
        }
    }

    @Test
    void numpyFilesThatDoNotFitAreNamed() throws IOException {
        byte[] six = floats(1, 2, 3, 4, 5, 6);
        refused(npy("w.npy", 1, "<f4", "False", "(2, 3)", six), 4, "[2, 3]", "[N, 4]");
        refused(npy("i.npy", 1, "<i8", "False", "(2, 3)", six), 3, "<i8", "float32");
        refused(npy("f.npy", 1, "<f4", "True", "(2, 3)", six), 3, "column by column", "ascontiguousarray");
        refused(npy("s.npy", 1, "<f4", "False", "(3, 3)", six), 3, "no whole file");
        refused(npy("e.npy", 1, "<f4", "False", "(0, 3)", new byte[0]), 3, "[0, 3]");
        refused(Files.writeString(folder.resolve("t.npy"), "not numpy, whatever its name says"), 3, "numpy.save");
        refused(Files.writeString(folder.resolve("u.npy"), "short"), 3, "no whole file");
        refused(folder.resolve("none.npy"), 3, "no such file");
    }

    @Test
    void tensorsOfADictByName() {
        Path file = folder.resolve("cache.pt");
        Map<String, Object> cache = new LinkedHashMap<>();
        cache.put("blocks.0.hook_resid_post", new TorchMatrix(2, 2, row -> new float[] {row, 10 + row}));
        cache.put("blocks.1.hook_resid_post", new TorchMatrix(1, 2, row -> new float[] {7, 8}));
        cache.put("scores", new TorchMatrix(1, 5, row -> new float[5]));
        TorchWriter.write(file, cache);
        try (VectorFile first = VectorFile.open(file, Optional.of("blocks.0.hook_resid_post"), 2)) {
            assertThat(first.size()).isEqualTo(2);
            assertThat(first.vector(1)).containsExactly(1, 11);
        }
        refused(file, 2, "several tensors", "blocks.1.hook_resid_post");
        try (VectorFile only = open(file, 5)) {
            assertThat(only.size()).isEqualTo(1);
        }
        assertThatThrownBy(() -> VectorFile.open(file, Optional.of("blocks.9"), 2))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("blocks.9", "scores");
    }

    private static void refused(Path file, int width, String... parts) {
        assertThatThrownBy(() -> open(file, width))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContainingAll(parts);
    }
}
