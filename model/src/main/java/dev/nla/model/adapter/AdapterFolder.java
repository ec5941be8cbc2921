package dev.nla.model.adapter;

import dev.nla.model.InputException;
import dev.nla.model.sidecar.ModelSidecar;
import java.nio.file.Path;
import java.util.List;

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
     * @throws InputException where it has none, or none that can be read. Of an adapter without a sidecar it says the command that writes
     *     one, with the name of a public adapter of the same shape where there is one; nothing is taken for granted from a shape
     */
    public static AdapterFolder open(Path path) {
        return open(path, path.toString());
    }

    /**
     * The same for a folder that the user knows by another name.
     *
     * @param called a repository of a hub
     */
    public static AdapterFolder open(Path path, String called) {
        if (BareAdapter.isAt(path)) {
            throw withoutSidecar(path, called);
        }
        return new AdapterFolder(path, ModelSidecar.read(path));
    }

    private static InputException withoutSidecar(Path path, String called) {
        BareAdapter bare = BareAdapter.read(path);
        String init = "nla adapter init " + called + (called.equals(path.toString()) ? "" : " --output DIR");
        List<String> alike = bare.alike();
        String known = alike.isEmpty()
                ? "write it with " + init + " --layer L --injection-norm X --marker C --av-template F --model BASE"
                : "if it is one of %s, give --like %s here or to %s"
                        .formatted(String.join(", ", alike), alike.get(0), init);
        return InputException.data(
                "%s: has no %s, so that marker, norm, layer and prompt of this adapter (%s) are not known: %s",
                called, ModelSidecar.FILE, bare.describe(), known);
    }
}
