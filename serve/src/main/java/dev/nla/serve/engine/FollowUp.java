package dev.nla.serve.engine;

import dev.nla.serve.engine.work.Work;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** Futures that follow from others. */
final class FollowUp {
    private FollowUp() {}

    /** What a function makes of a result; when it is given up, so is what it follows from. */
    static <A, B> CompletableFuture<B> then(CompletableFuture<A> first, Function<A, B> function) {
        CompletableFuture<B> second = first.thenApply(function);
        second.whenComplete((value, failure) -> {
            if (!first.isDone()) {
                first.cancel(false);
            }
        });
        return second;
    }

    /** The result of work that is begun when something else is done; when it is given up, so is what it waits for. */
    static <T> CompletableFuture<T> after(CompletableFuture<Void> first, Work<?, T> work, Consumer<Work<?, ?>> begin) {
        CompletableFuture<T> result = work.result();
        result.whenComplete((value, failure) -> first.cancel(false));
        first.whenComplete((done, failure) -> {
            if (failure == null) {
                begin.accept(work);
            } else {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }
}
