package dev.nla.cli.command.adapter;

import dev.nla.cli.option.FolderOrRepo;
import dev.nla.cli.terminal.Fields;
import dev.nla.model.lora.LoraSpec;
import dev.nla.model.lora.PeftConfig;
import dev.nla.model.lora.PeftFolder;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.safetensors.TensorInfo;
import dev.nla.model.sidecar.MarkerTokens;
import dev.nla.model.sidecar.ModelSidecar;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nla adapter inspect}: what an adapter folder says about itself, without its base model. */
@Command(
        name = "inspect",
        description = "Shows what an adapter is for, how it was made and what it changes; needs no base model.",
        footer = {"", "Example:", "  nla adapter inspect runs/smollm2-135m/sft/adapter"})
public final class AdapterInspectCommand implements Runnable {
    private static final String UNKNOWN = "not recorded";

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "DIR|REPO",
            description = "An adapter as PEFT writes it, with nla_meta.yaml where there is one.")
    private FolderOrRepo given;

    @Override
    public void run() {
        Path folder = given.adapter();
        PeftConfig config = PeftFolder.describe(folder);
        PrintWriter out = spec.commandLine().getOut();
        Fields fields = new Fields(out);
        fields.line("adapter", folder);
        fields.line("base model", config.baseModel().orElse(UNKNOWN));
        lora(fields, config.spec());
        weights(fields, folder);
        if (Files.exists(folder.resolve(ModelSidecar.FILE))) {
            out.println();
            sidecar(fields, ModelSidecar.read(folder));
        } else {
            fields.line(
                    ModelSidecar.FILE,
                    "none: a LoRA adapter, but not known as a verbalizer or reconstructor; nla adapter init writes it");
        }
    }

    private void lora(Fields fields, LoraSpec lora) {
        fields.line("rank", lora.rank() + (lora.rankPattern().isEmpty() ? "" : ", otherwise " + lora.rankPattern()));
        fields.line(
                "alpha",
                lora.alpha()
                        + (lora.alphaPattern().isEmpty() ? "" : ", otherwise " + lora.alphaPattern())
                        + (lora.rsLora() ? ", divided by the square root of the rank" : ""));
        fields.line("dropout", lora.dropout());
        fields.line("targets", lora.modules().targets().shown().replace(", ", " "));
        lora.modules().excluded().ifPresent(excluded -> fields.line("except", excluded.shown()));
        lora.layers().ifPresent(layers -> fields.line("blocks", layers));
    }

    private static void weights(Fields fields, Path folder) {
        try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(PeftFolder.WEIGHTS))) {
            long numbers = 0;
            TreeSet<String> types = new TreeSet<>();
            for (String name : file.names()) {
                TensorInfo info = file.info(name);
                numbers += info.elements();
                types.add(info.dtype().toString());
            }
            fields.line(
                    "weights",
                    "%d numbers in %d tensors, %s"
                            .formatted(numbers, file.names().size(), types));
        }
    }

    private static void sidecar(Fields fields, ModelSidecar sidecar) {
        fields.line("role", sidecar.role().name().toLowerCase(Locale.ROOT));
        fields.line("stage", sidecar.stage().isEmpty() ? UNKNOWN : sidecar.stage());
        fields.line("made for", sidecar.baseModel().orElse(UNKNOWN));
        fields.line("layer", shown(sidecar.layer()) + ", " + sidecar.dModel() + " numbers");
        fields.line("activations", sidecar.origin().text().orElse(UNKNOWN));
        fields.line("depth", shown(sidecar.depthPercent()));
        fields.line("injection norm", shown(sidecar.injectionNorm()));
        fields.line("centre", sidecar.injectionCenter().name().toLowerCase(Locale.ROOT));
        fields.line("mse scale", shown(sidecar.mseScale()));
        fields.line("marker", sidecar.marker().map(AdapterInspectCommand::shown).orElse(UNKNOWN));
        fields.line("chat template", sidecar.chatTemplate());
        fields.line("read-out", sidecar.readout().written());
        sidecar.verbalizerTemplate().ifPresent(text -> fields.line("av template", quoted(text)));
        sidecar.reconstructorTemplate().ifPresent(text -> fields.line("ar template", quoted(text)));
        for (Map.Entry<String, Object> other : sidecar.other().entrySet()) {
            fields.line(other.getKey(), other.getValue());
        }
    }

    private static String shown(MarkerTokens marker) {
        return "%s, token %d, between %s and %s"
                .formatted(
                        marker.text(),
                        marker.id(),
                        marker.leftId().isPresent() ? marker.leftId().getAsLong() : "?",
                        marker.rightId().isPresent() ? marker.rightId().getAsLong() : "?");
    }

    private static String shown(OptionalInt value) {
        return value.isPresent() ? Integer.toString(value.getAsInt()) : UNKNOWN;
    }

    private static String shown(OptionalDouble value) {
        return value.isPresent() ? Double.toString(value.getAsDouble()) : UNKNOWN;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\n", "\\n") + '"';
    }
}
