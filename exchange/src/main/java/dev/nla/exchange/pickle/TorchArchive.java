package dev.nla.exchange.pickle;

import dev.nla.model.InputException;
import dev.nla.model.files.FileFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The zip archive of a torch file: one folder with {@code data.pkl}, {@code byteorder} and the storages under {@code data/}. */
final class TorchArchive implements AutoCloseable {
    private static final String PICKLE = "/data.pkl";
    private static final int MOST = Integer.MAX_VALUE - 8;
    /** Torch stores its entries as they are; a file zipped again by hand may be some smaller. */
    private static final int MOST_UNFOLDED = 8;

    private static final long ALWAYS_READ = 1 << 20;
    private static final int MOST_OF_PICKLE = 1 << 28;

    private final Path path;
    private final ZipFile zip;
    private final String folder;

    private TorchArchive(Path path, ZipFile zip) {
        this.path = path;
        this.zip = zip;
        List<String> names = zip.stream().map(ZipEntry::getName).toList();
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (name.startsWith("/")
                    || name.contains("\\")
                    || List.of(name.split("/")).contains("..")) {
                throw error("it has an entry '%s', which points outside of it: no file of torch.save does", name);
            }
            if (!seen.add(name)) {
                throw error("it has two entries '%s': write it again", name);
            }
        }
        List<String> pickles = names.stream()
                .filter(name -> name.indexOf('/') == name.lastIndexOf(PICKLE) && name.endsWith(PICKLE))
                .toList();
        if (pickles.size() != 1) {
            throw error("it has no data.pkl in a folder of its own: give a file of torch.save");
        }
        folder = pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
        checkByteOrder();
    }

    static TorchArchive open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw InputException.data("%s: there is no such file", path);
        }
        ZipFile zip;
        try {
            zip = new ZipFile(path.toFile());
        } catch (ZipException e) {
            throw InputException.data(
                    e,
                    "%s: is not a whole zip archive, as torch.save writes them since version 1.6 (%s): copy it again, or"
                            + " load and save it with a newer torch",
                    path,
                    FileFault.of(e));
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be read: %s", path, FileFault.of(e));
        }
        try {
            return new TorchArchive(path, zip);
        } catch (RuntimeException e) {
            close(zip);
            throw e;
        }
    }

    private void checkByteOrder() {
        ZipEntry entry = zip.getEntry(folder + "/byteorder");
        if (entry == null) {
            return;
        }
        String order = new String(read(entry, MOST_OF_PICKLE), StandardCharsets.UTF_8).strip();
        if (!order.equals("little")) {
            throw error(
                    "its byteorder is '%s', only little is read: load and save it on a little-endian machine", order);
        }
    }

    /** The pickle. */
    byte[] pickle() {
        return read(zip.getEntry(folder + PICKLE), MOST_OF_PICKLE);
    }

    /** The bytes of a tensor's storage, which must be as many as the tensor says. */
    byte[] storage(TorchTensor tensor) {
        ZipEntry entry = zip.getEntry(folder + "/data/" + tensor.storage());
        if (entry == null) {
            throw error("storage %s of a %s is missing: copy the file again", tensor.storage(), tensor);
        }
        long expected = tensor.length() * tensor.dtype().bytes();
        if (entry.getSize() != expected) {
            throw error(
                    "storage %s has %d bytes where %d elements of %s take %d: write it again",
                    tensor.storage(), entry.getSize(), tensor.length(), tensor.dtype(), expected);
        }
        return read(entry, MOST);
    }

    private byte[] read(ZipEntry entry, int most) {
        if (entry.getSize() < 0 || entry.getSize() > ALWAYS_READ + MOST_UNFOLDED * fileSize()) {
            throw error(
                    "%s unfolds to %d bytes out of a file of %d, as no file of torch.save does: load and save it again",
                    entry.getName(), entry.getSize(), fileSize());
        }
        if (entry.getSize() > most) {
            throw error(
                    "%s has %d bytes, more than the %d that are read at once", entry.getName(), entry.getSize(), most);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes((int) entry.getSize());
            CRC32 checksum = new CRC32();
            checksum.update(bytes);
            if (bytes.length != entry.getSize() || in.read() >= 0 || checksum.getValue() != entry.getCrc()) {
                throw error("%s is damaged, its checksum or length is wrong: copy the file again", entry.getName());
            }
            return bytes;
        } catch (IOException e) {
            throw InputException.data(
                    e, "%s: %s cannot be read (%s): copy the file again", path, entry.getName(), FileFault.of(e));
        }
    }

    private long fileSize() {
        return path.toFile().length();
    }

    InputException error(String format, Object... arguments) {
        return InputException.data("%s: %s", path, String.format(format, arguments));
    }

    private static void close(ZipFile zip) {
        try {
            zip.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        close(zip);
    }
}
