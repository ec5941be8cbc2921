package dev.nla.model.tokenizer;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.el.JinjavaInterpreterResolver;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import dev.nla.model.InputException;
import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jinjava.javax.el.CompositeELResolver;

/**
 * Turns a conversation into the text a model was trained on, by the Jinja template that comes with it. The texts of the messages are
 * data: braces in them are never interpreted. The same settings as in transformers: block lines are trimmed, {@code bos_token},
 * {@code eos_token}, {@code raise_exception} and {@code strftime_now} are defined, {@code tools} is none.
 */
public final class ChatTemplate {
    private static final long LONGEST = 1L << 28;

    private final Path file;
    private final String source;
    private final Map<String, String> tokens;
    private final Jinjava jinjava;

    ChatTemplate(Path file, String source, Map<String, String> tokens) {
        this.file = file;
        this.source = JinjaDialect.translate(source);
        this.tokens = Map.copyOf(tokens);
        this.jinjava = jinjava();
        JinjaDialect.passedOver(source, name -> jinjava.getGlobalContext().getFilter(name) != null)
                .ifPresent(construct -> {
                    throw InputException.data(
                            "%s: the chat template uses %s, which is not computed here; rewrite it, or use raw prompts",
                            file, construct);
                });
    }

    /**
     * Opens the template of a model folder: {@code chat_template.jinja}, or {@code chat_template} in {@code tokenizer_config.json}.
     *
     * @throws InputException when there is none, or a file is broken
     */
    public static ChatTemplate open(Path modelDir) {
        return TemplateFiles.read(modelDir);
    }

    /**
     * Renders a conversation.
     *
     * @param messages the turns, oldest first
     * @param addGenerationPrompt whether the text ends where the assistant's answer begins
     * @throws InputException when the template fails or refuses the conversation
     */
    public String render(List<Message> messages, boolean addGenerationPrompt) {
        Map<String, Object> variables = new HashMap<>(tokens);
        variables.put(
                "messages",
                messages.stream()
                        .map(message -> Map.of("role", message.role(), "content", message.content()))
                        .toList());
        variables.put("add_generation_prompt", addGenerationPrompt);
        variables.put("strftime_now", true);
        RenderResult result;
        try {
            result = jinjava.renderForResult(source, variables);
        } catch (RuntimeException e) {
            throw InputException.data(
                    e, "%s: the chat template cannot be rendered: %s", file, firstLine(e.getMessage()));
        }
        if (!result.getErrors().isEmpty()) {
            throw failed(result.getErrors().get(0));
        }
        return result.getOutput();
    }

    private InputException failed(TemplateError error) {
        Throwable cause = error.getException();
        while (cause != null && !(cause instanceof TemplateFunctions.Raised)) {
            cause = cause.getCause();
        }
        if (cause != null) {
            return InputException.data(cause, "%s: the chat template refuses: %s", file, firstLine(cause.getMessage()));
        }
        return InputException.data(
                error.getException(),
                "%s: line %d: the chat template cannot be rendered: %s",
                file,
                error.getLineno(),
                firstLine(error.getMessage()));
    }

    private static String firstLine(String message) {
        return message == null ? "unknown reason" : message.lines().findFirst().orElse("unknown reason");
    }

    private static Jinjava jinjava() {
        CompositeELResolver resolver = new CompositeELResolver();
        resolver.add(new PythonText());
        resolver.add(JinjavaInterpreterResolver.DEFAULT_RESOLVER_READ_ONLY);
        Jinjava jinjava = new Jinjava(JinjavaConfig.newBuilder()
                .withTrimBlocks(true)
                .withLstripBlocks(true)
                .withNestedInterpretationEnabled(false)
                .withMaxOutputSize(LONGEST)
                .withElResolver(resolver)
                .withLegacyOverrides(LegacyOverrides.newBuilder()
                        .withParseWhitespaceControlStrictly(true)
                        .withUseTrimmingForNotesAndExpressions(true)
                        .withUseSnakeCasePropertyNaming(true)
                        .withKeepNullableLoopValues(true)
                        .build())
                .build());
        jinjava.setResourceLocator((name, encoding, interpreter) -> {
            throw new FileNotFoundException("a chat template cannot include other files (" + name + ")");
        });
        jinjava.getGlobalContext()
                .registerFunction(new ELFunctionDefinition(
                        "", "raise_exception", TemplateFunctions.class, "raise", String.class));
        jinjava.getGlobalContext()
                .registerFunction(
                        new ELFunctionDefinition("", "strftime_now", TemplateFunctions.class, "now", String.class));
        return jinjava;
    }
}
