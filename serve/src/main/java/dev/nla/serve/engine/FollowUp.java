package dev.nla.serve.engine;

import java.util.concurrent.CompletableFuture;
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
}
