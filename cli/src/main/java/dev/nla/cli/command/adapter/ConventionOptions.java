package dev.nla.cli.command.adapter;

import dev.nla.cli.option.KnownWords;
import dev.nla.cli.option.PromptFile;
import dev.nla.model.InputException;
import dev.nla.model.injection.VerbalizerPrompt;
import dev.nla.model.reconstructor.Reconstructor;
import dev.nla.model.sidecar.ActivationOrigin;
import dev.nla.model.sidecar.InjectionCenter;
import dev.nla.model.sidecar.ModelSidecar;
import dev.nla.model.sidecar.ModelSidecarBuilder;
import dev.nla.model.sidecar.Readout;
import dev.nla.model.sidecar.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The flags that say how an adapter is asked, or how it reads; each stands above what a borrowed sidecar says. */
public final class ConventionOptions {
    @Option(
            names = "--role",
            completionCandidates = KnownWords.Roles.class,
            paramLabel = "av|ar",
            description = "av for a verbalizer, ar for a reconstructor. Default: that of --like, else av")
    private Optional<String> role = Optional.empty();

    @Option(names = "--layer", paramLabel = "L", description = "Block whose output the activations are, from 0.")
    private Optional<Integer> layer = Optional.empty();

    @Option(
            names = "--injection-norm",
            paramLabel = "X",
            description = "L2 norm that injected vectors are scaled to, not multiplied by.")
    private Optional<Double> norm = Optional.empty();

    @Option(
            names = "--injection-center",
            completionCandidates = KnownWords.Centers.class,
            paramLabel = "none|mean",
            description = "Whether injection_mean.safetensors, which must lie in the folder, is subtracted first. "
                    + "Default: none")
    private Optional<String> center = Optional.empty();

    @Option(
            names = "--marker",
            paramLabel = "C",
            description = "The character whose embedding is replaced, or which a reconstructor is read at.")
    private Optional<String> marker = Optional.empty();

    @Option(
            names = "--av-template",
            paramLabel = "F",
            description =
                    "The verbalizer's prompt with {injection_char} once and {depth} where wanted: a text file, whose "
                            + "last line break does not count, or YAML with av_template, such as configs/qwen2.5-7b/sft.yaml.")
    private Optional<Path> verbalizerTemplate = Optional.empty();

    @Option(
            names = "--ar-template",
            paramLabel = "F",
            description = "The reconstructor's prompt with {explanation} once, likewise.")
    private Optional<Path> reconstructorTemplate = Optional.empty();

    @Option(
            names = "--depth",
            paramLabel = "PERCENT",
            description = "What the prompt says for {depth}. Default: of the middle of the layer")
    private Optional<Integer> depth = Optional.empty();

    @Option(
            names = "--chat-template",
            negatable = true,
            description = "The verbalizer's prompt is a user's turn in the chat template. Default: raw, as it stands")
    private Optional<Boolean> chat = Optional.empty();

    @Option(
            names = "--readout",
            completionCandidates = KnownWords.Readouts.class,
            paramLabel = "NAME",
            description = "Where a reconstructor's vector is read: marker_hidden or value_head. "
                    + "Default: value_head where value_head.safetensors lies in the folder")
    private Optional<String> readout = Optional.empty();

    @Option(
            names = "--mse-scale",
            paramLabel = "X|raw",
            description = "L2 norm that vectors are scaled to before their squared error. Default: the root of d")
    private Optional<String> mseScale = Optional.empty();

    @Option(
            names = "--prompt",
            completionCandidates = KnownWords.PromptStyles.class,
            paramLabel = "chat|raw",
            description = "How texts were put before the model whose activations it was trained on. Default: not said")
    private Optional<String> prompt = Optional.empty();

    @Option(
            names = "--position",
            completionCandidates = KnownWords.Positions.class,
            paramLabel = "WHICH",
            description = "At which tokens those were taken: last, all, sample:N, every:N or A:B. Default: not said")
    private Optional<String> position = Optional.empty();

    /** The role that is asked for. */
    Role role(Optional<ModelSidecar> like) {
        return role.map(text -> choice("--role", text, Role.values(), Role::written))
                .or(() -> like.map(ModelSidecar::role))
                .orElse(Role.VERBALIZER);
    }

    /** The marker's text, where one is named. */
    Optional<String> marker() {
        return marker;
    }

    /** Which flags a sidecar of this role cannot do without. */
    List<String> missing(Role wanted) {
        List<String> missing = new ArrayList<>();
        boolean av = wanted == Role.VERBALIZER;
        missing(missing, layer, "--layer");
        missing(missing, av ? norm : layer, av ? "--injection-norm" : "--layer");
        missing(missing, marker, "--marker");
        missing(missing, av ? verbalizerTemplate : reconstructorTemplate, av ? "--av-template" : "--ar-template");
        return missing.stream().distinct().toList();
    }

    private static void missing(List<String> missing, Optional<?> value, String flag) {
        if (value.isEmpty()) {
            missing.add(flag);
        }
    }

    /** Puts what the flags say in place of what the builder holds. */
    void put(ModelSidecarBuilder sidecar) {
        layer.ifPresent(value -> sidecar.layer(within("--layer", value, 10_000)));
        norm.ifPresent(value -> sidecar.injectionNorm(positive("--injection-norm", value)));
        center.ifPresent(value -> sidecar.injectionCenter(
                choice("--injection-center", value, InjectionCenter.values(), InjectionCenter::written)));
        depth.ifPresent(value -> sidecar.depthPercent(within("--depth", value, 100)));
        chat.ifPresent(sidecar::chatTemplate);
        readout.ifPresent(value -> sidecar.readout(choice("--readout", value, Readout.values(), Readout::written)));
        mseScale.ifPresent(value -> sidecar.mseScale(scale(value)));
        verbalizerTemplate.ifPresent(file -> sidecar.verbalizerTemplate(
                PromptFile.read(file, "--av-template", Role.VERBALIZER, VerbalizerPrompt.MARKER_FIELD)));
        reconstructorTemplate.ifPresent(file -> sidecar.reconstructorTemplate(
                PromptFile.read(file, "--ar-template", Role.RECONSTRUCTOR, Reconstructor.FIELD)));
    }

    /** Where the activations of training come from, as the flags say. */
    ActivationOrigin origin() {
        prompt.filter(text -> !text.matches("chat|raw")).ifPresent(text -> {
            throw InputException.usage("--prompt %s: expected chat or raw", text);
        });
        position.filter(text -> !ActivationOrigin.isPosition(text)).ifPresent(text -> {
            throw InputException.usage("--position %s: expected last, all, sample:N, every:N or A:B", text);
        });
        return new ActivationOrigin(prompt, position, 0);
    }

    private static OptionalDouble scale(String text) {
        if (text.equals("raw")) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(positive("--mse-scale", Double.parseDouble(text)));
        } catch (NumberFormatException e) {
            throw InputException.usage("--mse-scale %s: expected a number above 0, or raw", text);
        }
    }

    private static int within(String flag, int value, int most) {
        if (value < 0 || value > most) {
            throw InputException.usage("%s %d: expected a whole number from 0 to %d", flag, value, most);
        }
        return value;
    }

    private static double positive(String flag, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw InputException.usage("%s %s: expected a number above 0", flag, value);
        }
        return value;
    }

    private static <E> E choice(String flag, String text, E[] values, Function<E, String> written) {
        return Arrays.stream(values)
                .filter(value -> written.apply(value).equals(text))
                .findFirst()
                .orElseThrow(() -> InputException.usage(
                        "%s %s: expected one of %s",
                        flag,
                        text,
                        String.join(", ", Arrays.stream(values).map(written).toList())));
    }
}
