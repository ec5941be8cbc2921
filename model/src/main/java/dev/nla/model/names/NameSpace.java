package dev.nla.model.names;

import dev.nla.model.config.ModelConfig;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Under what name the text model stands in a model: what comes before {@code embed_tokens}, {@code norm} and {@code layers.3.mlp.up_proj}.
 *
 * @param prefix ends in a dot, or is empty
 */
public record NameSpace(String prefix) {
    /** A text model with its head, as transformers saves it and PEFT sees it. */
    private static final NameSpace TEXT = new NameSpace("model.");

    /** A text model without its head, as {@code AutoModel} saves it. */
    private static final NameSpace BARE = new NameSpace("");

    /** In a model that sees pictures, as it is saved; before transformers 4.52 also in memory, and so in adapters. */
    private static final NameSpace SAVED_WITHIN = new NameSpace("language_model.model.");

    /** The same since transformers 4.52 in memory, so in adapters and in what FSDP and DeepSpeed save. */
    private static final NameSpace WITHIN = new NameSpace("model.language_model.");

    /** The same without its head. */
    private static final NameSpace BARE_WITHIN = new NameSpace("language_model.");

    private static final List<NameSpace> ALL = List.of(TEXT, SAVED_WITHIN, WITHIN, BARE_WITHIN, BARE);

    /** What training tools put around modules: torch.compile, FSDP, activation checkpointing. */
    private static final Set<String> WRAPPERS =
            Set.of("_orig_mod", "_fsdp_wrapped_module", "_checkpoint_wrapped_module");

    private static final String PARALLEL = "module.";
    private static final Pattern PART = Pattern.compile("(.*?)(layers\\.(\\d{1,5})\\..*)");

    /** The names that PEFT sees with today's transformers; adapters are written with them. */
    public static NameSpace ofModules(ModelConfig config) {
        return config.multimodal() ? WITHIN : TEXT;
    }

    /** The names that transformers writes checkpoints with. */
    public static NameSpace ofTensors(ModelConfig config) {
        return config.multimodal() ? SAVED_WITHIN : TEXT;
    }

    /** All that occur, these first. */
    public static List<NameSpace> startingWith(NameSpace... first) {
        return Stream.concat(Stream.of(first), ALL.stream()).distinct().toList();
    }

    /** A name without what training tools put around it: {@code module.} in front, {@code _orig_mod.} and such anywhere. */
    public static String unwrapped(String name) {
        String inner = name.startsWith(PARALLEL) ? name.substring(PARALLEL.length()) : name;
        return WRAPPERS.stream().noneMatch(inner::contains)
                ? inner
                : Stream.of(inner.split("\\.", -1))
                        .filter(part -> !WRAPPERS.contains(part))
                        .collect(Collectors.joining("."));
    }

    /** The name space of a module in a block of the text model, if it is one. */
    public static Optional<NameSpace> ofModule(String module) {
        Matcher part = PART.matcher(module);
        return part.matches()
                ? ALL.stream()
                        .filter(space -> space.prefix.equals(part.group(1)))
                        .findFirst()
                : Optional.empty();
    }

    /** The full name of a part of the text model. */
    public String name(String part) {
        return prefix + part;
    }

    /** The full name of a module in a block. */
    public String module(int layer, String path) {
        return prefix + "layers." + layer + "." + path;
    }
}
