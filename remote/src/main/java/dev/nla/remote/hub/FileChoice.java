package dev.nla.remote.hub;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which files of a repository are pulled: those that match one of the first patterns and none of the second. {@code *} stands for any
 * characters, also slashes, {@code ?} for one, {@code [abc]} and {@code [!abc]} for one of a set, a closing slash for all below, as in
 * {@code hf download}.
 *
 * @param include at least one
 * @param exclude may be empty
 */
public record FileChoice(List<String> include, List<String> exclude) {
    /** What a model needs here: weights in safetensors, tokenizer, settings, what is to be read; no second copies in other formats. */
    public static final FileChoice MODEL = new FileChoice(
            List.of(
                    "*.safetensors",
                    "*.json",
                    "*.jinja",
                    "*.txt",
                    "*.model",
                    "*.tiktoken",
                    "*.yaml",
                    "*.md",
                    "*LICENSE*"),
            List.of("original/", "onnx/", "openvino/", "coreml/", "consolidated*", "pytorch_model*"));

    /** What an adapter is: its two files, what lies beside them for a verbalizer or reconstructor, its card. No base model, no checkpoints. */
    public static final FileChoice ADAPTER = new FileChoice(
            List.of(
                    "adapter_config.json",
                    "adapter_model.safetensors",
                    "nla_meta.yaml",
                    "injection_mean.safetensors",
                    "value_head.safetensors",
                    "claims.json",
                    "README.md",
                    "LICENSE*"),
            List.of());

    /** Of a model its settings and its tokenizer, without the weights. */
    public static final FileChoice SETTINGS = new FileChoice(
            List.of(
                    "config.json",
                    "generation_config.json",
                    "tokenizer*",
                    "special_tokens_map.json",
                    "added_tokens.json",
                    "vocab.json",
                    "merges.txt",
                    "chat_template*"),
            List.of());

    /** Everything. */
    public static final FileChoice ALL = new FileChoice(List.of("*"), List.of());

    /** Keeps copies. */
    public FileChoice {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    /** The default for a type, where what is given replaces its first patterns and comes on top of its second; empty lists change nothing. */
    public static FileChoice of(RepoType type, List<String> include, List<String> exclude) {
        FileChoice base = type == RepoType.MODEL && include.isEmpty() ? MODEL : ALL;
        return new FileChoice(
                include.isEmpty() ? base.include : include,
                Stream.concat(base.exclude.stream(), exclude.stream()).toList());
    }

    /** Whether a file of this name is pulled. */
    public boolean takes(String name) {
        return include.stream().anyMatch(glob -> matches(glob, name))
                && exclude.stream().noneMatch(glob -> matches(glob, name));
    }

    /** Whether this is the choice of what a model needs, perhaps with something left out. */
    boolean isForModels() {
        return include.equals(MODEL.include);
    }

    /** Whether this is the choice of what an adapter is. */
    boolean isForAdapters() {
        return equals(ADAPTER);
    }

    private static boolean matches(String glob, String name) {
        return pattern(glob.endsWith("/") ? glob + "*" : glob).matcher(name).matches();
    }

    private static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            int end = c == '[' ? glob.indexOf(']', i + 2) : -1;
            if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else if (end > 0) {
                regex.append(set(glob.substring(i + 1, end)));
                i = end;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    /** Of a set only the ranges have a meaning; everything else stands for itself. */
    private static String set(String members) {
        boolean not = members.startsWith("!");
        String quoted = (not ? members.substring(1) : members).replaceAll("[\\\\\\[\\]^&]", "\\\\$0");
        return "[" + (not ? "^" : "") + quoted + "]";
    }
}
