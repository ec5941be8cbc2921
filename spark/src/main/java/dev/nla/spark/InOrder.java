package dev.nla.spark;

import java.util.function.Consumer;

/** Hands answers on in the order of the parts: one that comes early waits for those before it. */
final class InOrder {
    private final byte[][] waiting;
    private final Consumer<byte[]> next;
    private int handed;

    /** For so many parts. */
    InOrder(int count, Consumer<byte[]> next) {
        this.waiting = new byte[count][];
        this.next = next;
    }

    /** Takes the answer for a part, and hands on all that can be. */
    synchronized void take(int part, byte[] answer) {
        waiting[part] = answer;
        while (handed < waiting.length && waiting[handed] != null) {
            byte[] first = waiting[handed];
            waiting[handed++] = null;
            next.accept(first);
        }
    }
}
