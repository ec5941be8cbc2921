package dev.nla.train.run.log;

import dev.nla.model.InputException;
import dev.nla.model.files.FileFault;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A TensorBoard event file of scalars. Records are framed as in TFRecord (length, masked CRC-32C of the length, data, masked CRC-32C of the
 * data); the data are {@code tensorflow.Event} messages, written by {@link EventMessage}.
 */
public final class TensorBoardFile implements Tracker {
    private final Path file;
    private final OutputStream out;

    /**
     * Makes a new event file in {@code folder}.
     *
     * @param firstStep points of earlier files from here on are void, as TensorBoard knows it from restarts; 0 for a fresh run
     */
    public TensorBoardFile(Path folder, int firstStep) {
        long millis = System.currentTimeMillis();
        file = folder.resolve("events.out.tfevents.%010d.nla.%d.%d"
                .formatted(millis / 1000, ProcessHandle.current().pid(), millis % 1000));
        try {
            out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
        write(EventMessage.fileVersion(now()));
        if (firstStep > 0) {
            write(EventMessage.sessionStart(now(), firstStep));
        }
    }

    /** Adds one point a name, under {@code group/name}; values that are not finite are drawn as such. */
    @Override
    public void scalars(int step, String group, Map<String, Double> values) {
        values.forEach(
                (name, value) -> write(EventMessage.scalar(now(), step, group + "/" + name, value.floatValue())));
    }

    private void write(byte[] event) {
        ByteBuffer record = ByteBuffer.allocate(event.length + 16).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(event.length);
        record.putInt(maskedCrc(record.array(), 0, 8));
        record.put(event);
        record.putInt(maskedCrc(event, 0, event.length));
        try {
            out.write(record.array());
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /** TFRecord's checksum: CRC-32C, rotated right by 15 bits, plus a constant. */
    static int maskedCrc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    }

    private static double now() {
        return System.currentTimeMillis() / 1000.0;
    }

    private InputException cannotWrite(IOException e) {
        return InputException.data(
                e, "%s cannot be written (%s): check the folder and its space", file, FileFault.of(e));
    }

    /** Closes the file. */
    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }
}
