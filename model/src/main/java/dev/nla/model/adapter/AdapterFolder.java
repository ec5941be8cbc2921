package dev.nla.model.adapter;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.KeyedText;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.sidecar.ModelSidecar;
import dev.nla.model.sidecar.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * An adapter on the disk and the sidecar that says how it is asked: its own, or one from elsewhere.
 *
 * @param path the PEFT folder
 * @param sidecar what counts for it
 */
public record AdapterFolder(Path path, ModelSidecar sidecar) {
    /**
     * A folder with its own sidecar.
     *
     * @param role what it is to be used as, for what is said where it has none
     * @throws InputException where it has none, or none that can be read. Of an adapter without a sidecar it says the command that writes
     *     one, with the name of a public adapter of the same shape where there is one; nothing is taken for granted from a shape
     */
    public static AdapterFolder open(Path path, Role role) {
        return open(path, role, path.toString());
    }

    /**
     * The same for a folder that the user knows by another name.
     *
     * @param called a repository of a hub
     */
    public static AdapterFolder open(Path path, Role role, String called) {
        if (BareAdapter.isAt(path)) {
            throw withoutSidecar(path, role, called);
        }
        return new AdapterFolder(path, ModelSidecar.read(path));
    }

    /**
     * Refuses what the sidecar alone shows, before weights are read, which may take long.
     *
     * @param model the base model's settings
     * @param layer of the activations it is used for, where that is known
     */
    public void check(ModelConfig model, OptionalInt layer) {
        AdapterChecks.belongs(path, sidecar, model);
        layer.ifPresent(block -> AdapterChecks.layer(sidecar, block));
    }

    private static InputException withoutSidecar(Path path, Role role, String called) {
        BareAdapter bare = BareAdapter.read(path);
        KeyedText init = called.equals(path.toString())
                ? KeyedText.of("nla adapter init %s", called)
                : KeyedText.of("nla adapter init %s %s DIR", called, Key.of("output"));
        return InputException.data(
                "%s: has no %s, so that nobody knows how this adapter (%s) is asked: %s",
                called, ModelSidecar.FILE, bare.describe(), remedy(init, role, bare.alike(role)));
    }

    private static KeyedText remedy(KeyedText init, Role role, List<String> alike) {
        if (alike.isEmpty()) {
            return role == Role.VERBALIZER
                    ? KeyedText.of(
                            "say it with %s %s L %s X %s C %s F %s BASE",
                            init,
                            Key.of("layer"),
                            Key.of("injection_norm"),
                            Key.of("marker"),
                            Key.of("av_template"),
                            Key.of("model"))
                    : KeyedText.of(
                            "say how it reads with %s %s ar %s L %s C %s F %s BASE",
                            init,
                            Key.of("role"),
                            Key.of("layer"),
                            Key.of("marker"),
                            Key.of("ar_template"),
                            Key.of("model"));
        }
        KeyedText like = KeyedText.of("%s %s", Key.of("like"), alike.get(0));
        String others = alike.size() == 1
                ? ""
                : "; of this shape are also " + String.join(", ", alike.subList(1, alike.size()));
        return KeyedText.of(
                "if it is %s, describe, serve and eval take %s, and %s %s writes the file%s",
                alike.get(0), like, init, like, others);
    }
}
