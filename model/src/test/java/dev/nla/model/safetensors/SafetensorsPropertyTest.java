package dev.nla.model.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.InputException;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Protects the header parser against hostile bytes, and the 16-bit formats and the writer against lossy round trips. */
class SafetensorsPropertyTest {
    @Property(tries = 300)
    void randomBytesAreReadOrRefusedButNeverCrash(@ForAll byte[] bytes) throws IOException {
        opensOrRefuses(bytes);
    }

    @Property(tries = 300)
    void randomJsonIsReadOrRefusedButNeverCrashes(@ForAll @StringLength(max = 80) String json) throws IOException {
        opensOrRefuses(SafetensorsFileTest.file(json, 16));
    }

    @Property(tries = 500)
    void aRealHeaderWithOneByteChangedIsReadOrRefused(
            @ForAll @IntRange(min = 0, max = 3000) int position, @ForAll byte value) throws IOException {
        byte[] bytes = Files.readAllBytes(Fixtures.golden("llama/adapter/adapter_model.safetensors"));
        bytes[position] = value;
        opensOrRefuses(bytes);
    }

    @Property(tries = 100)
    void whatIsWrittenIsReadBack(
            @ForAll @Size(min = 1, max = 40) float[] floats,
            @ForAll @Size(max = 40) long[] longs,
            @ForAll @StringLength(min = 1, max = 10) String name,
            @ForAll @StringLength(max = 10) String note)
            throws IOException {
        Path path = Files.createTempFile("nla", ".safetensors");
        try {
            List<TensorToWrite> tensors = List.of(
                    TensorToWrite.floats("f." + name, new long[] {floats.length}, floats),
                    TensorToWrite.longs("l." + name, new long[] {1, longs.length}, longs),
                    TensorToWrite.streamed("d." + name, DType.F64, new long[] {floats.length}, sink -> {
                        sink.write(floats, 0, floats.length / 2);
                        sink.write(floats, floats.length / 2, floats.length - floats.length / 2);
                    }));
            SafetensorsWriter.write(path, Map.of("note", note), tensors);
            try (SafetensorsFile file = SafetensorsFile.open(path)) {
                assertThat(file.floats("f." + name)).containsExactly(floats);
                assertThat(file.floats("d." + name)).containsExactly(floats);
                assertThat(file.longs("l." + name)).containsExactly(longs);
                assertThat(file.metadata()).isEqualTo(Map.of("note", note));
            }
        } finally {
            Files.deleteIfExists(path);
        }
    }

    @Property(tries = 2000)
    void halfPrecisionBitsSurviveWideningAndRounding(@ForAll short bits) {
        float half = HalfFloats.fromF16(bits);
        float brain = HalfFloats.fromBf16(bits);
        assertThat(HalfFloats.fromF16(HalfFloats.toF16(half))).isEqualTo((Float) half);
        assertThat(HalfFloats.fromBf16(HalfFloats.toBf16(brain))).isEqualTo((Float) brain);
    }

    @Property(tries = 2000)
    void roundingPicksTheNearestSixteenBitNumber(@ForAll int floatBits) {
        float value = Float.intBitsToFloat(floatBits);
        if (!Float.isFinite(value)) {
            return;
        }
        short half = HalfFloats.toF16(value);
        short brain = HalfFloats.toBf16(value);
        for (int step = -1; step <= 1; step += 2) {
            assertCloser(value, HalfFloats.fromF16(half), HalfFloats.fromF16((short) (half + step)));
            assertCloser(value, HalfFloats.fromBf16(brain), HalfFloats.fromBf16((short) (brain + step)));
        }
    }

    private static void assertCloser(float value, float chosen, float neighbour) {
        if (Float.isFinite(chosen) && Float.isFinite(neighbour)) {
            assertThat(Math.abs((double) value - chosen)).isLessThanOrEqualTo(Math.abs((double) value - neighbour));
        }
    }

    private static void opensOrRefuses(byte[] bytes) throws IOException {
        Path path = Files.createTempFile("nla", ".safetensors");
        try {
            Files.write(path, bytes);
            try (SafetensorsFile file = SafetensorsFile.open(path)) {
                assertThat(file.names().stream()
                                .mapToLong(name ->
                                        file.info(name).end() - file.info(name).begin())
                                .sum())
                        .isLessThanOrEqualTo(bytes.length);
            } catch (InputException refused) {
                assertThat(refused).hasMessageContaining(path.getFileName().toString());
            }
        } finally {
            Files.deleteIfExists(path);
        }
    }
}
