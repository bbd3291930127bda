package io.jitapproval.core.feedback.insight;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Something that the record says, with what it rests on.
 *
 * @param kind     what sort of finding
 * @param id       the same for the same kind and subject in every run, so that it can be dismissed and remembered
 * @param subject  what it is about, such as {@code rule refunds} or {@code user/mia}
 * @param title    one line
 * @param why      what was seen, with numbers that stand in the evidence
 * @param evidence counts and shares by name, in the order of reading
 * @param bound    what is certain, with its numbers and the confidence; blank if the finding is no estimate
 * @param traces   up to {@link #MOST_TRACES} of the decisions that it rests on
 * @param change   what would mend it in a policy; empty if nothing in a policy would
 * @param severity how much it matters
 * @param audience who should see it first
 * @param asOf     until when the record was read
 */
public record Insight(
        Kind kind,
        String id,
        String subject,
        String title,
        String why,
        Map<String, Number> evidence,
        String bound,
        List<Trace> traces,
        Optional<Change> change,
        Severity severity,
        Audience audience,
        Instant asOf) {

    /** No finding cites more decisions than this: 20. */
    public static final int MOST_TRACES = 20;

    /**
     * Checks that everything is there and copies the collections.
     *
     * @param kind     as above
     * @param id       as above
     * @param subject  as above
     * @param title    as above
     * @param why      as above
     * @param evidence as above
     * @param bound    as above
     * @param traces   as above
     * @param change   as above
     * @param severity as above
     * @param audience as above
     * @param asOf     as above
     * @throws IllegalArgumentException if there are too many traces
     */
    public Insight {
        requireNonNull(kind, "kind");
        requireNonNull(id, "id");
        requireNonNull(subject, "subject");
        requireNonNull(title, "title");
        requireNonNull(why, "why");
        evidence = Collections.unmodifiableMap(new LinkedHashMap<>(evidence));
        requireNonNull(bound, "bound");
        traces = List.copyOf(traces);
        if (traces.size() > MOST_TRACES) {
            throw new IllegalArgumentException("at most " + MOST_TRACES + " traces, but were " + traces.size());
        }
        requireNonNull(change, "change");
        requireNonNull(severity, "severity");
        requireNonNull(audience, "audience");
        requireNonNull(asOf, "asOf");
    }

    /** What sort of finding; docs/insights.md says when each is made. */
    public enum Kind {
        /** A rule that nothing matched. */
        UNUSED_RULE,
        /** A rule's grants last longer than they are used. */
        GRANT_TOO_LONG,
        /** A rule's grants have more uses than are used. */
        TOO_MANY_USES,
        /** Somebody is granted more than they use, compared with their peers. */
        UNUSED_ACCESS,
        /** A rule permits what people deny. */
        PEOPLE_WOULD_DENY,
        /** Equal requests were answered differently. */
        CONTRADICTION,
        /** Somebody who is asked never answers. */
        SILENT_APPROVER,
        /** Requests expire too often. */
        DECIDE_BY_TOO_SHORT,
        /** Requests wait for an end that nobody needs. */
        DECIDE_BY_TOO_LONG,
        /** Somebody seems to approve without looking. */
        RUBBER_STAMP,
        /** Most requests wait for one person. */
        BOTTLENECK,
        /** A use that is not their peers'. */
        UNUSUAL_USE,
        /** Much more than usual in a day. */
        BURST,
        /** At an hour that is not theirs. */
        OFF_HOURS,
        /** A grant first used just before it ended. */
        LAST_MINUTE,
        /** The same person approves the same requester more than others. */
        SAME_TWO;

        /** {@return the word in outputs, in lower case with hyphens} */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** How much a finding matters. */
    public enum Severity {
        /** Good to know. */
        INFO,
        /** When there is time. */
        LOW,
        /** Soon. */
        MEDIUM,
        /** Now. */
        HIGH
    }

    /** Who should see a finding first. */
    public enum Audience {
        /** Those who own the policy. */
        OWNERS,
        /** Those who review uses. */
        REVIEWERS,
        /** The person it is about, before anybody else, and in private. */
        PRIVATE_FIRST
    }

    /**
     * One decision of the record.
     *
     * @param id     its id
     * @param origin where it stands
     */
    public record Trace(String id, String origin) {

        /**
         * Checks that both are there.
         *
         * @param id     as above
         * @param origin as above
         */
        public Trace {
            requireNonNull(id, "id");
            requireNonNull(origin, "origin");
        }
    }

    /**
     * A field of a rule as it should be.
     *
     * @param rule  the rule's id; blank for a rule that is missing
     * @param field the field's path in the rule, such as {@code grant.within}
     * @param value the value, as in a policy document
     */
    public record Change(String rule, String field, String value) {

        /**
         * Checks that everything is there.
         *
         * @param rule  as above
         * @param field as above
         * @param value as above
         */
        public Change {
            requireNonNull(rule, "rule");
            requireNonNull(field, "field");
            requireNonNull(value, "value");
        }
    }

    /** The stable id of a finding. */
    static String idOf(Kind kind, String subject) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((kind.name() + '\n' + subject).getBytes(StandardCharsets.UTF_8));
            return "i-" + HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
