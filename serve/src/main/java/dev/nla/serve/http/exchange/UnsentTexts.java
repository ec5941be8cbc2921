package dev.nla.serve.http.exchange;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Texts that a stream has still to send: of each sample the newest alone, which holds those before it. So what is kept for a client that reads
 * slowly, or not at all, is never more than one answer. Safe for use by several threads.
 */
public final class UnsentTexts {
    /**
     * A text so far.
     *
     * @param sample whose, from 0
     * @param text all of it
     */
    record Piece(int sample, String text) {}

    private final Map<Integer, String> newest = new LinkedHashMap<>();
    private boolean ended;

    /** Takes the place of what the sample has here; never waits. After the end nothing is taken. */
    synchronized void put(int sample, String text) {
        if (!ended) {
            newest.put(sample, text);
            notifyAll();
        }
    }

    /** Says that there will be no more. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Lets go of everything. */
    synchronized void clear() {
        newest.clear();
    }

    /** Whether nothing is left and nothing will come. */
    synchronized boolean over() {
        return ended && newest.isEmpty();
    }

    /** Takes the text that has been here longest; empty where none comes in time, or none will. */
    synchronized Optional<Piece> take(Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); newest.isEmpty() && !ended && left > 0; left = until - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        Iterator<Map.Entry<Integer, String>> entries = newest.entrySet().iterator();
        if (!entries.hasNext()) {
            return Optional.empty();
        }
        Map.Entry<Integer, String> first = entries.next();
        entries.remove();
        return Optional.of(new Piece(first.getKey(), first.getValue()));
    }
}
