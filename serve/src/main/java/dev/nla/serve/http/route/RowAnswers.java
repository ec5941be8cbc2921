package dev.nla.serve.http.route;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.serve.api.fault.RequestException;
import dev.nla.serve.api.request.DescribeRowsRequest;
import dev.nla.serve.api.response.DescribeResponse;
import dev.nla.serve.api.response.Progress;
import dev.nla.serve.api.response.Usage;
import dev.nla.serve.engine.Engine;
import dev.nla.serve.http.exchange.EventStream;
import dev.nla.serve.http.exchange.Exchange;
import dev.nla.serve.http.exchange.JsonAnswers;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Answers a request for many activations: row by row as they are done, as events or as lines of JSON, or all in one.
 *
 * @param engine describes
 * @param exchange waits for it
 * @param request what is asked
 * @param wanted the rows, in their order
 */
public record RowAnswers(Engine engine, Exchange exchange, DescribeRowsRequest request, List<Wanted> wanted) {
    /** How rows are sent. */
    enum Form {
        /** One object at the end. */
        WHOLE("application/json"),
        /** An event for each. */
        EVENTS("text/event-stream"),
        /** A line for each. */
        LINES("application/x-ndjson");

        private final String contentType;

        Form(String contentType) {
            this.contentType = contentType;
        }

        /** What a client asks for: lines where it accepts these and nothing else, else events where it wants a stream. */
        static Form of(Context context, boolean streamed) {
            String accepted = context.header("Accept");
            if (accepted != null && accepted.strip().equals(LINES.contentType)) {
                return LINES;
            }
            return streamed ? EVENTS : WHOLE;
        }
    }

    /**
     * A row that is wanted.
     *
     * @param text which of the texts
     * @param position which of its tokens
     */
    record Wanted(int text, int position) {}

    /** Finds the rows of a request; refuses one that asks for more than are allowed, or for none. */
    static RowAnswers of(Engine engine, Exchange exchange, DescribeRowsRequest request, int most) {
        List<Wanted> wanted = new ArrayList<>();
        for (int text = 0; text < request.texts().size(); text++) {
            for (int position : engine.positions(request, text)) {
                wanted.add(new Wanted(text, position));
            }
            if (wanted.size() > most) {
                throw RequestException.invalid(
                        "positions", "ask for more than the %d activations of a request: ask in parts", most);
            }
        }
        if (wanted.isEmpty()) {
            throw RequestException.invalid("positions", "are none: no text has such a token");
        }
        return new RowAnswers(engine, exchange, request, wanted);
    }

    /** How many rows. */
    int count() {
        return wanted.size();
    }

    /** Sends the answer. */
    void send(Context context, Form form) throws IOException {
        Far far = new Far();
        try (RowFeed<DescribeResponse> feed = new RowFeed<>(wanted.stream()
                .<Supplier<CompletableFuture<DescribeResponse>>>map(row -> () -> ask(row, far))
                .iterator())) {
            // What is refused at once is answered as any other refusal.
            CompletableFuture<DescribeResponse> first = feed.next();
            if (form == Form.WHOLE) {
                whole(context, feed, first);
            } else {
                stream(context, form, feed, first, far);
            }
        }
    }

    /** Hears how far a long text has been read; the event about it stands here until it is sent. */
    private static final class Far implements Progress {
        private final AtomicReference<String> unsent = new AtomicReference<>();

        @Override
        public boolean texts() {
            return false;
        }

        @Override
        public void written(int sample, String text) {}

        @Override
        public void read(int tokens, int of) {
            unsent.set(EventStream.reading(tokens, of));
        }

        private void send(OutputStream out) throws IOException {
            String event = unsent.getAndSet(null);
            if (event != null) {
                write(out, event + "\n\n");
            }
        }
    }

    private CompletableFuture<DescribeResponse> ask(Wanted row, Far far) {
        return engine.describe(request.at(row.text(), row.position()), far);
    }

    private void whole(Context context, RowFeed<DescribeResponse> feed, CompletableFuture<DescribeResponse> first)
            throws IOException {
        ObjectNode answer = JsonAnswers.object();
        ArrayNode rows = answer.putArray("rows");
        answer.set("usage", JsonAnswers.usage(forEach(context, feed, first, rows::add, () -> {})));
        Exchange.send(context, 200, answer);
    }

    private void stream(
            Context context,
            Form form,
            RowFeed<DescribeResponse> feed,
            CompletableFuture<DescribeResponse> first,
            Far far)
            throws IOException {
        OutputStream out = EventStream.open(context, form.contentType);
        try {
            Usage usage = forEach(context, feed, first, row -> send(out, form, "row", row), () -> {
                if (form == Form.EVENTS) {
                    far.send(out);
                }
            });
            if (form == Form.EVENTS) {
                ObjectNode done = JsonAnswers.object().put("rows", wanted.size());
                done.set("usage", JsonAnswers.usage(usage));
                send(out, form, "done", done);
            }
        } catch (RequestException failure) {
            send(out, form, "error", JsonAnswers.error(failure));
        }
    }

    /** Takes a row. */
    private interface Taker {
        void take(ObjectNode row) throws IOException;
    }

    /** Hands on each row as it is done; what all of them took. */
    private Usage forEach(
            Context context,
            RowFeed<DescribeResponse> feed,
            CompletableFuture<DescribeResponse> first,
            Taker taker,
            Exchange.Meanwhile meanwhile)
            throws IOException {
        Usage usage = new Usage(0, 0);
        CompletableFuture<DescribeResponse> next = first;
        for (Wanted each : wanted) {
            DescribeResponse described = exchange.await(context, next, meanwhile);
            taker.take(row(each, described));
            usage = usage.and(described.usage());
            if (feed.hasNext()) {
                next = feed.next();
            }
        }
        return usage;
    }

    private static void send(OutputStream out, Form form, String name, ObjectNode data) throws IOException {
        String text = JsonAnswers.text(data);
        String piece = form == Form.EVENTS ? EventStream.event(name, text) + "\n\n" : text + "\n";
        write(out, piece);
    }

    private static void write(OutputStream out, String piece) throws IOException {
        out.write(piece.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private ObjectNode row(Wanted of, DescribeResponse described) {
        ObjectNode row = JsonAnswers.object();
        if (request.listed()) {
            row.put("index", of.text());
        }
        row.setAll(JsonAnswers.described(described));
        return row;
    }
}
