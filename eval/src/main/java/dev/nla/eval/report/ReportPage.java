package dev.nla.eval.report;

import dev.nla.model.InputException;
import dev.nla.model.files.AtomicFiles;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.file.Path;

/** Reports as one page each, by the templates of {@code src/main/jte}, which the build has compiled. */
public final class ReportPage {
    /** How many texts a page of stages shows. */
    public static final int MOST_SAMPLES = 20;

    /** As in {@code eval/pom.xml}. */
    private static final String TEMPLATES = "dev.nla.eval.report.html";

    private static final int REPLACEMENT = 0xFFFD;

    private ReportPage() {}

    /**
     * Writes the page; readers see it whole or not at all.
     *
     * @throws InputException where it can't be written
     */
    public static void write(Path file, StagesReport report) {
        AtomicFiles.write(file, html(report));
    }

    /**
     * Writes the page; readers see it whole or not at all.
     *
     * @throws InputException where it can't be written
     */
    public static void write(Path file, SuitesReport report) {
        AtomicFiles.write(file, html(report));
    }

    /** The page's text. */
    public static String html(StagesReport report) {
        return rendered("stages.jte", StagesPage.of(report));
    }

    /** The page's text. */
    public static String html(SuitesReport report) {
        return rendered("suites.jte", SuitesPage.of(report));
    }

    private static String rendered(String template, Record page) {
        StringOutput out = new StringOutput();
        TemplateEngine.createPrecompiled(null, ContentType.Html, null, TEMPLATES)
                .render(template, page, out);
        return wellFormed(out.toString());
    }

    /** Characters that XML can't hold, escaped or not, become U+FFFD. */
    private static String wellFormed(String html) {
        StringBuilder kept = new StringBuilder(html.length());
        html.codePoints().map(c -> allowed(c) ? c : REPLACEMENT).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static boolean allowed(int c) {
        return c == '\t' || c == '\n' || c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000;
    }
}
