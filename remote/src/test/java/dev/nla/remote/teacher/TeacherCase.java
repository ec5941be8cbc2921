package dev.nla.remote.teacher;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.data.text.TextRow;
import dev.nla.model.InputException;
import dev.nla.model.injection.Marker;
import dev.nla.remote.http.Pause;
import dev.nla.remote.http.Retries;
import dev.nla.remote.http.RetryPolicy;
import dev.nla.remote.http.Secret;
import dev.nla.remote.teacher.answer.AnswerFile;
import dev.nla.remote.teacher.answer.AnswerReader;
import dev.nla.remote.teacher.answer.DescriptionForm;
import dev.nla.remote.teacher.chat.ChatClient;
import dev.nla.remote.teacher.chat.ChatRequests;
import dev.nla.remote.teacher.chat.PromptTemplate;
import dev.nla.remote.teacher.chat.RequestPace;
import dev.nla.remote.teacher.chat.TeacherEndpoint;
import dev.nla.remote.testing.ChatServer;
import dev.nla.remote.testing.Pauses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** An endpoint whose model describes texts, and runs against it. */
class TeacherCase {
    static final TeacherSettings ONE_AT_A_TIME = new TeacherSettings(1, 2, 5);

    @TempDir
    Path folder;

    final ChatServer chat = new ChatServer();
    final Pauses pauses = new Pauses();
    final List<String> again = Collections.synchronizedList(new ArrayList<>());
    Duration patience = Duration.ofSeconds(60);

    @AfterEach
    void close() {
        chat.close();
    }

    void refused(String... parts) {
        assertThatThrownBy(() -> describe(texts(3)))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(parts);
    }

    TeacherReport describe(List<TextRow> texts) {
        return describe(endpoint(), answerFile(), ONE_AT_A_TIME, pauses, texts, again);
    }

    static TeacherReport describe(
            TeacherEndpoint endpoint,
            Path file,
            TeacherSettings settings,
            Pause pause,
            List<TextRow> texts,
            List<String> again) {
        Teacher teacher = new Teacher(
                ChatRequests.of("some-model", PromptTemplate.standard(), 400, OptionalDouble.of(0.5), Optional.empty()),
                new ChatClient(endpoint, Clock.systemUTC()),
                new AnswerReader(DescriptionForm.BULLETS, Marker.CANDIDATES),
                settings,
                new Retries(RetryPolicy.DEFAULT, pause, new SplittableRandom(1)),
                new RequestPace(0, System::nanoTime, pause));
        AnswerFile answers = AnswerFile.open(file);
        try {
            return teacher.run(texts, answers, new TeacherListener() {
                @Override
                public void progress(int done, int total, int undescribed) {}

                @Override
                public void again(String failure, Duration time) {
                    again.add(failure);
                }
            });
        } finally {
            answers.close();
        }
    }

    TeacherEndpoint endpoint() {
        return new TeacherEndpoint(chat.base(), Optional.of(new Secret("sk-secret")), patience);
    }

    Path answerFile() {
        return folder.resolve("answers.jsonl");
    }

    static List<TextRow> texts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> TextRow.of("t" + i, "text " + i))
                .toList();
    }

    static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
