package dev.nla.remote.teacher.answer;

import dev.nla.model.verbalizer.Explanation;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Leaves out what a model thinks aloud. Endpoints without a parser for a model's reasoning send it in the answer itself, where it mostly
 * drafts and quotes what was asked for. The tags are those of Qwen, DeepSeek, Magistral, gpt-oss, Gemma, Cohere, Seed and Kimi, in any case.
 */
final class Thoughts {
    private static final String NAMES = "(?:think|thinking|thought|thoughts|reasoning|scratchpad|seed:think)";
    private static final Pattern TAG = Pattern.compile(
            "(?<opening><" + NAMES + "(?:\\s[^<>]{0,80})?>|\\[think]|<\\|start_thinking\\|>|◁think▷"
                    + "|<\\|channel\\|?>\\s*(?:analysis|commentary|thought)\\b|\\Aanalysis(?=\\p{javaUpperCase}))"
                    + "|(?<closing></" + NAMES + "\\s*>|\\[/think]|<\\|end_thinking\\|>|◁/think▷|<channel\\|>"
                    + "|<\\|channel\\|>\\s*final\\s*(?:<\\|message\\|>)?|assistantfinal(?=\\W|\\p{javaUpperCase}))",
            Pattern.CASE_INSENSITIVE);

    private Thoughts() {}

    /**
     * What is said after and between the thoughts: everything up to a closing tag is a thought, whether it was opened or not, and so is what
     * follows an opening tag that nothing closes, unless that stands inside a description.
     *
     * @return empty where nothing but thoughts is left, or where thoughts and description cannot be told apart
     */
    static Optional<String> leftOut(String content) {
        StringBuilder said = new StringBuilder();
        Matcher tag = TAG.matcher(content);
        int from = 0;
        int opened = -1;
        boolean torn = false;
        while (tag.find()) {
            if (tag.group("opening") != null) {
                if (opened < 0) {
                    said.append(content, from, tag.start());
                    opened = tag.start();
                }
                continue;
            }
            if (opened < 0) {
                torn = inDescription(said + content.substring(from, tag.start()));
                said.setLength(0);
            }
            opened = -1;
            from = tag.end();
        }
        if (opened >= 0 && inDescription(said)) {
            from = opened;
            opened = -1;
        }
        String rest = opened < 0 ? said + content.substring(from) : said.toString();
        return rest.isBlank() || torn && closesFirst(rest) ? Optional.empty() : Optional.of(rest);
    }

    /** Whether a text ends inside a description. */
    private static boolean inDescription(CharSequence text) {
        String before = text.toString();
        return before.lastIndexOf(Explanation.OPENING) > before.lastIndexOf(Explanation.CLOSING);
    }

    /** Whether a description ends in a text before one begins. */
    private static boolean closesFirst(String text) {
        int closing = text.indexOf(Explanation.CLOSING);
        return closing >= 0 && text.lastIndexOf(Explanation.OPENING, closing) < 0;
    }
}
