package dev.nla.eval.report.suite;

import dev.nla.eval.report.CurveSection;
import dev.nla.eval.report.Escaped;
import dev.nla.eval.report.PageFrame;
import dev.nla.eval.report.Plots;
import dev.nla.eval.suite.FinishedSuite;
import dev.nla.model.InputException;
import dev.nla.model.files.AtomicFiles;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** A {@link SuitesReport} as one page. */
public final class SuitesPage {
    private static final String CSS = """
            :root { --alarm: #fde7e5; } @media (prefers-color-scheme: dark) { :root { --alarm: #4a1815; } }
            .warning { max-width: none; padding: .6rem 1rem; background: var(--alarm); border-left: 6px solid var(--wrong); overflow-wrap: anywhere; }
            .fine { color: var(--right); margin: .4rem 0; } .unmade { max-width: none; margin: .4rem 0; padding: .3rem 1rem; border-left: 6px solid var(--soft); } .verdict { font-weight: bold; overflow-wrap: anywhere; }
            thead th { border-left: 1px solid var(--line); padding-left: .6rem; } tbody td { padding-left: .6rem; } tbody th[scope=row] { max-width: 22rem; }
            .bar { grid-template-columns: 10rem 1fr 5rem; padding: .3rem 0; } .bar small { display: block; white-space: normal; } .bar .mark { overflow: visible; }
            .control { fill: none; stroke: var(--ink); stroke-width: 1.5; } .key { width: .9rem; height: .9rem; vertical-align: -.1rem; }
            .origin th { overflow-wrap: normal; white-space: nowrap; } figcaption small { display: block; white-space: normal; }
            article > h4 { margin-top: 0; } blockquote { max-height: 18rem; overflow-y: auto; } details { margin: .5rem 0; } summary { cursor: pointer; color: var(--soft); }
            """;

    private SuitesPage() {}

    /**
     * Writes the page; readers see it whole or not at all.
     *
     * @throws InputException where it can't be written
     */
    public static void write(Path file, SuitesReport report) {
        AtomicFiles.write(file, html(report));
    }

    /** The page's text. */
    public static String html(SuitesReport report) {
        String title = "Evaluation of "
                + report.stages().stream().map(FinishedSuite::name).collect(Collectors.joining(", "));
        Plots plots = new Plots();
        String body = "<h1>" + Escaped.of(title) + "</h1>\n"
                + WarningSection.of(report)
                + ScoreSection.of(report.stages(), report.metrics())
                + RangeBars.of(report.stages())
                + OtherFigures.of(report.stages())
                + DifferenceSection.of(report.comparisons())
                + training(report, plots)
                + "<h2>Row by row</h2>\n" + NegativeScatter.of(report.stages(), plots)
                + KindSection.of(report)
                + SampleSections.of(report)
                + ProvenanceSection.of(report);
        return PageFrame.of(title, CSS, body);
    }

    private static String training(SuitesReport report, Plots plots) {
        return report.curves().isEmpty()
                ? ""
                : "<h2>Training</h2>\n" + RewardSection.of(report.curves(), plots)
                        + CurveSection.of(report.curves(), plots);
    }
}
