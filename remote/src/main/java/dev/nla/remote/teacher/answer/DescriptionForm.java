package dev.nla.remote.teacher.answer;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.remote.teacher.chat.Shortened;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a description is laid out. */
public enum DescriptionForm {
    /** Lines that begin with {@code • }; {@code - } and {@code * } are taken for it. */
    BULLETS {
        @Override
        AnswerContent read(String text) {
            List<String> bullets = new ArrayList<>();
            for (String line : text.split("\\R")) {
                Matcher bullet = BULLET.matcher(line.strip());
                if (bullet.matches()) {
                    bullets.add("• " + bullet.group(1));
                } else if (!line.isBlank()) {
                    return new AnswerContent.Unreadable("a line is no bullet: " + Shortened.of(line.strip()));
                }
            }
            return new AnswerContent.Readable(String.join("\n", bullets));
        }
    },
    /** Any words. */
    ANY {
        @Override
        AnswerContent read(String text) {
            return new AnswerContent.Readable(text);
        }
    };

    private static final Pattern BULLET = Pattern.compile("[•*-]\\s+(\\S.*)");

    /** Reads a text that is not blank. */
    abstract AnswerContent read(String text);

    /**
     * Reads a name as it is given on the command line.
     *
     * @throws InputException (usage) where it is neither
     */
    public static DescriptionForm parse(String text) {
        for (DescriptionForm form : values()) {
            if (form.name().toLowerCase(Locale.ROOT).equals(text)) {
                return form;
            }
        }
        throw InputException.usage("%s %s: bullets or any was expected", Key.of("form"), text);
    }
}
