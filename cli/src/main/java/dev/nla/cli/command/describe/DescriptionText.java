package dev.nla.cli.command.describe;

import dev.nla.bulk.NamedVerbalizer;
import dev.nla.bulk.WrittenWords;
import dev.nla.model.verbalizer.ScoredDescription;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;

/**
 * Descriptions of one activation for people.
 *
 * @param command whose output and errors they are written to
 */
record DescriptionText(CommandLine command) {
    /** The best first, then the claims. */
    void print(WrittenWords words, NamedVerbalizer verbalizer) {
        PrintWriter out = command.getOut();
        List<ScoredDescription> written = words.descriptions();
        for (int i = 0; i < written.size(); i++) {
            out.print(i == 0 ? "" : System.lineSeparator());
            written.get(i).cosine().ifPresent(cosine -> out.println(cosine.text()));
            out.println(written.get(i).description().text());
        }
        words.claims()
                .ifPresent(reading -> new ConfidenceText(verbalizer.confidence().orElseThrow()).print(out, reading));
        out.flush();
        long unclosed =
                written.stream().filter(each -> !each.description().parsed()).count();
        if (unclosed > 0) {
            command.getErr()
                    .printf(
                            "nla: %d of %d descriptions are not usable: not closed within --max-new-tokens, empty, or with a marker inside%n",
                            unclosed, written.size());
        }
    }
}
