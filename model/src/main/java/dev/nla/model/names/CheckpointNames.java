package dev.nla.model.names;

import dev.nla.model.InputException;
import dev.nla.model.config.ModelConfig;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds a text model's tensors in a checkpoint however they are spelled: with or without {@code model.}, within a model that sees pictures as
 * transformers saves it or as it has it in memory, and inside the wrappers of training tools. What is asked for is always named as
 * transformers would save it.
 */
public final class CheckpointNames {
    /** The output head, where it is not the embedding. */
    public static final String HEAD = "lm_head.weight";

    private static final String EMBEDDING = "embed_tokens.weight";
    private static final List<String> HEADS = List.of(HEAD, "language_model.lm_head.weight");

    private final Path source;
    private final Map<String, String> written = new HashMap<>();
    private final Map<String, String> read = new HashMap<>();

    /**
     * Sorts a checkpoint's names.
     *
     * @param source for messages
     * @param names of all its tensors
     * @throws InputException where there is no text model in it, or more than one, or an adapter that was not merged
     */
    public CheckpointNames(Path source, Collection<String> names, ModelConfig config) {
        this.source = source;
        NameSpace saved = NameSpace.ofTensors(config);
        Map<String, String> plain = new HashMap<>();
        for (String name : names) {
            refuseUnmerged(name);
            String twin = plain.put(NameSpace.unwrapped(name), name);
            if (twin != null) {
                throw InputException.data(
                        "%s: tensors '%s' and '%s' are the same weight: keep one", source, twin, name);
            }
        }
        NameSpace space = space(plain, saved);
        plain.forEach((inner, name) -> {
            if (HEADS.contains(inner)) {
                add(HEAD, name);
            } else if (inner.startsWith(space.prefix())) {
                add(saved.name(inner.substring(space.prefix().length())), name);
            }
        });
    }

    private void add(String asSaved, String name) {
        String twin = written.put(asSaved, name);
        if (twin != null) {
            throw InputException.data("%s: tensors '%s' and '%s' are the same weight: keep one", source, twin, name);
        }
        read.put(name, asSaved);
    }

    private void refuseUnmerged(String name) {
        if (name.contains(".lora_") || name.contains(".base_layer.")) {
            throw InputException.data(
                    "%s: tensor '%s' is part of an adapter that was not merged: save it with peft's "
                            + "merge_and_unload(), or give base model and adapter apart",
                    source, name);
        }
    }

    private NameSpace space(Map<String, String> plain, NameSpace saved) {
        List<NameSpace> found = NameSpace.startingWith(saved).stream()
                .filter(space -> plain.containsKey(space.name(EMBEDDING)))
                .toList();
        if (found.size() > 1) {
            throw InputException.data(
                    "%s: has both '%s' and '%s': it holds two text models, keep one",
                    source, found.get(0).name(EMBEDDING), found.get(1).name(EMBEDDING));
        }
        return found.isEmpty() ? saved : found.get(0);
    }

    /** How the checkpoint spells a tensor that transformers would save under this name, if it has it. */
    public Optional<String> find(String asSaved) {
        return Optional.ofNullable(written.get(asSaved));
    }

    /** What transformers would call a tensor of the text model; empty for all others. */
    public Optional<String> asSaved(String name) {
        return Optional.ofNullable(read.get(name));
    }
}
