package dev.nla.remote.teacher.chat;

import dev.nla.model.InputException;
import dev.nla.model.verbalizer.Explanation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a teacher is asked.
 *
 * @param text holds {@code {text}} where the text to describe goes, and asks for an answer between {@code <explanation>} tags
 */
public record PromptTemplate(String text) {
    private static final String PLACE = "{text}";

    /**
     * Checks that an answer to it could be read.
     *
     * @throws InputException (usage) where the place for the text or the tag is missing
     */
    public PromptTemplate {
        if (!text.contains(PLACE)) {
            throw InputException.usage("the prompt has no %s, where the text to describe goes: add it", PLACE);
        }
        if (!text.contains(Explanation.CLOSING)) {
            throw InputException.usage(
                    "the prompt does not ask for %s … %s, without which no answer can be read: show the form it should have",
                    Explanation.OPENING, Explanation.CLOSING);
        }
    }

    /** The prompt that asks for two to six bullets. */
    public static PromptTemplate standard() {
        try (InputStream in = PromptTemplate.class.getResourceAsStream("prompt.txt")) {
            return new PromptTemplate(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a prompt from a file. */
    public static PromptTemplate read(Path file) {
        try {
            return new PromptTemplate(Files.readString(file));
        } catch (IOException e) {
            throw InputException.data(
                    e, "%s: cannot be read as UTF-8 text: %s", file, Files.exists(file) ? e : "no such file");
        }
    }

    /** The prompt for one text. */
    String of(String described) {
        return text.replace(PLACE, described);
    }
}
