package dev.nla.model.sidecar;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.files.Document;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Sidecars that come with the program, for adapters whose folder has none: the conventions of public pairs, each under the name of the
 * repository that published it. Every file says where its values are known from.
 */
public final class PublishedSidecars {
    /** The names. */
    public static final List<String> NAMES = List.of(
            "anicka/nla-qwen2.5-7b-L20-av-v2",
            "anicka/nla-qwen2.5-7b-L20-ar-v2",
            "anicka/nla-qwen25-7b-L20-av",
            "kitft/nla-qwen2.5-7b-L20-av",
            "kitft/nla-qwen2.5-7b-L20-ar",
            "kitft/nla-gemma3-12b-L32-av",
            "kitft/nla-gemma3-12b-L32-ar",
            "kitft/nla-gemma3-27b-L41-av",
            "kitft/nla-gemma3-27b-L41-ar",
            "kitft/Llama-3.3-70B-NLA-L53-av",
            "kitft/Llama-3.3-70B-NLA-L53-ar");

    private PublishedSidecars() {}

    /** One of {@link #NAMES}. */
    public static ModelSidecar named(String name) {
        Path shown = Path.of(name + ".yaml");
        return ModelSidecarReader.read(Document.yaml(shown, text(name)), Path.of(name));
    }

    /**
     * A sidecar that somebody names: a YAML file, a folder with one, or one of {@link #NAMES}. What lies on the disk wins.
     *
     * @param folder of the adapter it is to stand for
     * @throws InputException (usage) where it is none of these, (data) where the file is no model's sidecar
     */
    public static ModelSidecar find(String given, Path folder) {
        Path path = Path.of(given);
        if (Files.isDirectory(path)) {
            return ModelSidecar.read(path.resolve(ModelSidecar.FILE), folder);
        }
        if (Files.exists(path)) {
            return ModelSidecar.read(path, folder);
        }
        if (NAMES.contains(given)) {
            return named(given);
        }
        throw InputException.usage(
                "%s %s: is no file and none of the sidecars that come with nla: %s",
                Key.of("like"), given, String.join(", ", NAMES));
    }

    private static String text(String name) {
        try (InputStream in = PublishedSidecars.class.getResourceAsStream("published/" + name + ".yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
