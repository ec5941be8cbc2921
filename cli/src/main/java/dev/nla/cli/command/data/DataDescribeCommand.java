package dev.nla.cli.command.data;

import dev.nla.cli.terminal.Interruptible;
import dev.nla.cli.terminal.TeacherProgress;
import dev.nla.data.text.DescribedFile;
import dev.nla.model.InputException;
import dev.nla.model.files.OutputLock;
import dev.nla.remote.teacher.Prices;
import dev.nla.remote.teacher.ReportFile;
import dev.nla.remote.teacher.Teacher;
import dev.nla.remote.teacher.TeacherReport;
import dev.nla.remote.teacher.answer.AnswerFile;
import dev.nla.remote.teacher.chat.ChatRequests;
import dev.nla.remote.teacher.chat.TeacherEndpoint;
import dev.nla.remote.teacher.chat.TokenUsage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nla data describe}: descriptions of texts by a language model behind an OpenAI-compatible endpoint. */
@Command(
        name = "describe",
        description = {
            "Has texts described by a language model behind an OpenAI-compatible endpoint.",
            "Every answer is kept, so that a run that was killed or stopped goes on without asking again. Of texts, those that got a "
                    + "description are written; the rows of a dataset get theirs in place unless --output is given."
        },
        footer = {
            "",
            "Example:",
            "  nla data describe --base-url http://localhost:8000/v1 \\",
            "    --api-model Qwen/Qwen2.5-7B-Instruct --texts texts.jsonl \\",
            "    --output described.jsonl"
        })
public final class DataDescribeCommand implements Runnable, Interruptible {
    private static final int LISTED = 10;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RowsToDescribe source;

    @Mixin
    private TeacherOptions teacher;

    @Option(
            names = "--answers",
            paramLabel = "F.jsonl",
            description = "File that keeps every answer, also for other runs. Default: OUTPUT.answers.jsonl")
    private Optional<Path> answers = Optional.empty();

    @Override
    public void run() {
        ChatRequests requests = teacher.requests();
        TeacherEndpoint endpoint = teacher.endpoint();
        Optional<Prices> prices = teacher.prices();
        Teacher asked = teacher.teacher(requests, endpoint);
        Path target = source.target();
        Path reportFile = beside(target, ".report.json");
        ReportFile told = new ReportFile(requests, endpoint, prices);
        TeacherReport report =
                OutputLock.during(target, () -> describe(asked, requests.model(), target, reportFile, told));
        print(target, requests.model(), reportFile, report, prices);
    }

    private TeacherReport describe(Teacher asked, String model, Path target, Path reportFile, ReportFile told) {
        Path rows = source.rows();
        DescribedFile texts = DescribedFile.read(rows);
        TeacherReport report = ask(asked, texts, answers.orElse(beside(target, ".answers.jsonl")));
        told.write(reportFile, report);
        if (report.descriptions().isEmpty()) {
            throw InputException.data(
                    "%s: none of the %d texts got a description, %s says why: nothing was written",
                    rows, report.texts(), reportFile);
        }
        if (target.equals(rows)) {
            texts.requireUnchanged("run the same command again, nothing is asked twice");
            texts.writeAll(target, report.descriptions(), model);
        } else {
            texts.writeDescribed(target, report.descriptions(), model);
        }
        return report;
    }

    private TeacherReport ask(Teacher asked, DescribedFile texts, Path kept) {
        PrintWriter err = spec.commandLine().getErr();
        AnswerFile file = AnswerFile.open(kept);
        try (TeacherProgress progress = new TeacherProgress(err)) {
            return asked.run(texts.rows(), file, progress);
        } finally {
            file.close();
        }
    }

    private void print(Path target, String model, Path reportFile, TeacherReport report, Optional<Prices> prices) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%s: %d of %d texts described by %s%n",
                target, report.descriptions().size(), report.texts(), model);
        if (report.kept() > 0) {
            out.printf("%d of the texts were answered before%n", report.kept());
        }
        out.printf(
                "%d requests, %d of them repeated; tokens: %s; of all answers: %s%n",
                report.requests(),
                report.repeated(),
                tokens(report.usage(), prices),
                tokens(report.usageOfAll(), prices));
        if (report.uncounted() > 0) {
            out.printf("%d answers came without a count of tokens%n", report.uncounted());
        }
        list(out, report, reportFile);
    }

    private static void list(PrintWriter out, TeacherReport report, Path reportFile) {
        if (report.refused().isEmpty() && report.failed().isEmpty()) {
            return;
        }
        out.printf(
                "without a description: %d whose answers cannot be read, %d that were not answered (%s lists them)%n",
                report.refused().size(), report.failed().size(), reportFile);
        Map<String, String> all = new TreeMap<>(report.refused());
        all.putAll(report.failed());
        all.entrySet().stream().limit(LISTED).forEach(each -> out.printf("  %s: %s%n", each.getKey(), each.getValue()));
        if (all.size() > LISTED) {
            out.println("  …");
        }
    }

    private static String tokens(TokenUsage usage, Optional<Prices> prices) {
        return usage.input() + " in, " + usage.output() + " out"
                + prices.map(each -> String.format(Locale.ROOT, ", cost %.4f", each.of(usage)))
                        .orElse("");
    }

    private static Path beside(Path target, String ending) {
        return target.resolveSibling(target.getFileName() + ending);
    }

    @Override
    public Optional<String> afterInterruption() {
        return Optional.of("the same command goes on where it was");
    }
}
