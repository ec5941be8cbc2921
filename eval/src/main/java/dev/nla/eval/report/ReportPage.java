package dev.nla.eval.report;

import dev.nla.model.InputException;
import dev.nla.model.files.AtomicFiles;
import java.nio.file.Path;
import java.util.List;

/** A {@link StagesReport} as one page. */
public final class ReportPage {
    /** How many texts a page shows. */
    public static final int MOST_SAMPLES = 20;

    private static final String INTRODUCTION = """
            <p>A description is turned back into a vector. The <b>gap</b> is how much nearer, by cosine, that vector lies to the activation
            which was described than to the hardest of its neighbours: above zero, the words tell the activation from those most like it. Centred
            means that what all activations have in common is subtracted first. The floor is the gap of descriptions that belong to other
            texts, the ceiling that of a perfect reconstruction; calibrated, the floor is 0 and the ceiling 1. Brackets hold 95 % bootstrap
            intervals over documents.</p>
            """;

    private static final String TRUTH = """
            <p>Descriptions are also held against the facts that a text states. Recall is the part of the facts that is stated; claims are
            right (precision), wrong, or invented where the text says nothing of the kind.</p>
            """;

    private ReportPage() {}

    /**
     * Writes the page; readers see it whole or not at all.
     *
     * @throws InputException where it can't be written
     */
    public static void write(Path file, StagesReport report) {
        AtomicFiles.write(file, html(report));
    }

    /** The page's text. */
    public static String html(StagesReport report) {
        StringBuilder body = new StringBuilder();
        body.append("<h1>").append(Escaped.of(report.title())).append("</h1>\n");
        if (!report.stages().isEmpty()) {
            stages(body, report.stages());
        }
        if (!report.curves().isEmpty()) {
            body.append("<h2>Training</h2>\n").append(CurveSection.of(report.curves(), new Plots()));
        }
        if (!report.samples().isEmpty()) {
            samples(body, report.samples());
        }
        if (!report.provenance().isEmpty()) {
            HtmlTable origin = new HtmlTable("origin");
            report.provenance().forEach((name, value) -> origin.line(name, List.of(Escaped.of(value))));
            body.append("<h2>Provenance</h2>\n").append(origin.html());
        }
        return PageFrame.of(report.title(), "", body);
    }

    private static void stages(StringBuilder body, List<EvaluatedStage> stages) {
        boolean truth = stages.stream().anyMatch(stage -> stage.report().truth().isPresent());
        body.append(INTRODUCTION).append(truth ? TRUTH : "").append("<h2>Stages</h2>\n");
        body.append(StageTable.of(stages));
        body.append("<h3>Centred gap, 3 of 20, between floor and ceiling</h3>\n")
                .append(GapBars.of(stages));
    }

    private static void samples(StringBuilder body, List<Sample> samples) {
        List<Sample> shown = samples.subList(0, Math.min(MOST_SAMPLES, samples.size()));
        String of = shown.size() == samples.size() ? "" : "The first " + shown.size() + " of " + samples.size() + ". ";
        body.append("<h2>Texts and what is said of them</h2>\n<p>")
                .append(of)
                .append(SampleSection.legend())
                .append("</p>\n")
                .append(SampleSection.of(shown));
    }
}
