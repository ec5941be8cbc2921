package dev.nla.remote.teacher.answer;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.verbalizer.Explanation;
import dev.nla.remote.teacher.chat.Reply;
import java.util.List;
import java.util.Optional;

/**
 * Reads answers as a verbalizer's completions are read, without what the teacher thinks aloud: what passes here can be learnt, and the
 * verbalizer's reader gives it back.
 *
 * @param form how descriptions are laid out
 * @param markers characters one of which will stand for the activation, so that no description may hold any; at least one
 */
public record AnswerReader(DescriptionForm form, List<String> markers) {
    /**
     * Keeps a copy.
     *
     * @throws InputException (usage) where there is no marker
     */
    public AnswerReader {
        markers = List.copyOf(markers);
        if (markers.isEmpty() || markers.contains("")) {
            throw InputException.usage(
                    "%s is empty: give the characters that no description may hold", Key.of("markers"));
        }
    }

    /** What an answer says. */
    public AnswerContent read(Reply.Answer answer) {
        if (answer.finishReason().equals("content_filter")) {
            return new AnswerContent.Unreadable("the endpoint filtered the answer");
        }
        if (answer.content().isEmpty()) {
            return new AnswerContent.Unreadable("the answer holds no text");
        }
        Optional<String> said = Thoughts.leftOut(answer.content().get());
        if (said.isEmpty()) {
            return new AnswerContent.Unreadable(
                    answer.finishReason().equals("length")
                            ? "the answer was cut at the limit of its tokens while it was thinking"
                            : "the answer holds no more than thoughts");
        }
        String text = "";
        for (String marker : markers) {
            Explanation explanation = Explanation.read(said.get(), marker);
            if (explanation instanceof Explanation.Readable readable) {
                text = readable.text();
            } else {
                return new AnswerContent.Unreadable(
                        reason(((Explanation.Unreadable) explanation).defect(), marker, answer.finishReason()));
            }
        }
        return form.read(text);
    }

    private static String reason(Explanation.Defect defect, String marker, String finishReason) {
        return switch (defect) {
            case UNCLOSED ->
                finishReason.equals("length")
                        ? "the answer was cut at the limit of its tokens"
                        : "there is no " + Explanation.CLOSING;
            case EMPTY -> "there is nothing between the tags";
            case MARKER_INSIDE -> "it holds the marker " + marker;
        };
    }
}
