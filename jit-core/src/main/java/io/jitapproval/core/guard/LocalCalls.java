package io.jitapproval.core.guard;

import io.jitapproval.GuardedCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The kept calls that this process can run itself, and who wants their results. */
final class LocalCalls {

    private final Map<String, Local> calls = new ConcurrentHashMap<>();

    record Local(
            Call call,
            GuardedCall<@Nullable Object, Exception> action,
            List<CompletableFuture<@Nullable Object>> results) {}

    @Nullable
    Local get(String id) {
        return calls.get(id);
    }

    /** The first action that is at hand for a call runs; everybody gets what it gives. */
    void add(
            String id,
            Call call,
            GuardedCall<@Nullable Object, Exception> action,
            @Nullable CompletableFuture<@Nullable Object> result) {
        calls.compute(id, (same, before) -> {
            List<CompletableFuture<@Nullable Object>> results =
                    before == null ? new ArrayList<>() : new ArrayList<>(before.results());
            if (result != null) {
                results.add(result);
            }
            return before == null
                    ? new Local(call, action, results)
                    : new Local(before.call(), before.action(), results);
        });
    }

    /** It is over: whoever waits learns how, and it is forgotten. */
    void tell(String id, @Nullable Object result, @Nullable Throwable failure) {
        Local local = calls.remove(id);
        if (local == null) {
            return;
        }
        for (CompletableFuture<@Nullable Object> waiting : local.results()) {
            if (failure == null) {
                waiting.complete(result);
            } else {
                waiting.completeExceptionally(failure);
            }
        }
    }

    void tellAll(Function<Call, Throwable> failure) {
        calls.forEach((id, local) -> tell(id, null, failure.apply(local.call())));
    }
}
