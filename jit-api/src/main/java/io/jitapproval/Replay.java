package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of a call that was kept to run on approval.
 *
 * @param id      the id under which it is kept
 * @param state   how far it has come
 * @param reason  why it was not run, where its state is {@link State#REFUSED}; otherwise empty
 * @param result  what it returned, where its state is {@link State#DONE} and it returned something that can be kept: texts, booleans,
 *                numbers, values of {@code java.time}, lists and maps, as policies see arguments
 * @param failure the name of the class that it threw, where its state is {@link State#FAILED}; otherwise empty
 */
public record Replay(String id, State state, Optional<Reason> reason, Optional<Object> result, String failure) {

    /** For how long an outcome is kept: one day. */
    public static final Duration KEPT = Duration.ofDays(1);

    /** How far a kept call has come. */
    public enum State {
        /** It waits for its approval, or for a process that can run it. */
        WAITING,
        /** It has begun. If it stays so, the process that ran it is gone: nobody knows how it ended, and it is never run again. */
        RUNNING,
        /** It ran. */
        DONE,
        /** It ran and failed. */
        FAILED,
        /** It was not run, and never will be. */
        REFUSED;

        /** {@return the state as a lower-case word} */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Checks that everything is there.
     *
     * @param id      as above
     * @param state   as above
     * @param reason  as above
     * @param result  as above
     * @param failure as above
     */
    public Replay {
        Text.requireNotBlank(id, "id");
        requireNonNull(state, "state");
        requireNonNull(reason, "reason");
        requireNonNull(result, "result");
        requireNonNull(failure, "failure");
    }

    /** {@return id, state and reason, without the result} */
    @Override
    public String toString() {
        return "kept call " + id + " " + state.word()
                + reason.map(why -> ", " + why.word()).orElse("");
    }
}
