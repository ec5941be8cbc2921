package dev.nla.model.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nla.model.InputException;
import dev.nla.model.files.Document;
import dev.nla.model.files.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the chat template and the special tokens it may name, in the files of new and old checkpoints. */
final class TemplateFiles {
    private static final List<String> TOKENS = List.of("bos_token", "eos_token", "unk_token", "pad_token");

    private TemplateFiles() {}

    static ChatTemplate read(Path modelDir) {
        Optional<Document> config = document(modelDir.resolve("tokenizer_config.json"));
        Map<String, String> tokens = new HashMap<>();
        document(modelDir.resolve("special_tokens_map.json")).ifPresent(map -> addTokens(map, tokens));
        config.ifPresent(map -> addTokens(map, tokens));
        Path own = modelDir.resolve("chat_template.jinja");
        if (Files.exists(own)) {
            return new ChatTemplate(own, asJinjaReads(text(own)), tokens);
        }
        if (config.isEmpty() || !config.get().has("chat_template")) {
            throw InputException.data(
                    "%s: has no chat template (neither chat_template.jinja nor chat_template in tokenizer_config.json);"
                            + " use raw prompts, or an instruction-tuned model",
                    modelDir);
        }
        return new ChatTemplate(config.get().file(), asJinjaReads(configured(config.get())), tokens);
    }

    private static String configured(Document config) {
        JsonNode node = config.at("chat_template");
        if (!node.isArray()) {
            return config.text("chat_template").orElseThrow();
        }
        List<String> names = new ArrayList<>();
        for (JsonNode each : node) {
            names.add(each.path("name").asText());
            if (each.path("name").asText().equals("default")
                    && each.path("template").isTextual()) {
                return each.path("template").textValue();
            }
        }
        throw config.wrong("chat_template", "one named default among " + names);
    }

    private static void addTokens(Document document, Map<String, String> tokens) {
        for (String key : TOKENS) {
            JsonNode node = document.at(key);
            JsonNode content = node.isObject() ? node.path("content") : node;
            if (content.isTextual()) {
                tokens.put(key, content.textValue());
            }
        }
    }

    /** Jinja reads every line end as a newline and drops the last one. */
    private static String asJinjaReads(String source) {
        String lines = source.replace("\r\n", "\n").replace('\r', '\n');
        return lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
    }

    private static Optional<Document> document(Path file) {
        return Files.exists(file) ? Optional.of(Document.json(file)) : Optional.empty();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be read as UTF-8 text: %s", file, FileFault.of(e));
        }
    }
}
