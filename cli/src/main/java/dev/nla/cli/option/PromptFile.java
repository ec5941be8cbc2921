package dev.nla.cli.option;

import dev.nla.model.InputException;
import dev.nla.model.files.Document;
import dev.nla.model.files.FileFault;
import dev.nla.model.sidecar.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A file that holds a prompt's template: the text itself, whose last line break is the editor's and not the prompt's, or YAML with the
 * template under the key that settings of runs ({@code av_template}) or sidecars ({@code prompt_templates.av}) have for it.
 */
public final class PromptFile {
    private PromptFile() {}

    /**
     * Reads a template.
     *
     * @param flag for messages
     * @param field what must stand in it exactly once
     */
    public static String read(Path file, String flag, Role role, String field) {
        String template = file.toString().matches(".*\\.ya?ml") ? ofYaml(file, role) : ofText(file);
        int times = template.split(Pattern.quote(field), -1).length - 1;
        if (times != 1) {
            throw InputException.data(
                    "%s %s: %s stands in it %d times; expected exactly once", flag, file, field, times);
        }
        return template;
    }

    private static String ofYaml(Path file, Role role) {
        Document document = Document.yaml(file);
        String setting = role.written() + "_template";
        return document.text(setting)
                .or(() -> document.text("prompt_templates." + role.written()))
                .orElseThrow(() -> document.wrong(setting, "the prompt's template"));
    }

    private static String ofText(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be read as UTF-8 text: %s", file, FileFault.of(e));
        }
    }
}
