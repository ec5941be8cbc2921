package dev.nla.bulk.output;

import dev.nla.model.files.AtomicFiles;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.file.Path;
import java.util.Map;

/** A page on which each text is a strip of tokens, with a table of their descriptions; its template is in {@code src/main/jte}. */
final class HtmlPage implements RowsWriter {
    /** As in {@code bulk/pom.xml}. */
    private static final String TEMPLATES = "dev.nla.bulk.output.html";

    @Override
    public void write(Path target, Rows rows) {
        StringOutput page = new StringOutput();
        TemplateEngine.createPrecompiled(null, ContentType.Html, null, TEMPLATES)
                .render("page.jte", Map.of("title", "Activations in words", "sections", TextSection.of(rows)), page);
        AtomicFiles.write(target, page.toString());
    }
}
