package dev.nla.model.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs TorchScript files and attribute values as the archive that {@code torch::jit::load} reads: a stored zip with two pickles. */
final class KernelArchive {
    /** The class that a module's entry declares. */
    private static final String KERNELS = "Kernels";

    /** Attributes that can be empty, among the lines that declare attributes. */
    private static final Pattern STATE = Pattern.compile("(?m)^ +(\\w+) ?: (List|Dict|Optional)\\[");

    private KernelArchive() {}

    /**
     * Packs a module.
     *
     * @param files text of each file, by name
     * @param entry the file that declares the module's class
     * @param attributes values of that class's attributes; lists, dictionaries and optional values that are left out begin empty
     */
    static byte[] pack(Map<String, String> files, String entry, Map<String, ?> attributes) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>(empty(files.get(entry)));
        all.putAll(attributes);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "k/data.pkl", Pickle.of(new KernelObject(entry, KERNELS, all)));
            for (Map.Entry<String, String> file : files.entrySet()) {
                put(
                        zip,
                        "k/code/__torch__/" + file.getKey() + ".py",
                        file.getValue().getBytes(StandardCharsets.UTF_8));
            }
            put(zip, "k/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
            put(zip, "k/version", "10\n".getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    /** A value for each attribute that can be empty, of those that the class declares before its first method. */
    private static Map<String, Object> empty(String text) {
        Map<String, Object> state = new LinkedHashMap<>();
        int begin = text.indexOf("class " + KERNELS);
        for (MatchResult found : STATE.matcher(text.substring(begin, text.indexOf("def ", begin)))
                .results()
                .toList()) {
            state.put(
                    found.group(1),
                    switch (found.group(2)) {
                        case "List" -> List.of();
                        case "Dict" -> Map.of();
                        default -> Optional.empty();
                    });
        }
        return state;
    }

    private static void put(ZipOutputStream zip, String name, byte[] data) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(data.length);
        CRC32 crc = new CRC32();
        crc.update(data);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(data);
        zip.closeEntry();
    }
}
