package dev.nla.data.reply;

import dev.nla.data.text.TextRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Descriptions that say what the model is about to say and, where asked, what it had just read.
 *
 * @param words most words of a reply that are said
 * @param justRead most words that are quoted of what was read; 0 for no such line
 */
public record ReplyLines(int words, int justRead) {
    /**
     * The rows' descriptions with these lines, in place of those that they have.
     *
     * @param replies to the rows, in their order; where one is missing or empty, nothing is said of it
     */
    public List<String> of(List<TextRow> rows, List<Optional<String>> replies) {
        AboutToSay aboutToSay = new AboutToSay(words);
        List<String> descriptions = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            TextRow row = rows.get(i);
            String description =
                    justRead > 0 ? new JustRead(justRead).addedTo(row.description(), row.text()) : row.description();
            descriptions.add(aboutToSay.addedTo(description, replies.get(i).orElse("")));
        }
        return descriptions;
    }
}
