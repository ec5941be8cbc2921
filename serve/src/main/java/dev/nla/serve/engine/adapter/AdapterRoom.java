package dev.nla.serve.engine.adapter;

import dev.nla.model.InputException;
import dev.nla.model.adapter.AdapterFolder;
import dev.nla.model.files.FileFault;
import dev.nla.model.lora.PeftFolder;
import dev.nla.serve.api.fault.Fault;
import dev.nla.serve.api.fault.RequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory that adapters hold, and may hold; of the worker's thread alone once there is one. */
public final class AdapterRoom {
    private long held;
    private long most = Long.MAX_VALUE;

    /** From now on the adapters may hold no more than so many bytes beside what they hold. */
    public void limit(long more) {
        most = more > Long.MAX_VALUE - held ? Long.MAX_VALUE : held + more;
    }

    /** Refuses an adapter that there is no room for. */
    public void require(String name, AdapterFolder adapter) {
        // Numbers of two bytes each become floats.
        long bytes = 2 * size(adapter.path().resolve(PeftFolder.WEIGHTS));
        if (bytes > most - held) {
            throw RequestException.of(
                    Fault.CONFLICT,
                    "the adapter '%s' may take %d MiB, and there is memory for %d MiB of adapters beside those that are loaded: unload one, or give the server more memory",
                    name,
                    (bytes >> 20) + 1,
                    Math.max(0, most - held) >> 20);
        }
        // They are read by way of Java's memory, a matrix at a time beside the whole.
        if (bytes > Runtime.getRuntime().maxMemory() / 2) {
            throw RequestException.of(
                    Fault.CONFLICT,
                    "the adapter '%s' may take %d MiB, more than half of Java's memory: give the server more (-Xmx)",
                    name,
                    (bytes >> 20) + 1);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be read: %s", file, FileFault.of(e));
        }
    }

    /** One is loaded. */
    public void took(LoadedAdapter adapter) {
        held += bytes(adapter);
    }

    /** One is gone. */
    public void gave(LoadedAdapter adapter) {
        held -= bytes(adapter);
    }

    private static long bytes(LoadedAdapter adapter) {
        return (long) Float.BYTES * adapter.weights().layout().size();
    }
}
