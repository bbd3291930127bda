package io.jitapproval.core.analysis;

import static java.util.Objects.requireNonNull;

import io.jitapproval.Decision;
import io.jitapproval.core.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a new policy makes easier and harder than an old one. Every example was decided by the engine under both. Immutable.
 *
 * @param before  the version of the old policy
 * @param after   the version of the new policy
 * @param changes what changed, the default first, then the rules by id
 * @param moved   whether rules that are in both stand in another order, which changes no decision
 * @param easier  over all changes: whether a request became easier
 * @param harder  over all changes: whether a request became harder
 */
public record PolicyDiff(String before, String after, List<Change> changes, boolean moved, Side easier, Side harder) {

    /**
     * Copies the list.
     *
     * @param before  as above
     * @param after   as above
     * @param changes as above
     * @param moved   as above
     * @param easier  as above
     * @param harder  as above
     */
    public PolicyDiff {
        requireNonNull(before, "before");
        requireNonNull(after, "after");
        changes = List.copyOf(changes);
        requireNonNull(easier, "easier");
        requireNonNull(harder, "harder");
    }

    /**
     * Compares two policies.
     *
     * @param before the old policy
     * @param after  the new policy
     * @param at     the present moment: requests are compared from then on
     * @return what differs
     */
    public static PolicyDiff of(Policy before, Policy after, Instant at) {
        return new Differ(before, after, at).diff();
    }

    /** {@return the difference for people, in lines} */
    public String text() {
        return DiffText.write(this);
    }

    /** {@return the difference as one JSON object on one line} */
    public String json() {
        return DiffJson.write(this);
    }

    /** What became of a rule or of the default. */
    public enum Kind {
        /** Only the new policy has the rule. */
        ADDED("added"),
        /** Only the old policy has the rule. */
        REMOVED("removed"),
        /** The rule says something else. */
        CHANGED("changed"),
        /** Only what people read changed: no decision can differ by it. */
        TEXT("text");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** {@return the word in texts and JSON} */
        public String word() {
            return word;
        }
    }

    /**
     * One change.
     *
     * @param kind   what became of the rule
     * @param rule   the rule's id; empty for the document's default
     * @param fields the fields that differ; empty for rules that one policy has not
     * @param easier whether a request became easier by it
     * @param harder whether a request became harder by it
     */
    public record Change(Kind kind, String rule, List<String> fields, Side easier, Side harder) {

        /**
         * Copies the list.
         *
         * @param kind   as above
         * @param rule   as above
         * @param fields as above
         * @param easier as above
         * @param harder as above
         */
        public Change {
            requireNonNull(kind, "kind");
            requireNonNull(rule, "rule");
            fields = List.copyOf(fields);
            requireNonNull(easier, "easier");
            requireNonNull(harder, "harder");
        }
    }

    /** Whether there is a request that fares differently. */
    public enum State {
        /** There is one. */
        FOUND("found"),
        /** There is none, for certain. */
        NONE("none"),
        /** None was found, and it could not be shown that there is none. */
        UNDECIDED("undecided");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** {@return the word in JSON} */
        public String word() {
            return word;
        }
    }

    /**
     * Whether a request became easier, or harder.
     *
     * @param state whether there is one
     * @param step  one such request, where there is one
     * @param why   why nothing could be decided; empty otherwise
     */
    public record Side(State state, Optional<Step> step, String why) {

        static final Side NONE = new Side(State.NONE, Optional.empty(), "");

        /**
         * Checks that the parts belong together.
         *
         * @param state as above
         * @param step  as above
         * @param why   as above
         * @throws IllegalArgumentException if there is an example without having been found, or none though one was
         */
        public Side {
            requireNonNull(why, "why");
            if (step.isPresent() != (state == State.FOUND)) {
                throw new IllegalArgumentException("an example belongs to what was found, but the state is " + state);
            }
        }

        static Side found(Step step) {
            return new Side(State.FOUND, Optional.of(step), "");
        }

        static Side undecided(String why) {
            return new Side(State.UNDECIDED, Optional.empty(), why);
        }
    }

    /**
     * One request under both policies.
     *
     * @param example the request
     * @param before  what the old policy answers
     * @param after   what the new policy answers
     */
    public record Step(Example example, Decision before, Decision after) {

        /**
         * Checks that everything is there.
         *
         * @param example as above
         * @param before  as above
         * @param after   as above
         */
        public Step {
            requireNonNull(example, "example");
            requireNonNull(before, "before");
            requireNonNull(after, "after");
        }
    }
}
