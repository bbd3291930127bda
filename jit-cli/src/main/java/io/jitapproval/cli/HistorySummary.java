package io.jitapproval.cli;

import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.Outcome;
import io.jitapproval.core.feedback.PastDecision.Result;
import io.jitapproval.core.feedback.PastDecision.Route;
import io.jitapproval.core.feedback.history.Reading;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts what a history has in it. What it keeps is bounded, whatever the history is. */
final class HistorySummary {

    /** Of an attribute with more values it is only said that there are more; of more attributes, that there are others. */
    static final int MOST_VALUES = 10_000;

    private static final int MOST_NAMES = 500;
    private static final int MOST_EXAMPLES = 3;
    private static final String OTHERS = "(others)";

    /** How often something was decided how. */
    static final class Tally {

        private final Map<Result, Long> results = new EnumMap<>(Result.class);

        void add(Result result) {
            results.merge(result, 1L, Long::sum);
        }

        long of(Result result) {
            return results.getOrDefault(result, 0L);
        }

        long total() {
            return results.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** How often an attribute is there, and with how many values. */
    static final class Attribute {

        private final Set<Long> values = new HashSet<>();
        private long present;

        void add(@Nullable Object value) {
            present++;
            if (values.size() <= MOST_VALUES) {
                values.add(hash(String.valueOf(value)));
            }
        }

        long present() {
            return present;
        }

        String values() {
            return values.size() > MOST_VALUES ? "more than " + MOST_VALUES : String.valueOf(values.size());
        }

        /** FNV-1a: the number of values needs no more than that different ones nearly never fall together. */
        private static long hash(String text) {
            long hash = 0xcbf29ce484222325L;
            for (int i = 0; i < text.length(); i++) {
                hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
            }
            return hash;
        }
    }

    /** Decisions that are no evidence, for one reason. */
    static final class Unusable {

        private long count;
        private final List<String> examples = new ArrayList<>();

        void add(String origin) {
            count++;
            if (examples.size() < MOST_EXAMPLES) {
                examples.add(origin);
            }
        }

        long count() {
            return count;
        }

        List<String> examples() {
            return examples;
        }
    }

    private final Map<String, Map<Route, Tally>> actions = new TreeMap<>();
    private final Map<String, Attribute> attributes = new TreeMap<>();
    private final Map<String, Unusable> unusable = new LinkedHashMap<>();
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final Map<String, Long> deciders = new HashMap<>();
    private final Set<LocalDate> days = new HashSet<>();
    private long decisions;
    private long evidence;
    private long denied;
    private long audited;
    private @Nullable Instant first;
    private @Nullable Instant last;

    void add(PastDecision decision) {
        decisions++;
        actions.computeIfAbsent(
                        bounded(actions, decision.request().action().name()), name -> new EnumMap<>(Route.class))
                .computeIfAbsent(decision.route(), route -> new Tally())
                .add(decision.result());
        outcomes.merge(decision.outcome(), 1L, Long::sum);
        Instant opened = decision.opened();
        first = first == null || opened.isBefore(first) ? opened : first;
        last = last == null || opened.isAfter(last) ? opened : last;
        days.add(LocalDate.ofInstant(opened, ZoneOffset.UTC));
        decision.voices().forEach(voice -> {
            String person = voice.person().id();
            if (deciders.size() < MOST_VALUES || deciders.containsKey(person)) {
                deciders.merge(person, 1L, Long::sum);
            }
        });
        attributes(decision);
        if (decision.isLabelled()) {
            evidence++;
            denied += decision.isApproved() ? 0 : 1;
            audited += decision.route() == Route.AUDIT ? 1 : 0;
        } else {
            unusable.computeIfAbsent(why(decision), reason -> new Unusable()).add(decision.origin());
        }
    }

    private void attributes(PastDecision decision) {
        var request = decision.request();
        identity("subject.id", request.subject().id());
        request.subject().properties().forEach((name, value) -> attribute("subject." + name, value));
        request.action().properties().forEach((name, value) -> attribute("action." + name, value));
        identity("resource.id", request.resource().id());
        attribute("resource.type", request.resource().type());
        request.resource().properties().forEach((name, value) -> attribute("resource." + name, value));
        request.context().forEach((name, value) -> attribute("context." + name, value));
    }

    private void identity(String name, String id) {
        if (!id.equals(PastDecision.UNNAMED)) {
            attribute(name, id);
        }
    }

    private void attribute(String name, @Nullable Object value) {
        attributes
                .computeIfAbsent(bounded(attributes, name), each -> new Attribute())
                .add(value);
    }

    private static String bounded(Map<String, ?> known, String name) {
        return known.size() < MOST_NAMES || known.containsKey(name) ? name : OTHERS;
    }

    private static String why(PastDecision decision) {
        return switch (decision.result()) {
            case EXPIRED -> "nobody decided in time";
            case CANCELLED -> "withdrawn";
            case FAILED -> "failed, which says nothing of the request";
            case PENDING -> "still open";
            case APPROVED, DENIED ->
                switch (decision.route()) {
                    case RULE -> "decided by a rule: nobody knows what people would have said";
                    case POLICY -> "answered by policy: nobody knows what people would have said";
                    case BREAK_GLASS -> "an emergency: nobody was asked";
                    case UNKNOWN, PEOPLE, AUDIT -> "the history does not say who decided";
                };
        };
    }

    Map<String, Map<Route, Tally>> actions() {
        return actions;
    }

    Map<String, Attribute> attributes() {
        return attributes;
    }

    Map<String, Unusable> unusable() {
        return unusable;
    }

    long outcomes(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    /** Those who voted, the most often first. */
    List<Map.Entry<String, Long>> deciders() {
        return deciders.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }

    long decisions() {
        return decisions;
    }

    long evidence() {
        return evidence;
    }

    long denied() {
        return denied;
    }

    long audited() {
        return audited;
    }

    int days() {
        return days.size();
    }

    @Nullable
    Instant first() {
        return first;
    }

    @Nullable
    Instant last() {
        return last;
    }

    Map<String, @Nullable Object> json(String name, Reading reading) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("history", name);
        json.put("lines", reading.lines());
        json.put("decisions", decisions);
        json.put("first", first == null ? null : first.toString());
        json.put("last", last == null ? null : last.toString());
        json.put("days", days.size());
        Map<String, Object> known = new LinkedHashMap<>();
        known.put("decisions", evidence);
        known.put("denied", denied);
        known.put("audited", audited);
        json.put("evidence", known);
        List<Object> rows = new ArrayList<>();
        actions.forEach((action, routes) -> routes.forEach((route, tally) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("action", action);
            row.put("route", word(route));
            for (Result result : Result.values()) {
                row.put(result.name().toLowerCase(Locale.ROOT), tally.of(result));
            }
            rows.add(row);
        }));
        json.put("actions", rows);
        Map<String, Object> people = new LinkedHashMap<>();
        deciders().forEach(person -> people.put(person.getKey(), person.getValue()));
        json.put("votes", people);
        Map<String, Object> said = new LinkedHashMap<>();
        for (Outcome outcome : Outcome.values()) {
            said.put(outcome.name().toLowerCase(Locale.ROOT), outcomes(outcome));
        }
        json.put("outcomes", said);
        List<Object> found = new ArrayList<>();
        attributes.forEach((attribute, seen) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("attribute", attribute);
            row.put("present", seen.present());
            row.put("values", Math.min(seen.values.size(), MOST_VALUES));
            row.put("moreValues", seen.values.size() > MOST_VALUES);
            found.add(row);
        });
        json.put("attributes", found);
        List<Object> left = new ArrayList<>();
        unusable.forEach((why, seen) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("why", why);
            row.put("count", seen.count());
            row.put("examples", seen.examples());
            left.add(row);
        });
        json.put("noEvidence", left);
        List<Object> notes = new ArrayList<>();
        for (Reading.Note note : reading.notes()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("code", note.code());
            row.put("text", note.text());
            row.put("count", note.count());
            row.put("examples", note.examples());
            notes.add(row);
        }
        json.put("notes", notes);
        return json;
    }

    static String word(Route route) {
        return route.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
