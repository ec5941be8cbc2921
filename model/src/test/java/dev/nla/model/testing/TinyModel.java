package dev.nla.model.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The random Llama checkpoint of {@code fixtures/} with a tokenizer of its own, so that whole commands run in milliseconds: every byte
 * is a token, {@code ●} and the description's tags are one each.
 */
public final class TinyModel {
    /** Width of an activation. */
    public static final int WIDTH = 48;

    private static final List<String> SPECIAL = List.of("<pad>", "<s>", "</s>");
    private static final List<String> WHOLE = List.of("●", "<explanation>", "</explanation>");

    private TinyModel() {}

    /** Makes the model's folder. */
    public static Path write(Path folder) throws IOException {
        return write(folder, "llama");
    }

    /** Makes the folder of a model of another family. */
    public static Path write(Path folder, String family) throws IOException {
        Files.createDirectories(folder);
        for (String name : List.of("config.json", "generation_config.json", "model.safetensors")) {
            Files.copy(Fixtures.golden(family).resolve(name), folder.resolve(name));
        }
        ObjectMapper mapper = new ObjectMapper();
        mapper.writeValue(folder.resolve("tokenizer.json").toFile(), tokenizer(mapper));
        ObjectNode config = mapper.createObjectNode();
        config.put("bos_token", "<s>").put("eos_token", "</s>").put("pad_token", "<pad>");
        config.put(
                "chat_template",
                "{% for m in messages %}[{{ m['role'] }}]{{ m['content'] }}{% endfor %}"
                        + "{% if add_generation_prompt %}[assistant]{% endif %}");
        mapper.writeValue(folder.resolve("tokenizer_config.json").toFile(), config);
        return folder;
    }

    private static ObjectNode tokenizer(ObjectMapper mapper) {
        ObjectNode root = mapper.createObjectNode();
        root.put("version", "1.0").putNull("truncation").putNull("padding").putNull("normalizer");
        root.putNull("post_processor");
        ObjectNode split = root.putObject("pre_tokenizer");
        split.put("type", "ByteLevel").put("add_prefix_space", false).put("trim_offsets", false);
        split.put("use_regex", false);
        root.set("decoder", split.deepCopy());
        ObjectNode model = root.putObject("model");
        model.put("type", "BPE").putNull("dropout").putNull("unk_token").put("byte_fallback", false);
        ObjectNode vocabulary = model.putObject("vocab");
        int id = 0;
        for (String token : SPECIAL) {
            added(root, token, id, true);
            vocabulary.put(token, id++);
        }
        for (String letter : byteLetters()) {
            vocabulary.put(letter, id++);
        }
        model.putArray("merges");
        for (String token : WHOLE) {
            added(root, token, id++, false);
        }
        return root;
    }

    private static void added(ObjectNode root, String token, int id, boolean special) {
        root.withArray("added_tokens")
                .addObject()
                .put("id", id)
                .put("content", token)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", special);
    }

    /** The printable letters that stand for the 256 bytes in byte-level vocabularies (GPT-2). */
    private static List<String> byteLetters() {
        List<String> letters = new ArrayList<>();
        int next = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || (b >= 0xAE && b <= 0xFF);
            letters.add(String.valueOf((char) (printable ? b : next++)));
        }
        return letters;
    }
}
