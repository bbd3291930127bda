package io.jitapproval.core.feedback.replay;

import io.jitapproval.core.document.Code;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Problems;
import io.jitapproval.core.document.TreeReader;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which decisions a policy was learnt from, as its certificate says. Immutable.
 *
 * @param parts  the stretches of time it was learnt from; a decision of any of them was
 * @param origin where that is said, for people
 */
public record LearntFrom(List<Part> parts, String origin) {

    /** The certificate's fields. */
    private static final String FROM = "learntFrom";

    private static final String TO = "learntTo";
    private static final String HISTORY = "history";

    /**
     * Copies the list.
     *
     * @param parts  as above
     * @param origin as above
     */
    public LearntFrom {
        parts = List.copyOf(parts);
    }

    /**
     * A stretch of a history.
     *
     * @param from      when the first decision was asked that it was learnt from
     * @param to        when the last one was
     * @param histories what the histories were called; empty if that is not said, and then any history counts
     */
    public record Part(Instant from, Instant to, Set<String> histories) {

        /**
         * Copies the set.
         *
         * @param from      as above
         * @param to        as above
         * @param histories as above
         */
        public Part {
            histories = Set.copyOf(histories);
        }

        boolean contains(Instant opened, String history) {
            return !opened.isBefore(from)
                    && !opened.isAfter(to)
                    && (histories.isEmpty() || histories.contains(history));
        }
    }

    /**
     * Reads what a certificate says: of each object in it that has {@code learntFrom} and {@code learntTo}, the stretch of time between
     * them, both included; {@code history} beside them, or in an object around them, names the history or lists several.
     *
     * @param certificate the certificate, in JSON
     * @return what it says; without parts if it says nothing of it
     * @throws io.jitapproval.JitConfigurationException if it is no JSON or a time in it is none
     */
    public static LearntFrom read(PolicyText certificate) {
        Problems problems = new Problems(certificate);
        Node root = TreeReader.readJson(certificate, problems);
        List<Part> parts = new ArrayList<>();
        if (root != null) {
            collect(root, Set.of(), parts, problems);
        }
        problems.throwIfAny();
        return new LearntFrom(parts, certificate.origin());
    }

    private static void collect(Node node, Set<String> around, List<Part> parts, Problems problems) {
        if (node instanceof Node.Arr list) {
            list.items().forEach(item -> collect(item, around, parts, problems));
        } else if (node instanceof Node.Obj object) {
            Node named = value(object, HISTORY);
            Set<String> histories = named == null ? around : names(named);
            Instant from = time(value(object, FROM), problems);
            Instant to = time(value(object, TO), problems);
            if (from != null && to != null) {
                parts.add(new Part(from, to, histories));
            }
            object.fields().values().forEach(field -> collect(field.value(), histories, parts, problems));
        }
    }

    private static @Nullable Node value(Node.Obj object, String name) {
        Node.Field field = object.fields().get(name);
        return field == null ? null : field.value();
    }

    private static Set<String> names(Node node) {
        Set<String> names = new TreeSet<>();
        if (node instanceof Node.Str text) {
            names.add(text.value());
        } else if (node instanceof Node.Arr list) {
            list.items().forEach(item -> names.addAll(names(item)));
        }
        return names;
    }

    private static @Nullable Instant time(@Nullable Node node, Problems problems) {
        if (!(node instanceof Node.Str text)) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text.value()).toInstant();
        } catch (DateTimeException e) {
            problems.add(Code.MOMENT, node, text.show() + " is no time with an offset, such as 2026-01-31T12:00:00Z");
            return null;
        }
    }

    boolean contains(PastDecision decision, String history) {
        for (Part part : parts) {
            if (part.contains(decision.opened(), history)) {
                return true;
            }
        }
        return false;
    }
}
