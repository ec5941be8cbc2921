package dev.nla.serve.engine;

import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.Reading;
import dev.nla.serve.api.response.Progress;
import dev.nla.serve.engine.work.Work;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads long texts in pieces, and keeps their activations: others' work is done between two pieces, whoever waits hears how far it is, and a
 * text that nobody waits for any more is given up. One text is read at a time, which bounds the memory. All but {@link #work} is for the
 * worker's thread alone.
 */
final class LongTexts {
    /** Tokens that are read in one go; a text of no more than these is not long. */
    static final int PIECE = 512;

    private final Decoder decoder;
    private final KeptTexts kept;
    private final int piece;
    private final Consumer<Work<?, ?>> again;
    private Optional<Current> current = Optional.empty();

    /**
     * Reads with a decoder.
     *
     * @param kept takes what was read
     * @param again puts work behind what others wait for
     */
    LongTexts(Decoder decoder, KeptTexts kept, int piece, Consumer<Work<?, ?>> again) {
        this.decoder = decoder;
        this.kept = kept;
        this.piece = piece;
        this.again = again;
    }

    /** What is being read, and for whom. */
    private record Current(KeptTexts.Text text, Reading reading, List<Task> readers) {}

    /** Someone who waits for a text. */
    static final class Task extends Work<Task, Void> {
        private final KeptTexts.Text text;
        private final Progress progress;

        private Task(Kind<Task> kind, KeptTexts.Text text, Progress progress) {
            super(kind);
            this.text = text;
            this.progress = progress;
        }
    }

    /** Whether a text is worth reading in pieces: it is long, and there is room to keep it. */
    boolean takes(long[] tokens) {
        return tokens.length > piece && kept.fits(tokens, decoder.config().hiddenSize());
    }

    /** Reading a text; done when its activations are kept. */
    Task work(long[] tokens, int layer, Progress progress) {
        KeptTexts.Text text = new KeptTexts.Text(layer, tokens);
        return new Task(new Work.Kind<>("read", text, Integer.MAX_VALUE, this::run), text, progress);
    }

    private void run(List<Task> readers) {
        KeptTexts.Text text = readers.get(0).text;
        if (kept.find(text.tokens(), text.layer()).isPresent()) {
            readers.forEach(reader -> reader.result().complete(null));
            return;
        }
        if (current.filter(other -> !other.text().equals(text)).isPresent()) {
            if (current.get().readers().stream().anyMatch(Task::wanted)) {
                readers.forEach(again);
                return;
            }
            stop();
        }
        try {
            advance(text, readers);
        } catch (RuntimeException | Error failure) {
            stop();
            throw failure;
        }
    }

    private void advance(KeptTexts.Text text, List<Task> readers) {
        Reading reading = current.map(Current::reading).orElseGet(() -> decoder.begin(text.tokens(), text.layer()));
        current = Optional.of(new Current(text, reading, readers));
        reading.advance(piece);
        readers.forEach(reader -> reader.progress.read(reading.read(), reading.length()));
        if (reading.finished()) {
            kept.keep(text.tokens(), text.layer(), reading.outputs());
            stop();
            readers.forEach(reader -> reader.result().complete(null));
        } else {
            readers.forEach(again);
        }
    }

    private void stop() {
        current.ifPresent(each -> each.reading().close());
        current = Optional.empty();
    }

    /** A text's activations at once, {@code [tokens][d]}: to the last digit those that are kept of it. */
    float[][] whole(long[] tokens, int layer) {
        try (Reading reading = decoder.begin(tokens, layer)) {
            while (!reading.finished()) {
                reading.advance(piece);
            }
            return reading.outputs();
        }
    }
}
