package dev.nla.model.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * How much longer a tokenizer may make a text at most, judged from {@code tokenizer.json} before anything is tokenized: its library works
 * in memory of its own, which nothing bounds. Unicode forms and changes of case count as none, since they end at a few characters for one.
 *
 * @param normalizing most characters for one, of the normalizer
 * @param encoding most characters for one, of normalizer, pre-tokenizer and post-processor together
 */
record TokenizerGrowth(double normalizing, double encoding) {
    /** More than any tokenizer does that was made to be used. */
    private static final double MOST = 256;

    private static final int MOST_SPECIAL = 1024;
    private static final int LONGEST_WORD = 1000;

    /**
     * Judges a file.
     *
     * @throws IOException where it would multiply texts
     */
    static TokenizerGrowth of(TokenizerParts file) throws IOException {
        if (file.longestWord() > LONGEST_WORD) {
            throw new IOException(
                    "model.max_input_chars_per_word is " + file.longestWord() + ", more than " + LONGEST_WORD);
        }
        double normalizer = bounded(file, TokenizerParts.NORMALIZER);
        double splits = bounded(file, TokenizerParts.PRE_TOKENIZER);
        double processed = bounded(file, TokenizerParts.POST_PROCESSOR);
        bounded(file, TokenizerParts.DECODER);
        double encoding = bounded("normalizer, pre_tokenizer and post_processor", normalizer * splits * processed);
        return new TokenizerGrowth(normalizer, encoding);
    }

    private static double bounded(TokenizerParts file, String part) throws IOException {
        return bounded(part, factor(file.part(part).orElse(null)));
    }

    private static double bounded(String part, double factor) throws IOException {
        if (factor > MOST) {
            throw new IOException(String.format(
                    "its %s can make %.0f characters out of one, and no more than %.0f are allowed",
                    part, factor, MOST));
        }
        return factor;
    }

    private static double factor(JsonNode part) throws IOException {
        if (part == null) {
            return 1;
        }
        return switch (part.path("type").asText()) {
            case "Sequence" -> {
                double product = 1;
                for (JsonNode each : members(part)) {
                    product = Math.min(product * factor(each), Double.MAX_VALUE);
                }
                yield product;
            }
            case "Replace" -> replace(part.path("pattern"), length(part.path("content")));
            case "Prepend" -> Math.max(1, length(part.path("prepend")));
            case "Precompiled" -> precompiled(part.path("precompiled_charsmap").asText());
            case "ByteLevel", "Metaspace" -> 2;
            case "TemplateProcessing" -> template(part);
            default -> 1;
        };
    }

    private static List<JsonNode> members(JsonNode sequence) {
        List<JsonNode> members = new ArrayList<>();
        for (String key : List.of("normalizers", "pretokenizers", "processors", "decoders")) {
            sequence.path(key).forEach(members::add);
        }
        return members;
    }

    /** A text is replaced by another; a regular expression may match between any two characters. */
    private static double replace(JsonNode pattern, double content) {
        double found = length(pattern.path("String"));
        return found > 0 ? Math.max(1, content / found) : 1 + content;
    }

    /** SentencePiece's map: a trie behind its length in bytes, then the texts that it leads to, each ended by a zero. */
    private static double precompiled(String base64) throws IOException {
        byte[] map;
        try {
            map = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IOException("precompiled_charsmap is no Base64", e);
        }
        int longest = 0;
        int begin = map.length < 4 ? map.length : (int) Math.min(map.length, 4 + trie(map));
        for (int i = begin; i < map.length; i++) {
            if (map[i] == 0) {
                longest = Math.max(longest, i - begin);
                begin = i + 1;
            }
        }
        return longest <= 64 ? 1 : longest;
    }

    private static long trie(byte[] map) {
        return (map[0] & 0xffL) | (map[1] & 0xffL) << 8 | (map[2] & 0xffL) << 16 | (map[3] & 0xffL) << 24;
    }

    /** How often the text itself is put in; what stands around it is a fixed number of tokens. */
    private static double template(JsonNode part) throws IOException {
        double sequences = 0;
        double special = 0;
        for (JsonNode piece : part.path("single")) {
            if (piece.has("Sequence")) {
                sequences++;
            }
            String name = piece.path("SpecialToken").path("id").asText();
            special += part.path("special_tokens").path(name).path("ids").size();
        }
        if (special > MOST_SPECIAL) {
            throw new IOException(String.format(
                    "its post_processor puts %.0f special tokens around a text, and no more than %d are allowed",
                    special, MOST_SPECIAL));
        }
        return Math.max(1, sequences);
    }

    private static double length(JsonNode text) {
        return text.asText("").length();
    }
}
