package dev.nla.model.safetensors;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.model.files.AtomicFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes safetensors files byte for byte as Hugging Face's library does: compact JSON, padded with spaces to a multiple of 8, tensors
 * sorted by type (widest first, which keeps them aligned) and then by name. Elements are streamed; the file appears whole or not at all, once its
 * header has been read back.
 */
public final class SafetensorsWriter {
    private static final Comparator<TensorToWrite> FILE_ORDER = Comparator.comparing(TensorToWrite::dtype)
            .reversed()
            .thenComparing(TensorToWrite::name, SafetensorsWriter::compareBytes);

    private SafetensorsWriter() {}

    /**
     * Writes a file, replacing one that is there.
     *
     * @param target the file
     * @param metadata strings for {@code __metadata__}; left out when empty
     * @param tensors the tensors; their sources are asked once each, in the order of the file
     * @throws IllegalArgumentException when two tensors have one name
     * @throws IllegalStateException when a source gives more or fewer elements than its shape holds; the old file is then unchanged
     * @throws dev.nla.model.InputException when the file system refuses, or the file cannot be read back
     */
    public static void write(Path target, Map<String, String> metadata, List<TensorToWrite> tensors) {
        Set<String> names = new HashSet<>();
        for (TensorToWrite tensor : tensors) {
            if (!names.add(tensor.name())) {
                throw new IllegalArgumentException("two tensors are called " + tensor.name());
            }
        }
        List<TensorToWrite> ordered = tensors.stream().sorted(FILE_ORDER).toList();
        AtomicFiles.replace(target, temporary -> writeAll(temporary, metadata, ordered), SafetensorsFile::check);
    }

    private static void writeAll(Path file, Map<String, String> metadata, List<TensorToWrite> tensors)
            throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer header = header(metadata, tensors);
            while (header.hasRemaining()) {
                channel.write(header);
            }
            for (TensorToWrite tensor : tensors) {
                TensorSink sink = new TensorSink(channel, tensor.dtype());
                tensor.source().accept(sink);
                long written = sink.finish();
                if (written != tensor.byteLength()) {
                    throw new IllegalStateException(tensor.name() + " got " + written + " bytes, its shape "
                            + Arrays.toString(tensor.shape()) + " takes " + tensor.byteLength());
                }
            }
        }
    }

    /**
     * What stands before the data of a file with one tensor, for those who write the data themselves, at any place and in any order: the
     * tensor's first byte follows these.
     */
    public static byte[] header(Map<String, String> metadata, String name, DType dtype, long[] shape) {
        return header(metadata, List.of(TensorToWrite.streamed(name, dtype, shape, sink -> {})))
                .array();
    }

    private static ByteBuffer header(Map<String, String> metadata, List<TensorToWrite> tensors) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        if (!metadata.isEmpty()) {
            metadata.forEach(root.putObject("__metadata__")::put);
        }
        long offset = 0;
        for (TensorToWrite tensor : tensors) {
            ObjectNode entry =
                    root.putObject(tensor.name()).put("dtype", tensor.dtype().name());
            Arrays.stream(tensor.shape()).forEach(entry.putArray("shape")::add);
            entry.putArray("data_offsets").add(offset).add(offset + tensor.byteLength());
            offset += tensor.byteLength();
        }
        byte[] json = root.toString().getBytes(StandardCharsets.UTF_8);
        int padded = (json.length + 7) / 8 * 8;
        ByteBuffer header = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(padded).put(json);
        while (header.hasRemaining()) {
            header.put((byte) ' ');
        }
        return header.flip();
    }

    private static int compareBytes(String left, String right) {
        return Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }
}
