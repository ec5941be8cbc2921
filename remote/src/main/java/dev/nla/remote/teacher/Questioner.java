package dev.nla.remote.teacher;

import dev.nla.remote.http.Retries;
import dev.nla.remote.http.TransientException;
import dev.nla.remote.teacher.answer.AnswerContent;
import dev.nla.remote.teacher.answer.AnswerFile;
import dev.nla.remote.teacher.answer.AnswerReader;
import dev.nla.remote.teacher.chat.ChatClient;
import dev.nla.remote.teacher.chat.ChatRequests;
import dev.nla.remote.teacher.chat.Reply;
import dev.nla.remote.teacher.chat.RequestPace;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks about one text after the other until an answer can be read or there were enough. Safe for several threads. */
final class Questioner {
    private final ChatRequests requests;
    private final ChatClient client;
    private final AnswerReader reader;
    private final int most;
    private final Retries retries;
    private final RequestPace pace;
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();

    /**
     * @param most answers a text gets, over all runs
     */
    Questioner(
            ChatRequests requests,
            ChatClient client,
            AnswerReader reader,
            int most,
            Retries retries,
            RequestPace pace) {
        this.requests = requests;
        this.client = client;
        this.reader = reader;
        this.most = most;
        this.retries = retries;
        this.pace = pace;
    }

    /** Requests sent so far. */
    int sent() {
        return sent.get();
    }

    /** How many of those were made again after a failure. */
    int repeated() {
        return repeated.get();
    }

    /** What became of a text by the answers it has; empty where another one is due. */
    Optional<Outcome> known(List<Reply.Answer> answers) {
        String reason = "";
        for (Reply.Answer answer : answers) {
            AnswerContent reading = reader.read(answer);
            if (reading instanceof AnswerContent.Readable readable) {
                return Optional.of(new Outcome.Described(readable.text()));
            }
            reason = ((AnswerContent.Unreadable) reading).reason();
        }
        return answers.size() < most ? Optional.empty() : Optional.of(new Outcome.Refused(reason));
    }

    /** Asks; each answer is kept as soon as it is there. */
    Outcome ask(Question question, AnswerFile answers, Retries.Listener listener) throws InterruptedException {
        String body = requests.of(question.text()).body();
        Optional<Outcome> outcome = known(answers.of(question.key()));
        while (outcome.isEmpty()) {
            try {
                Reply reply = retries.run(() -> once(body), (failure, pause) -> {
                    repeated.incrementAndGet();
                    listener.again(failure, pause);
                });
                if (reply instanceof Reply.Rejection rejection) {
                    return new Outcome.Failed(rejection.reason());
                }
                answers.append(question.key(), question.id(), (Reply.Answer) reply);
            } catch (TransientException e) {
                return new Outcome.Failed(e.getMessage());
            }
            outcome = known(answers.of(question.key()));
        }
        return outcome.get();
    }

    private Reply once(String body) throws TransientException, InterruptedException {
        pace.await();
        sent.incrementAndGet();
        try {
            return client.ask(body);
        } catch (TransientException e) {
            e.retryAfter().filter(retries::hasPatienceFor).ifPresent(pace::hold);
            throw e;
        }
    }
}
