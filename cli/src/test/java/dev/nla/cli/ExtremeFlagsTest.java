package dev.nla.cli;

import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.files.AtomicFiles;
import dev.nla.model.testing.Fixtures;
import dev.nla.remote.testing.ChatServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Protects commands from the numbers on their own command lines: with each flag at the ends of what can be written, at zero and below, a
 * command does its work in time or refuses it in words. The flags are those of the program itself, so that new ones are tried too.
 */
@Tag("abuse")
@TestInstance(Lifecycle.PER_CLASS)
class ExtremeFlagsTest {
    private static final List<String> SMALL = List.of("0", "-1", "-2147483648", "1e-308", "NaN");
    private static final List<String> LARGE = List.of("2147483647", "9223372036854775807", "1e308");

    /** Asked for more work, these do more work, for as long as it takes. */
    private static final Set<String> AS_MUCH_AS_ASKED = Set.of(
            "quickstart --rows",
            "data scenes --rows",
            "bench extract --repeat",
            "bench sft --repeat",
            "bench generate --repeat",
            "bench grpo --repeat",
            "bench neighbors --repeat");

    private static final Set<Class<?>> NUMBERS = Set.of(
            int.class, long.class, float.class, double.class, Integer.class, Long.class, Float.class, Double.class);

    private static final Path TARGET = Path.of(System.getProperty("nla.root"), "cli", "target", "abuse");

    @TempDir
    static Path folder;

    private final Campaign campaign = new Campaign("extreme-flags");
    private final ChatServer chat = new ChatServer();
    private TinyRuns runs;

    /** A flag that takes a number. */
    record Flag(String command, String name) {
        @Override
        public String toString() {
            return command + " " + name;
        }
    }

    @BeforeAll
    void makeWhatCommandsRead() throws IOException {
        runs = TinyRuns.in(folder);
        succeeded(runs.extract("--output", runs.at("data")));
        succeeded(Outcome.of(
                "data",
                "extract",
                "--model",
                runs.at("model"),
                "--texts",
                runs.at("texts.jsonl"),
                "--layer",
                2,
                "--split",
                "8/46/46",
                "--output",
                runs.at("half")));
        succeeded(runs.reconstructor("max_steps=1"));
        succeeded(runs.verbalizer("max_steps=1"));
        Files.writeString(runs.at("one.jsonl"), "{\"id\": \"a\", \"text\": \"one river\"}\n");
        Files.writeString(runs.at("prompt.txt"), "Say <c>{injection_char}</c>\n<explanation>");
        MadeUpSuite.plain(0).write(runs.at("suite"));
        MadeUpSuite.plain(0.1).write(runs.at("other"));
    }

    Stream<Flag> flags() {
        return leaves(Main.commandLine(new PrintWriter(System.out), new PrintWriter(System.err), name -> true))
                .flatMap(command -> command.getCommandSpec().options().stream()
                        .filter(ExtremeFlagsTest::takesNumber)
                        .map(option -> new Flag(
                                command.getCommandSpec().qualifiedName().replaceFirst("^nla ", ""),
                                option.longestName())));
    }

    @ParameterizedTest
    @MethodSource("flags")
    void theWorkIsDoneOrRefused(Flag flag) throws IOException {
        List<Object> line = line(flag);
        List<String> faults = new ArrayList<>();
        List<String> values = new ArrayList<>(SMALL);
        if (!AS_MUCH_AS_ASKED.contains(flag.toString())) {
            values.addAll(LARGE);
        }
        for (String value : values) {
            String given = flag.name() + "=" + value;
            if (!Campaign.drawn(flag.command() + " " + given)) {
                continue;
            }
            Outcome outcome = Campaign.within(flag.command() + " " + given, () -> run(line, given));
            Campaign.fault(outcome).ifPresent(fault -> faults.add(given + ": " + fault));
            campaign.count(outcome.code() == 0 ? "done" : "refused");
            AtomicFiles.deleteTree(runs.at("output"));
            AtomicFiles.deleteTree(runs.at("av/adapter/.claims.json.descriptions"));
        }
        assertThat(faults).isEmpty();
    }

    @AfterAll
    void tell() {
        chat.close();
        campaign.finish(TARGET);
    }

    /** A command line that works, without the flag. */
    private List<Object> line(Flag flag) {
        Map<String, List<Object>> lines = lines();
        List<Object> line = lines.getOrDefault(flag.toString(), lines.get(flag.command()));
        assertThat(line)
                .as("%s takes a number: give a line of that command here, to be tried with it", flag)
                .isNotNull();
        List<Object> without = new ArrayList<>(List.of(flag.command().split(" ")));
        for (int i = 0; i < line.size(); i++) {
            if (line.get(i).equals(flag.name())) {
                i++;
            } else {
                without.add(line.get(i));
            }
        }
        return without;
    }

    private Map<String, List<Object>> lines() {
        Path model = runs.at("model");
        Path data = runs.at("data");
        Path av = runs.at("av/adapter");
        Path ar = runs.at("ar/adapter");
        Path texts = runs.at("texts.jsonl");
        Path output = runs.at("output");
        List<Object> eval = List.of(
                "--model", model, "--data", data, "--verbalizer", av, "--reconstructor", ar, "--max-new-tokens", 3);
        List<Object> bench = List.of(
                "--model",
                model,
                "--texts",
                texts,
                "--layer",
                2,
                "--batch",
                2,
                "--steps",
                1,
                "--new-tokens",
                3,
                "--group",
                2,
                "--dtype",
                "float32");
        Map<String, List<Object>> lines = new LinkedHashMap<>();
        lines.put(
                "data extract",
                List.of("--model", model, "--texts", runs.at("one.jsonl"), "--layer", 2, "--output", output));
        lines.put(
                "data import",
                List.of(
                        Fixtures.golden("interop/nla-at-home").resolve("smollm2-135m_multi.pt"),
                        "--layer",
                        7,
                        "--output",
                        output));
        lines.put("data neighbors", List.of(data));
        lines.put("data replies", List.of("--model", model, "--texts", runs.at("one.jsonl"), "--output", output));
        lines.put(
                "data repair",
                List.of(
                        "--model",
                        model,
                        "--data",
                        data,
                        "--split",
                        "test",
                        "--verbalizer",
                        av,
                        "--reconstructor",
                        ar,
                        "--samples",
                        2,
                        "--max-new-tokens",
                        3,
                        "--output",
                        output.resolve("repaired.jsonl")));
        lines.put(
                "data describe",
                List.of(
                        "--base-url",
                        chat.base(),
                        "--api-model",
                        "some-model",
                        "--texts",
                        runs.at("one.jsonl"),
                        "--output",
                        output.resolve("told.jsonl")));
        lines.put("data scenes", List.of("--rows", 20, "--output", output));
        lines.put("data split", List.of(data));
        lines.put(
                "describe",
                List.of("--model", model, "--verbalizer", av, "--text", "one river", "--max-new-tokens", 3));
        lines.put(
                "describe --row",
                List.of(
                        "--model",
                        model,
                        "--verbalizer",
                        av,
                        "--vector",
                        data.resolve("activations.safetensors"),
                        "--max-new-tokens",
                        3));
        lines.put("eval gap", eval);
        lines.put("eval suite", with(eval, "--controls", "none", "--resamples", 100, "--output", output));
        lines.put(
                "eval claims",
                List.of(
                        "--model",
                        model,
                        "--data",
                        runs.at("half"),
                        "--verbalizer",
                        av,
                        "--reconstructor",
                        ar,
                        "--samples",
                        2,
                        "--max-new-tokens",
                        3,
                        "--calibrate"));
        lines.put("eval probe", List.of("--model", model, "--data", data));
        lines.put("eval compare", List.of(runs.at("suite"), runs.at("other"), "--resamples", 100));
        lines.put(
                "eval report",
                List.of(runs.at("suite"), "--resamples", 100, "--output", output.resolve("report.html")));
        lines.put("serve", List.of("--model", model, "--adapter", av, "--port", 0));
        lines.put(
                "model check",
                List.of("--model", Fixtures.golden("llama"), "--golden", Fixtures.golden("llama/golden.safetensors")));
        lines.put(
                "adapter init",
                List.of(
                        Fixtures.golden("llama/adapter"),
                        "--layer",
                        2,
                        "--injection-norm",
                        3,
                        "--marker",
                        "●",
                        "--av-template",
                        runs.at("prompt.txt"),
                        "--model",
                        model,
                        "--output",
                        output));
        for (String work : List.of("extract", "sft", "generate", "grpo")) {
            lines.put("bench " + work, bench);
        }
        lines.put("bench neighbors", List.of("--rows", 50, "--width", 8, "--k", 3));
        lines.put("quickstart", List.of("--output", output, "--rows", 20));
        return lines;
    }

    private static List<Object> with(List<Object> line, Object... more) {
        return Stream.concat(line.stream(), Stream.of(more)).toList();
    }

    /** Runs the program; a server is stopped once it listens. */
    private static Outcome run(List<Object> line, String given) {
        StringWriter err = new StringWriter();
        StringWriter out = new StringWriter() {
            @Override
            public void write(String text, int offset, int length) {
                super.write(text, offset, length);
                if (text.startsWith(Served.LISTENING)) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        String[] words = Stream.concat(line.stream(), Stream.of(given))
                .map(Object::toString)
                .toArray(String[]::new);
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), words);
        return new Outcome(code, out.toString(), err.toString());
    }

    private static Stream<CommandLine> leaves(CommandLine command) {
        return command.getSubcommands().isEmpty()
                ? Stream.of(command)
                : command.getSubcommands().values().stream().flatMap(ExtremeFlagsTest::leaves);
    }

    private static boolean takesNumber(OptionSpec option) {
        return NUMBERS.contains(option.type())
                || Stream.of(option.auxiliaryTypes()).anyMatch(NUMBERS::contains);
    }
}
