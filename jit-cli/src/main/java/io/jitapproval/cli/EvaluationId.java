package io.jitapproval.cli;

import io.jitapproval.EvaluationRequest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Names an evaluation by what went into it: the same policy, request and moment always have the same id. */
final class EvaluationId {

    private EvaluationId() {}

    static String of(String policy, EvaluationRequest request, Instant time) {
        List<@Nullable Object> parts = List.of(
                policy,
                time.toString(),
                request.subject().ref().toString(),
                request.subject().properties(),
                request.action().name(),
                request.action().properties(),
                request.resource().ref().toString(),
                request.resource().properties(),
                request.context());
        StringBuilder out = new StringBuilder("jit-evaluation-1\n");
        write(out, parts);
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(out.toString().getBytes(StandardCharsets.UTF_8));
            return "eval_" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Each value with its kind and length, keys in order: no two requests are written alike. */
    private static void write(StringBuilder out, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            map.forEach((name, item) -> sorted.put(String.valueOf(name), item));
            out.append('{').append(sorted.size()).append(':');
            sorted.forEach((name, item) -> {
                text(out, name);
                write(out, item);
            });
        } else if (value instanceof Collection<?> list) {
            out.append('[').append(list.size()).append(':');
            list.forEach(item -> write(out, item));
        } else if (value instanceof BigDecimal number) {
            out.append('#').append(number.stripTrailingZeros()).append(';');
        } else if (value instanceof String text) {
            text(out, text);
        } else {
            out.append(value).append(';');
        }
    }

    private static void text(StringBuilder out, String text) {
        out.append('"').append(text.length()).append(':').append(text);
    }
}
