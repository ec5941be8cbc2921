package dev.nla.remote.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Supplier;

/**
 * Hands the bytes of a body on as they arrive; when the sink refuses them, the rest is not asked for.
 *
 * @param <T> what the whole body becomes
 */
public final class StreamedBody<T> implements BodySubscriber<T> {
    /** Takes bytes. */
    @FunctionalInterface
    public interface Sink {
        /** Takes all that remains in the buffer. */
        void write(ByteBuffer bytes) throws IOException;
    }

    private final Sink sink;
    private final Supplier<T> whole;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private Subscription subscription;

    /** A body whose bytes go to {@code sink}, and which is {@code whole} when all are there. */
    public StreamedBody(Sink sink, Supplier<T> whole) {
        this.sink = sink;
        this.whole = whole;
    }

    /** A body in memory; one of more than {@code most} bytes fails with an {@link IOException}. */
    public static StreamedBody<byte[]> limited(int most) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Sink sink = buffer -> {
            if (buffer.remaining() > most - bytes.size()) {
                throw new IOException("the answer does not end after " + most + " bytes");
            }
            byte[] part = new byte[buffer.remaining()];
            buffer.get(part);
            bytes.write(part);
        };
        return new StreamedBody<>(sink, bytes::toByteArray);
    }

    @Override
    public CompletionStage<T> getBody() {
        return result;
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        try {
            for (ByteBuffer buffer : buffers) {
                sink.write(buffer);
            }
            subscription.request(1);
        } catch (IOException | RuntimeException e) {
            subscription.cancel();
            result.completeExceptionally(e);
        }
    }

    @Override
    public void onError(Throwable failure) {
        result.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        result.complete(whole.get());
    }
}
