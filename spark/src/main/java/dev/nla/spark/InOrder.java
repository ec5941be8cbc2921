package dev.nla.spark;

import java.util.function.Consumer;

/** Hands answers on in the order of the parts: one that comes early waits for those before it. None is handed on after one that was refused. */
final class InOrder {
    private final byte[][] waiting;
    private final Consumer<byte[]> next;
    private int handed;
    private boolean refused;

    /** For so many parts. */
    InOrder(int count, Consumer<byte[]> next) {
        this.waiting = new byte[count][];
        this.next = next;
    }

    /** Takes the answer for a part, and hands on all that can be; what the taker throws goes through. */
    synchronized void take(int part, byte[] answer) {
        waiting[part] = answer;
        while (!refused && handed < waiting.length && waiting[handed] != null) {
            byte[] first = waiting[handed];
            waiting[handed++] = null;
            refused = true; // and stays so where the taker throws
            next.accept(first);
            refused = false;
        }
    }
}
