package dev.nla.remote.teacher;

import dev.nla.data.text.TextRow;
import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.remote.http.Retries;
import dev.nla.remote.teacher.answer.AnswerFile;
import dev.nla.remote.teacher.answer.AnswerReader;
import dev.nla.remote.teacher.chat.ChatClient;
import dev.nla.remote.teacher.chat.ChatRequests;
import dev.nla.remote.teacher.chat.Reply;
import dev.nla.remote.teacher.chat.RequestPace;
import dev.nla.remote.teacher.chat.TokenUsage;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Has texts described: several requests at once, at a pace, each tried again where that may help, each answer kept before the next is asked
 * for. Equal texts are asked about once, and texts with enough answers from an earlier run not at all.
 */
public final class Teacher {
    private final ChatRequests requests;
    private final Questioner questioner;
    private final TeacherSettings settings;

    /** A teacher for one run. */
    public Teacher(
            ChatRequests requests,
            ChatClient client,
            AnswerReader reader,
            TeacherSettings settings,
            Retries retries,
            RequestPace pace) {
        this.requests = requests;
        this.settings = settings;
        this.questioner = new Questioner(requests, client, reader, settings.answers(), retries, pace);
    }

    /**
     * Describes texts.
     *
     * @param texts with ids of their own
     * @param answers keeps what is answered; stays the caller's
     * @throws InputException where no request can succeed, or too many texts in a row get no description; all answers so far are kept, and
     *     the next run begins with them
     */
    public TeacherReport run(List<TextRow> texts, AnswerFile answers, TeacherListener listener) {
        Map<String, String> keys = new LinkedHashMap<>();
        Map<String, Outcome> outcomes = new HashMap<>();
        Map<String, Question> open = new LinkedHashMap<>();
        for (TextRow text : texts) {
            String key = requests.of(text.text()).key();
            keys.put(text.id(), key);
            Optional<Outcome> known = questioner.known(answers.of(key));
            known.ifPresent(outcome -> outcomes.put(key, outcome));
            if (known.isEmpty()) {
                open.putIfAbsent(key, new Question(text.id(), key, text.text()));
            }
        }
        Tally before = Tally.of(keys.values(), answers);
        askAll(open.values(), outcomes, answers, listener);
        Tally after = Tally.of(keys.values(), answers);
        return report(keys, outcomes, texts.size() - open.size(), before, after);
    }

    private void askAll(
            Collection<Question> open, Map<String, Outcome> outcomes, AnswerFile answers, TeacherListener listener) {
        TeacherListener heard = oneAtATime(listener);
        ExecutorService pool = Executors.newFixedThreadPool(settings.concurrency(), work -> {
            Thread thread = new Thread(work, "teacher");
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletionService<Map.Entry<String, Outcome>> finished = new ExecutorCompletionService<>(pool);
            for (Question question : open) {
                finished.submit(() -> Map.entry(question.key(), askOrEnd(pool, question, answers, heard)));
            }
            int undescribed = 0;
            int inARow = 0;
            for (int done = 1; done <= open.size(); done++) {
                Map.Entry<String, Outcome> each = finished.take().get();
                outcomes.put(each.getKey(), each.getValue());
                boolean described = each.getValue() instanceof Outcome.Described;
                undescribed += described ? 0 : 1;
                inARow = described ? 0 : inARow + 1;
                checkWorthwhile(inARow, each.getValue());
                heard.progress(done, open.size(), undescribed);
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw InputException.data(e, "the run was interrupted: run it again to go on");
        } finally {
            stop(pool);
        }
    }

    /** Asks; what no request can get past ends the others before another one is sent. */
    private Outcome askOrEnd(ExecutorService pool, Question question, AnswerFile answers, TeacherListener listener)
            throws InterruptedException {
        try {
            return questioner.ask(question, answers, listener::again);
        } catch (RuntimeException e) {
            pool.shutdownNow();
            throw e;
        }
    }

    private void checkWorthwhile(int inARow, Outcome last) {
        if (inARow == settings.giveUpAfter() && inARow > 0) {
            throw InputException.data(
                    "%d texts in a row got no description, the last because: %s. What was answered is kept: put that right and run"
                            + " the same command again, or raise %s",
                    inARow, reason(last), Key.of("give_up_after"));
        }
    }

    private TeacherReport report(
            Map<String, String> keys, Map<String, Outcome> outcomes, int kept, Tally before, Tally after) {
        Map<String, String> descriptions = new LinkedHashMap<>();
        Map<String, String> refused = new LinkedHashMap<>();
        Map<String, String> failed = new LinkedHashMap<>();
        keys.forEach((id, key) -> {
            Outcome outcome = outcomes.get(key);
            if (outcome instanceof Outcome.Described described) {
                descriptions.put(id, described.text());
            } else {
                (outcome instanceof Outcome.Refused ? refused : failed).put(id, reason(outcome));
            }
        });
        return new TeacherReport(
                descriptions,
                refused,
                failed,
                kept,
                questioner.sent(),
                questioner.repeated(),
                after.uncounted(),
                after.usage().minus(before.usage()),
                after.usage());
    }

    private static String reason(Outcome outcome) {
        return outcome instanceof Outcome.Refused refused ? refused.reason() : ((Outcome.Failed) outcome).reason();
    }

    private static TeacherListener oneAtATime(TeacherListener listener) {
        return new TeacherListener() {
            @Override
            public synchronized void progress(int done, int total, int undescribed) {
                listener.progress(done, total, undescribed);
            }

            @Override
            public synchronized void again(String failure, Duration pause) {
                listener.again(failure, pause);
            }
        };
    }

    /** Requests under way are dropped: this happens at the end, and where nothing more can come of them. */
    private static void stop(ExecutorService pool) {
        pool.shutdownNow();
        try {
            pool.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tokens of all answers to some requests, and how many answers do not say. */
    private record Tally(TokenUsage usage, int uncounted) {
        static Tally of(Collection<String> keys, AnswerFile answers) {
            TokenUsage usage = TokenUsage.NONE;
            int uncounted = 0;
            for (String key : new LinkedHashSet<>(keys)) {
                for (Reply.Answer answer : answers.of(key)) {
                    usage = usage.plus(answer.usage().orElse(TokenUsage.NONE));
                    uncounted += answer.usage().isEmpty() ? 1 : 0;
                }
            }
            return new Tally(usage, uncounted);
        }
    }
}
