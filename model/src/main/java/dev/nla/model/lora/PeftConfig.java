package dev.nla.model.lora;

import dev.nla.model.files.AtomicFiles;
import dev.nla.model.files.Document;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The configuration half of a PEFT adapter folder, {@code adapter_config.json} as peft 0.21 writes it.
 *
 * @param spec what the adapter changes
 * @param baseModel the base model's name or folder, where it is known
 */
public record PeftConfig(LoraSpec spec, Optional<String> baseModel) {
    /** The file's name in an adapter folder. */
    public static final String FILE = "adapter_config.json";

    /**
     * Reads {@code adapter_config.json} of an adapter folder.
     *
     * @throws dev.nla.model.InputException when it is missing or broken, or describes an adapter that would not give the same results
     *     here (DoRA, adapted biases, modules saved whole, …)
     */
    public static PeftConfig read(Path folder) {
        return new PeftConfigReader(Document.json(folder.resolve(FILE))).read();
    }

    /** Writes {@code adapter_config.json} with peft's keys, sorted as peft sorts them. */
    public void write(Path folder) {
        AtomicFiles.write(folder.resolve(FILE), PeftConfigWriter.text(this));
    }
}
