package io.jitapproval.core.feedback.history;

import io.jitapproval.Ref;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * One record of the audit log, as far as a history needs it.
 *
 * @param origin    where it stands
 * @param time      when
 * @param kind      the word of what happened
 * @param reason    the word of why
 * @param subject   who wants to act
 * @param actors    who acts for the subject
 * @param action    the action's name
 * @param resource  on what
 * @param arguments name, value and more of each; null if they are not there or were cut as a whole
 * @param requestId the request; empty if there is none
 * @param grantId   the grant; empty if there is none
 * @param use       the use; empty if there is none
 * @param by        who did it; null if the subject or nobody did
 * @param rules     the rules that decided
 * @param policy    the version of the policy; empty if there is none
 * @param details   what else
 * @param cut       the fields in which something was cut
 */
record AuditLine(
        String origin,
        Instant time,
        String kind,
        String reason,
        Ref subject,
        List<Ref> actors,
        String action,
        Ref resource,
        @Nullable List<Map<?, ?>> arguments,
        String requestId,
        String grantId,
        String use,
        @Nullable Ref by,
        List<String> rules,
        String policy,
        Map<String, @Nullable Object> details,
        Set<String> cut) {

    static final String VOIDED = "voided";
    static final String OUTCOME = "outcome";

    /** What the fold looks at; records of other known kinds change nothing of a decision. */
    private static final Set<String> FOLDED = Set.of(
            "requested",
            "voted",
            "vote-taken-back",
            "noted",
            "changed",
            "stage-opened",
            "escalated",
            "decided",
            "granted",
            "use-begun",
            "use-ended",
            "denied",
            "grant-ended",
            VOIDED,
            OUTCOME,
            "grants-voided",
            "observed");

    private static final Set<String> OTHERS = Set.of(
            "coalesced",
            "notified",
            "notify-failed",
            "vote-refused",
            "reminded",
            "stand-in-named",
            "stand-in-ended",
            "break-glass",
            "debt-reviewed",
            "rule-suspended",
            "rule-resumed",
            "suggestion",
            "configured");

    static boolean isFolded(String kind) {
        return FOLDED.contains(kind);
    }

    static boolean isKnown(String kind) {
        return FOLDED.contains(kind) || OTHERS.contains(kind);
    }

    /**
     * Reads a record. Of one that is not folded only the time and the kind are looked at.
     *
     * @throws LineFault if it is no record
     */
    static AuditLine read(Line line, String origin) {
        return new Reader(line).read(origin);
    }

    /** Whether the field was cut, so that an object with {@code cut} in it stands for a text. */
    boolean isCut(String field) {
        return cut.contains(field);
    }

    /** A detail that is a text; empty if there is none. */
    String detail(String name) {
        return details.get(name) instanceof String text ? text : "";
    }

    /** A detail that is a time; null if there is none. */
    @Nullable
    Instant moment(String name) {
        String text = detail(name);
        return text.isEmpty() ? null : Moments.parse(text);
    }

    /** The probability with which people were, or would have been, asked; empty if it is not said. */
    OptionalDouble probability() {
        if (details.get("probability") instanceof Number number) {
            double share = number.doubleValue();
            if (share >= 0 && share <= 1) {
                return OptionalDouble.of(share);
            }
        }
        return OptionalDouble.empty();
    }

    /** A detail that is a list of texts; empty if there is none. */
    List<String> texts(String name) {
        return details.get(name) instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    /** Whether another record is the one that this one takes back. */
    boolean voids(AuditLine other) {
        return other.kind.equals(detail("voids"))
                && other.time.equals(time)
                && other.requestId.equals(requestId)
                && other.grantId.equals(grantId)
                && other.use.equals(use);
    }

    private static final class Reader {

        private static final Ref NONE = new Ref("none", "none");

        private final Line line;

        private @Nullable Instant time;
        private @Nullable String kind;
        private String reason = "";
        private @Nullable Ref subject;
        private @Nullable String action;
        private @Nullable Ref resource;
        private String requestId = "";
        private String grantId = "";
        private String use = "";
        private @Nullable Ref by;
        private String policy = "";
        private final List<Ref> actors = new ArrayList<>();
        private @Nullable List<Map<?, ?>> arguments;
        private List<String> rules = List.of();
        private Map<String, @Nullable Object> details = Map.of();
        private final Set<String> cut = new HashSet<>();

        Reader(Line line) {
            this.line = line;
        }

        AuditLine read(String origin) {
            line.open();
            boolean folded = true;
            for (String name = line.field(); name != null; name = line.field()) {
                if (!folded || line.isNull()) {
                    line.skip();
                    continue;
                }
                field(name);
                folded = kind == null || isFolded(kind);
            }
            line.end();
            boolean whole = time != null
                    && kind != null
                    && (!folded || (subject != null && action != null && resource != null));
            if (!whole || time == null || kind == null) {
                throw new LineFault(
                        HistoryCode.MISSING, 1, "the record lacks its time, kind, subject, action or resource");
            }
            if (kind.equals("requested") && requestId.isEmpty()) {
                throw new LineFault(HistoryCode.MISSING, 1, "the record of a request lacks its 'requestId'");
            }
            return new AuditLine(
                    origin,
                    time,
                    kind,
                    reason,
                    subject == null ? NONE : subject,
                    actors,
                    action == null ? "" : action,
                    resource == null ? NONE : resource,
                    arguments,
                    requestId,
                    grantId,
                    use,
                    by,
                    rules,
                    policy,
                    details,
                    cut);
        }

        private void field(String name) {
            switch (name) {
                case "v" -> {
                    if (line.count("'v'") != 1) {
                        throw line.fault(
                                HistoryCode.VERSION,
                                "the record has version " + line.string() + ", but only 1 is known: use a newer jit");
                    }
                }
                case "time" -> time = line.time("'time'");
                case "kind" -> kind = line.text("'kind'");
                case "reason" -> reason = line.text("'reason'");
                case "subject" -> subject = ref("'subject'");
                case "actors" -> refs();
                case "action" -> action = text("'action'");
                case "resource" -> resource = ref("'resource'");
                case "arguments" -> arguments = arguments();
                case "requestId" -> requestId = text("'requestId'");
                case "grantId" -> grantId = text("'grantId'");
                case "use" -> use = text("'use'");
                case "by" -> by = ref("'by'");
                case "rules" -> rules = texts("'rules'");
                case "policy" -> policy = text("'policy'");
                case "details" -> details = line.properties("'details'");
                case "cut" -> cut.addAll(texts("'cut'"));
                default -> line.skip();
            }
        }

        /** A text; of one that was cut, what is left and the hash of the whole, by which it is still told from others. */
        private String text(String what) {
            if (line.current() != JsonToken.START_OBJECT) {
                return line.text(what);
            }
            return shortened(line.object(), what);
        }

        private String shortened(Map<String, @Nullable Object> object, String what) {
            if (object.get("cut") instanceof String text && object.get("sha256") instanceof String hash) {
                return text + " sha256 " + hash;
            }
            throw line.fault(HistoryCode.TYPE, what + " must be a text, but was an object");
        }

        private Ref ref(String what) {
            line.require(line.current() == JsonToken.START_OBJECT, what, "an object");
            String type = "";
            String id = "";
            for (String name = line.field(); name != null; name = line.field()) {
                switch (name) {
                    case "type" -> type = text("the type of " + what);
                    case "id" -> id = text("the id of " + what);
                    default -> line.skip();
                }
            }
            if (type.isEmpty() || id.isEmpty()) {
                throw line.fault(HistoryCode.MISSING, what + " has no type or no id");
            }
            return new Ref(type, id);
        }

        private void refs() {
            if (line.current() == JsonToken.START_OBJECT) {
                line.skip();
                return;
            }
            line.require(line.current() == JsonToken.START_ARRAY, "'actors'", "a list");
            while (line.next() != JsonToken.END_ARRAY) {
                actors.add(ref("an actor"));
            }
        }

        private @Nullable List<Map<?, ?>> arguments() {
            if (line.current() == JsonToken.START_OBJECT) {
                line.skip();
                return null;
            }
            line.require(line.current() == JsonToken.START_ARRAY, "'arguments'", "a list");
            List<Map<?, ?>> all = new ArrayList<>();
            while (line.next() != JsonToken.END_ARRAY) {
                line.require(line.current() == JsonToken.START_OBJECT, "an argument", "an object");
                all.add(line.object());
            }
            return all;
        }

        private List<String> texts(String what) {
            if (line.current() == JsonToken.START_OBJECT) {
                line.skip();
                return List.of();
            }
            line.require(line.current() == JsonToken.START_ARRAY, what, "a list");
            List<String> all = new ArrayList<>();
            while (line.next() != JsonToken.END_ARRAY) {
                all.add(text("an element of " + what));
            }
            return all;
        }
    }
}
