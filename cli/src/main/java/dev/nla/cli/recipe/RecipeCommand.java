package dev.nla.cli.recipe;

import dev.nla.cli.option.FolderOrRepo;
import dev.nla.cli.terminal.CommandGroup;
import dev.nla.cli.terminal.Interruptible;
import dev.nla.cli.terminal.Program;
import dev.nla.data.text.TextFile;
import dev.nla.model.InputException;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.files.OutputLock;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nla recipe}: a whole pipeline for a model and texts of one's own. */
@Command(
        name = "recipe",
        description = {
            "From texts of your own to a verbalizer of your own model.",
            "Writes the settings of all stages with numbers that fit the model's size, and prints the commands in their "
                    + "order; with --run it runs those that are not done. The settings may be edited in between. Started again, "
                    + "it goes on where it was."
        },
        footer = {
            "",
            "Example:",
            "  nla recipe any-position --model models/smollm2-135m-instruct \\",
            "    --texts texts.txt --layer 15 --output runs/mine --run"
        })
public final class RecipeCommand implements Callable<Integer>, Interruptible {
    private static final int FEWEST_ROWS = 250;

    /** The words for the kinds of recipes. */
    static final class Kinds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return RecipeKind.labels().iterator();
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "KIND",
            completionCandidates = Kinds.class,
            description =
                    "any-position: activations at any token of plain texts, for which no descriptions are needed. last-token: those at the "
                            + "last token of chats, whose texts should bring descriptions.")
    private String kind;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "DIR|REPO",
            description = "Base model, a Hugging Face folder, or a repository that is pulled.")
    private FolderOrRepo model;

    @Option(
            names = "--texts",
            required = true,
            paramLabel = "F",
            description = "Texts: F.jsonl, a text a line; F.txt, a text a line or a paragraph.")
    private Path texts;

    @Option(
            names = "--layer",
            required = true,
            paramLabel = "L",
            description = "The block whose output is described, from 0.")
    private int layer;

    @Option(
            names = "--per-text",
            paramLabel = "N",
            defaultValue = "4",
            description = "For any-position, tokens of each text that are learnt from. Default: ${DEFAULT-VALUE}")
    private int perText;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Seed of everything that is drawn. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--output", required = true, paramLabel = "RUN", description = "Folder for everything it makes.")
    private Path output;

    @Option(names = "--run", description = "Run the commands that are not done, one after the other.")
    private boolean run;

    @Override
    public Integer call() {
        if (perText < 1) {
            throw InputException.usage("--per-text %d: expected at least 1", perText);
        }
        Path folder = model.settings();
        ModelConfig config = ModelConfig.read(folder);
        if (layer < 0 || layer >= config.layers()) {
            throw InputException.usage(
                    "--layer %d: the model has %d blocks: expected 0 to %d",
                    layer, config.layers(), config.layers() - 1);
        }
        int count = TextFile.read(texts).size();
        RecipeKind which = RecipeKind.parse(kind);
        checkEnough(count, which == RecipeKind.ANY_POSITION ? perText : 1);
        Recipe recipe = new Recipe(
                which,
                Path.of(System.getProperty("nla.root", "")),
                model.toString(),
                texts,
                layer,
                perText,
                seed,
                output);
        return OutputLock.during(output, () -> {
            RecipeRecord record = RecipeRecord.open(recipe);
            recipe.writeConfigs(config, count);
            record.save();
            return run ? run(recipe, record) : show(recipe, record);
        });
    }

    /** A tenth of the rows is held out, and the gap compares each of those with twenty others. */
    private void checkEnough(int count, int each) {
        if ((long) count * each < FEWEST_ROWS) {
            throw InputException.data(
                    "%s: holds %d texts, too few to learn from and to measure it: give at least %d",
                    texts, count, (FEWEST_ROWS + each - 1) / each);
        }
    }

    private int show(Recipe recipe, RecipeRecord record) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("settings: %s%n%n", recipe.config("sft").getParent());
        recipe.steps().forEach(step -> out.println((record.isDone(step.name()) ? "# done: " : "") + step.line()));
        out.println();
        afterwards(recipe);
        return 0;
    }

    private int run(Recipe recipe, RecipeRecord record) {
        PrintWriter err = spec.commandLine().getErr();
        Program program = ((CommandGroup) spec.root().userObject()).program();
        List<Recipe.Step> steps = recipe.steps();
        for (int i = 0; i < steps.size(); i++) {
            Recipe.Step step = steps.get(i);
            if (record.isDone(step.name())) {
                continue;
            }
            err.printf("[%d/%d] %s%n", i + 1, steps.size(), step.line());
            err.flush();
            int code = program.run(step.words().toArray(String[]::new));
            if (code != 0) {
                return code;
            }
            record.done(step.name());
        }
        afterwards(recipe);
        return 0;
    }

    private void afterwards(Recipe recipe) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("# and then");
        recipe.afterwards().forEach(step -> out.println(step.line()));
    }

    @Override
    public Optional<String> afterInterruption() {
        return Optional.of("the same command goes on where it was");
    }
}
