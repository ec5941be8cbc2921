package dev.nla.model.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nla.model.files.Document;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The tokens that the files beside {@code tokenizer.json} name, in the order in which transformers adds them: those of
 * {@code added_tokens_decoder} by their ids, then special tokens by their names, then additional ones. {@code special_tokens_map.json}
 * and {@code added_tokens.json} count only where {@code tokenizer_config.json} has no {@code added_tokens_decoder}.
 */
final class ConfiguredTokens {
    private static final String CONFIG = "tokenizer_config.json";
    private static final String DECODER = "added_tokens_decoder";
    private static final List<String> NAMED =
            List.of("bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token");
    private static final List<String> ADDITIONAL = List.of("extra_special_tokens", "additional_special_tokens");

    private final Map<Long, Token> numbered = new TreeMap<>();
    private final Map<String, JsonNode> settings = new LinkedHashMap<>();
    private final List<Token> tokens = new ArrayList<>();

    /**
     * A token.
     *
     * @param file where it is named
     * @param id what that file says of its id, if anything
     */
    record Token(Path file, AddedToken token, OptionalLong id) {}

    private ConfiguredTokens() {}

    /** Reads the folder's files; those that are absent name nothing. */
    static List<Token> read(Path modelDir) {
        ConfiguredTokens found = new ConfiguredTokens();
        Optional<Document> config = document(modelDir.resolve(CONFIG));
        config.ifPresent(found::keep);
        if (config.filter(it -> it.has(DECODER)).isPresent()) {
            found.decoder(config.get());
        } else {
            document(modelDir.resolve("special_tokens_map.json")).ifPresent(found::keep);
            document(modelDir.resolve("added_tokens.json")).ifPresent(found::numbers);
        }
        found.tokens.addAll(found.numbered.values());
        found.named(modelDir.resolve(CONFIG));
        return List.copyOf(found.tokens);
    }

    private void keep(Document document) {
        document.tree().properties().forEach(entry -> settings.put(entry.getKey(), entry.getValue()));
    }

    private void decoder(Document config) {
        JsonNode decoder = config.at(DECODER);
        if (!decoder.isObject()) {
            throw config.wrong(DECODER, "a mapping of ids to tokens");
        }
        decoder.properties().forEach(entry -> {
            if (!entry.getKey().matches("[0-9]{1,9}")
                    || !entry.getValue().path("content").isTextual()) {
                throw config.wrong(DECODER + "." + entry.getKey(), "a token with its content under a whole number");
            }
            long id = Long.parseLong(entry.getKey());
            boolean special = isNamed(entry.getValue().path("content").textValue());
            AddedToken token = AddedToken.of(entry.getValue(), false);
            numbered.put(id, new Token(config.file(), special ? token.asSpecial() : token, OptionalLong.of(id)));
        });
    }

    private void numbers(Document added) {
        added.tree().properties().forEach(entry -> {
            if (!entry.getValue().canConvertToInt() || entry.getValue().intValue() < 0) {
                throw added.wrong(entry.getKey(), "a token id");
            }
            boolean special = isNamed(entry.getKey());
            AddedToken token = new AddedToken(entry.getKey(), false, false, false, !special, special);
            OptionalLong id = OptionalLong.of(entry.getValue().longValue());
            numbered.put(id.getAsLong(), new Token(added.file(), token, id));
        });
    }

    private boolean isNamed(String content) {
        return special().stream().anyMatch(token -> token.content().equals(content));
    }

    private void named(Path file) {
        special().forEach(token -> tokens.add(new Token(file, token, OptionalLong.empty())));
    }

    private List<AddedToken> special() {
        List<AddedToken> found = new ArrayList<>();
        NAMED.forEach(name -> token(settings.get(name), true).ifPresent(found::add));
        settings.keySet().stream()
                .filter(name -> name.endsWith("_token") && !NAMED.contains(name))
                .forEach(name -> token(settings.get(name), true).ifPresent(found::add));
        ADDITIONAL.stream()
                .map(settings::get)
                .filter(node -> node != null && !node.isNull() && !node.isEmpty())
                .findFirst()
                .ifPresent(list -> list.forEach(each -> token(each, false).ifPresent(found::add)));
        return found;
    }

    private static Optional<AddedToken> token(JsonNode node, boolean special) {
        if (node == null) {
            return Optional.empty();
        }
        if (node.isTextual()) {
            return Optional.of(AddedToken.special(node.textValue()));
        }
        return node.path("content").isTextual() ? Optional.of(AddedToken.of(node, special)) : Optional.empty();
    }

    private static Optional<Document> document(Path file) {
        return Files.exists(file) ? Optional.of(Document.json(file)) : Optional.empty();
    }
}
