package dev.nla.cli.command.data;

import dev.nla.cli.option.KnownWords;
import dev.nla.model.InputException;
import dev.nla.model.injection.Marker;
import dev.nla.remote.http.Pause;
import dev.nla.remote.http.Retries;
import dev.nla.remote.http.RetryPolicy;
import dev.nla.remote.http.Secret;
import dev.nla.remote.teacher.Prices;
import dev.nla.remote.teacher.Teacher;
import dev.nla.remote.teacher.TeacherSettings;
import dev.nla.remote.teacher.answer.AnswerReader;
import dev.nla.remote.teacher.answer.DescriptionForm;
import dev.nla.remote.teacher.chat.ChatClient;
import dev.nla.remote.teacher.chat.ChatRequests;
import dev.nla.remote.teacher.chat.PromptTemplate;
import dev.nla.remote.teacher.chat.RequestPace;
import dev.nla.remote.teacher.chat.TeacherEndpoint;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Option;

/** The flags that say which teacher is asked, what, how fast, and what its words cost. */
public final class TeacherOptions {
    @Option(
            names = "--base-url",
            required = true,
            paramLabel = "URL",
            description = "Endpoint, up to what stands before /chat/completions.")
    private String baseUrl;

    @Option(
            names = "--api-model",
            required = true,
            paramLabel = "NAME",
            description = "Model, as the endpoint names it.")
    private String model;

    @Option(
            names = "--api-key-env",
            paramLabel = "NAME",
            description = "Environment variable that holds the key. Default: no key is sent")
    private Optional<String> keyVariable = Optional.empty();

    @Option(
            names = "--prompt-file",
            paramLabel = "F.txt",
            description =
                    "What is asked, {text} standing for the text. Default: two to six bullets on what the text has in mind")
    private Optional<Path> promptFile = Optional.empty();

    @Option(
            names = "--form",
            completionCandidates = KnownWords.DescriptionForms.class,
            paramLabel = "FORM",
            defaultValue = "bullets",
            description = "What a description must be: bullets or any. Default: ${DEFAULT-VALUE}")
    private String form;

    @Option(
            names = "--markers",
            paramLabel = "CHARS",
            description = "Characters no description may hold, since one will stand for the activation. Default: ㈎●◆■★")
    private String markers = String.join("", Marker.CANDIDATES);

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            defaultValue = "400",
            description = "Most tokens of an answer. Default: ${DEFAULT-VALUE}")
    private int maxTokens;

    @Option(names = "--temperature", paramLabel = "T", description = "Default: the endpoint's own")
    private Optional<Double> temperature = Optional.empty();

    @Option(
            names = "--request",
            paramLabel = "JSON",
            description = "Further fields of every request, as a JSON object; null takes one out.")
    private Optional<String> request = Optional.empty();

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "8",
            description = "Requests under way at once. Default: ${DEFAULT-VALUE}")
    private int concurrency;

    @Option(
            names = "--requests-per-minute",
            paramLabel = "N",
            defaultValue = "0",
            description = "Most requests begun in a minute, evenly spaced; 0: no limit. Default: ${DEFAULT-VALUE}")
    private double perMinute;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long a whole answer may take. Default: ${DEFAULT-VALUE}")
    private int timeout;

    @Option(
            names = "--answers-per-text",
            paramLabel = "N",
            defaultValue = "3",
            description = "Answers a text gets, over all runs, until one can be read. Default: ${DEFAULT-VALUE}")
    private int answersPerText;

    @Option(
            names = "--give-up-after",
            paramLabel = "N",
            defaultValue = "20",
            description = "Texts in a row without a description that end the run; 0: never. Default: ${DEFAULT-VALUE}")
    private int giveUpAfter;

    @Option(
            names = "--price-per-million-input",
            paramLabel = "P",
            description = "Price of a million tokens of prompts.")
    private Optional<Double> inputPrice = Optional.empty();

    @Option(
            names = "--price-per-million-output",
            paramLabel = "P",
            description = "Price of a million tokens of answers.")
    private Optional<Double> outputPrice = Optional.empty();

    ChatRequests requests() {
        return ChatRequests.of(
                model,
                promptFile.map(PromptTemplate::read).orElseGet(PromptTemplate::standard),
                maxTokens,
                temperature.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                request);
    }

    TeacherEndpoint endpoint() {
        return TeacherEndpoint.of(baseUrl, keyVariable.map(TeacherOptions::key), Duration.ofSeconds(timeout));
    }

    /** Prices, where one is given; the other is zero then. */
    Optional<Prices> prices() {
        return inputPrice.isPresent() || outputPrice.isPresent()
                ? Optional.of(new Prices(inputPrice.orElse(0.0), outputPrice.orElse(0.0)))
                : Optional.empty();
    }

    Teacher teacher(ChatRequests requests, TeacherEndpoint endpoint) {
        return new Teacher(
                requests,
                new ChatClient(endpoint, Clock.systemUTC()),
                new AnswerReader(
                        DescriptionForm.parse(form),
                        markers.codePoints().mapToObj(Character::toString).toList()),
                new TeacherSettings(concurrency, answersPerText, giveUpAfter),
                new Retries(RetryPolicy.DEFAULT, Pause.real(), RandomGenerator.getDefault()),
                new RequestPace(perMinute, System::nanoTime, Pause.real()));
    }

    private static Secret key(String variable) {
        String value = System.getenv(variable);
        if (value == null || value.isBlank()) {
            throw InputException.usage("--api-key-env %s: there is no such variable, or it is empty: set it", variable);
        }
        return new Secret(value.strip());
    }
}
