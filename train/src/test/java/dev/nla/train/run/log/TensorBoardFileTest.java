package dev.nla.train.run.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects event files by reading them the way TensorBoard does: frames with checksums, then protocol buffers by field number. */
class TensorBoardFileTest {
    @TempDir
    Path folder;

    @Test
    void theMaskedChecksumIsThatOfTfRecord() {
        // CRC-32C's check value over "123456789" is e3069283; masked as in tensorflow/core/lib/hash/crc32c.h.
        byte[] bytes = "123456789".getBytes(StandardCharsets.US_ASCII);
        int crc = 0xe3069283;
        assertThat(TensorBoardFile.maskedCrc(bytes, 0, 9)).isEqualTo(((crc >>> 15) | (crc << 17)) + 0xa282ead8);
    }

    @Test
    void scalarsComeBackWithTagStepAndValue() throws IOException {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("loss", 0.1);
        values.put("completions/mean_length", 31.5);
        try (TensorBoardFile file = new TensorBoardFile(folder, 0)) {
            file.scalars(300, "train", values);
        }
        List<Map<Integer, Object>> events = events();
        assertThat(text(events.get(0).get(3))).isEqualTo("brain.Event:2");
        assertThat((double) events.get(1).get(1)).isGreaterThan(1.7e9);
        assertThat(events.get(1).get(2)).isEqualTo(300L);
        assertThat(text(value(events.get(1)).get(1))).isEqualTo("train/loss");
        assertThat(value(events.get(1)).get(2)).isEqualTo(0.1f);
        assertThat(text(value(events.get(2)).get(1))).isEqualTo("train/completions/mean_length");
        assertThat(value(events.get(2)).get(2)).isEqualTo(31.5f);
        assertThat(events).hasSize(3);
    }

    @Test
    void aResumedRunTellsThatLaterPointsAreVoid() throws IOException {
        new TensorBoardFile(folder, 20).close();
        Map<Integer, Object> start = events().get(1);
        assertThat(start.get(2)).isEqualTo(20L);
        assertThat(message((byte[]) start.get(7)).get(1)).isEqualTo(1L);
    }

    private List<Map<Integer, Object>> events() throws IOException {
        Path file;
        try (Stream<Path> children = Files.list(folder)) {
            file = children.findFirst().orElseThrow();
        }
        assertThat(file.getFileName().toString()).startsWith("events.out.tfevents.");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Map<Integer, Object>> events = new ArrayList<>();
        while (bytes.hasRemaining()) {
            int header = TensorBoardFile.maskedCrc(bytes.array(), bytes.position(), 8);
            byte[] data = new byte[(int) bytes.getLong()];
            assertThat(bytes.getInt()).isEqualTo(header);
            bytes.get(data);
            assertThat(bytes.getInt()).isEqualTo(TensorBoardFile.maskedCrc(data, 0, data.length));
            events.add(message(data));
        }
        return events;
    }

    private static Map<Integer, Object> value(Map<Integer, Object> event) {
        return message((byte[]) message((byte[]) event.get(5)).get(1));
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }

    /** A protocol buffer's fields by number. */
    private static Map<Integer, Object> message(byte[] data) {
        ByteBuffer in = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        Map<Integer, Object> fields = new TreeMap<>();
        while (in.hasRemaining()) {
            long key = varint(in);
            Object field =
                    switch ((int) (key & 7)) {
                        case 0 -> varint(in);
                        case 1 -> in.getDouble();
                        case 2 -> {
                            byte[] bytes = new byte[(int) varint(in)];
                            in.get(bytes);
                            yield bytes;
                        }
                        case 5 -> in.getFloat();
                        default -> throw new AssertionError("wire type of key " + key);
                    };
            fields.put((int) (key >>> 3), field);
        }
        return fields;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
