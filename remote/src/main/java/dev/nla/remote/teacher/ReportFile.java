package dev.nla.remote.teacher;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.model.files.AtomicFiles;
import dev.nla.remote.teacher.chat.ChatRequests;
import dev.nla.remote.teacher.chat.TeacherEndpoint;
import dev.nla.remote.teacher.chat.TokenUsage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a run came to, as a JSON file beside its output.
 *
 * @param requests what was asked
 * @param endpoint whom; its key is not written
 * @param prices by which costs are stated, where they are known
 */
public record ReportFile(ChatRequests requests, TeacherEndpoint endpoint, Optional<Prices> prices) {
    /** Writes it. */
    public void write(Path file, TeacherReport report) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("model", requests.model());
        tree.put("base_url", endpoint.base().toString());
        tree.put("prompt", requests.prompt().text());
        tree.put("settings", requests.settings());
        tree.put("texts", report.texts());
        tree.put("described", report.descriptions().size());
        tree.put("kept_from_earlier_answers", report.kept());
        tree.put("requests", report.requests());
        tree.put("repeated_requests", report.repeated());
        tree.put("usage_this_run", usage(report.usage()));
        tree.put("usage_of_all_answers", usage(report.usageOfAll()));
        tree.put("answers_without_usage", report.uncounted());
        tree.put("refused", report.refused());
        tree.put("failed", report.failed());
        AtomicFiles.replace(
                file,
                temporary -> new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(temporary.toFile(), tree));
    }

    private Map<String, Object> usage(TokenUsage usage) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("prompt_tokens", usage.input());
        tree.put("completion_tokens", usage.output());
        prices.ifPresent(each -> tree.put("cost", each.of(usage)));
        return tree;
    }
}
