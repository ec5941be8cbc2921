package dev.nla.model.testing;

import java.nio.ByteBuffer;

/** Brings to light what still reads memory that Java has freed. */
public final class FreedMemory {
    private FreedMemory() {}

    /** Lets Java free what it no longer needs and writes over it with small buffers of every size in use here. */
    public static void overwrite() {
        for (int round = 0; round < 3; round++) {
            System.gc();
            pause();
            for (int bytes = 8; bytes <= 4096; bytes += 8) {
                for (int k = 0; k < 4; k++) {
                    ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
                    while (buffer.hasRemaining()) {
                        buffer.put((byte) 0x5a);
                    }
                }
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
