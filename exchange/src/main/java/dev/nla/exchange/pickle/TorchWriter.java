package dev.nla.exchange.pickle;

import dev.nla.model.files.AtomicFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes files that {@code torch.load(weights_only=True)} reads, and every torch from 1.6 on. */
public final class TorchWriter {
    private TorchWriter() {}

    /**
     * Writes a file, replacing one that is there; it appears whole or not at all, once its entries have been read back.
     *
     * @param target the file, whose name without its ending is the archive's folder
     * @param content what is saved: strings, {@link Long}, {@link Boolean}, null, lists and maps of these, and {@link TorchMatrix}
     * @throws dev.nla.model.InputException where the file system refuses, or the file cannot be read back
     */
    public static void write(Path target, Map<String, Object> content) {
        String folder = target.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        Pickler pickler = new Pickler();
        byte[] pickle = pickler.write(content);
        AtomicFiles.replace(
                target,
                temporary -> writeAll(temporary, folder, pickle, pickler.storages()),
                written -> TorchFile.open(written).close());
    }

    private static void writeAll(Path file, String folder, byte[] pickle, List<TorchMatrix> storages)
            throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            zip.setMethod(ZipOutputStream.STORED);
            entry(zip, folder + "/data.pkl", pickle);
            entry(zip, folder + "/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
            int number = 0;
            for (TorchMatrix matrix : storages) {
                storage(zip, folder + "/data/" + number++, matrix);
            }
            entry(zip, folder + "/version", "3\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        start(zip, name, bytes.length, checksum);
        zip.write(bytes);
        zip.closeEntry();
    }

    /** Goes over the rows twice: an entry that is not compressed begins with its checksum. */
    private static void storage(ZipOutputStream zip, String name, TorchMatrix matrix) throws IOException {
        CRC32 checksum = new CRC32();
        rows(matrix, new OutputStream() {
            @Override
            public void write(int value) {
                checksum.update(value);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                checksum.update(bytes, offset, length);
            }
        });
        start(zip, name, (long) matrix.rows() * matrix.width() * Float.BYTES, checksum);
        rows(matrix, zip);
        zip.closeEntry();
    }

    private static void rows(TorchMatrix matrix, OutputStream out) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(matrix.width() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < matrix.rows(); i++) {
            bytes.asFloatBuffer().put(matrix.row().apply(i));
            out.write(bytes.array());
        }
    }

    private static void start(ZipOutputStream zip, String name, long size, CRC32 checksum) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        entry.setSize(size);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
    }
}
