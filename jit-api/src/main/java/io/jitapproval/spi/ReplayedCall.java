package io.jitapproval.spi;

import static java.util.Objects.requireNonNull;

import io.jitapproval.Resource;
import io.jitapproval.Subject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call that was kept, approved, and is to run now.
 *
 * @param id        the id under which its result is fetched: that of its approval request, if it needed one. A good idempotency key for
 *                  whatever the executor calls
 * @param subject   who acts, as the call named them
 * @param actors    who acts for the subject, nearest to the call first
 * @param action    the action's name
 * @param resource  on what
 * @param arguments the frozen arguments by name, in order: texts, booleans, whole numbers ({@link Long}, {@link java.math.BigInteger}),
 *                  {@link java.math.BigDecimal}, {@link Double}, values of {@code java.time}, lists and maps of these, and null;
 *                  unmodifiable
 */
public record ReplayedCall(
        String id,
        Subject subject,
        List<Subject> actors,
        String action,
        Resource resource,
        Map<String, @Nullable Object> arguments) {

    /**
     * Checks that everything is there and copies the collections.
     *
     * @param id        as above
     * @param subject   as above
     * @param actors    as above
     * @param action    as above
     * @param resource  as above
     * @param arguments as above
     */
    public ReplayedCall {
        requireNonNull(id, "id");
        requireNonNull(subject, "subject");
        actors = List.copyOf(actors);
        requireNonNull(action, "action");
        requireNonNull(resource, "resource");
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    /** {@return the id and the action, without any argument} */
    @Override
    public String toString() {
        return action + ", kept as " + id;
    }
}
