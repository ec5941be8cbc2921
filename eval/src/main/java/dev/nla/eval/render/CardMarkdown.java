package dev.nla.eval.render;

import dev.nla.claims.calibration.ClaimCalibration;
import dev.nla.claims.calibration.ClaimsFile;
import dev.nla.eval.metric.MetricRegistry;
import dev.nla.eval.suite.Figure;
import dev.nla.eval.suite.FinishedSuite;
import dev.nla.eval.suite.SuiteReport;
import dev.nla.model.InputException;
import dev.nla.model.Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What finished suites say of an adapter that they were run with, for its model card. */
public final class CardMarkdown {
    /** The keys of a suite's provenance that hold the digest of an adapter, and the critic it was; the verbalizer is none. */
    private static final Map<String, String> PARTS = parts();

    private CardMarkdown() {}

    private static Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("verbalizer_sha256", "");
        parts.put("reconstructor_sha256", "training");
        parts.put("independent_sha256", "independent");
        return parts;
    }

    /**
     * The figures of every suite that the adapter took part in: of a verbalizer everything a reader should know, of a reconstructor the
     * scores under it. Where its folder has a calibration of claims, also what that rests on.
     *
     * @param adapter folder, for messages
     * @param sha256 of its weights
     * @param metrics what scores may be of
     * @throws InputException where it took part in none
     */
    public static String text(Path adapter, String sha256, List<FinishedSuite> suites, MetricRegistry metrics) {
        StringBuilder text = new StringBuilder();
        for (FinishedSuite suite : suites) {
            PARTS.forEach((key, critic) -> {
                if (sha256.equals(suite.report().provenance().get(key))) {
                    text.append(
                            critic.isEmpty()
                                    ? verbalizer(suite.report(), metrics)
                                    : reconstructor(suite, critic, metrics));
                }
            });
        }
        Path claims = adapter.resolve(ClaimsFile.NAME);
        if (!text.isEmpty() && Files.exists(claims)) {
            text.append(claims(ClaimsFile.read(claims)));
        }
        if (text.isEmpty()) {
            throw InputException.data(
                    "%s %s: none of the suites was run with the weights that lie there: run nla eval suite on them",
                    Key.of("card"), adapter);
        }
        return text.toString();
    }

    private static String verbalizer(SuiteReport report, MetricRegistry metrics) {
        StringBuilder text = new StringBuilder(origin(report));
        report.warnings()
                .forEach(warning -> text.append("**Warning: ").append(warning).append(".**\n\n"));
        for (String critic : report.critics()) {
            text.append("### Under the critic ").append(critic).append("\n\n");
            text.append(Markdown.text(SuiteTables.scores(report, critic, metrics)))
                    .append('\n');
        }
        section(text, report, Figure.Section.TRUTH, "Truth", "description");
        section(text, report, Figure.Section.LOSS, "Loss on true descriptions, nats a token", "activation");
        return text.toString();
    }

    /** What can be said of single claims. */
    private static String claims(ClaimCalibration calibration) {
        String search = calibration
                .search()
                .map(trial -> String.format(
                        Locale.ROOT,
                        " Searching descriptions changed the share of true claims on these rows by %+.3f [%+.3f, %+.3f].",
                        trial.precisionGain(),
                        trial.ci95().low(),
                        trial.ci95().high()))
                .orElse("");
        return "### Claims\n\nWhen it describes, a probability p can be given of each claim, by `%s`: %s.%s%n%n"
                .formatted(ClaimsFile.NAME, calibration.meaning(), search);
    }

    private static String reconstructor(FinishedSuite suite, String critic, MetricRegistry metrics) {
        return origin(suite.report())
                + "### Descriptions of %s under this reconstructor\n\n".formatted(suite.name())
                + Markdown.text(SuiteTables.scores(suite.report(), critic, metrics))
                + "\n";
    }

    private static String origin(SuiteReport report) {
        Map<String, Object> from = report.provenance();
        return "%d rows of %d documents, %s split of `%s`, %d description%s each, temperature %s, seed %d; in brackets 95 %% bootstrap intervals over documents. `nla eval suite`, %s, torch %s.%n%n"
                .formatted(
                        report.rows(),
                        report.documents(),
                        from.get("split"),
                        Path.of(String.valueOf(from.get("data"))).getFileName(),
                        report.samples(),
                        report.samples() == 1 ? "" : "s",
                        from.get("temperature"),
                        report.seed(),
                        from.get("compute_dtype"),
                        from.get("torch"));
    }

    private static void section(
            StringBuilder text, SuiteReport report, Figure.Section section, String title, String first) {
        if (report.figures().stream().anyMatch(figure -> figure.section() == section)) {
            text.append("### ").append(title).append("\n\n");
            text.append(Markdown.text(SuiteTables.section(report, section, "", first)))
                    .append('\n');
        }
    }
}
