package io.jitapproval.core.feedback.replay;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.replay.Simulation.Slice;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The decisions by what they have in common: action, type of resource, month, and each attribute that has few values. What is kept is
 * bounded, whatever the history is.
 */
final class Strata {

    /** Of an attribute with more values none is a stratum. */
    private static final int MOST_VALUES = 40;

    private static final int MOST_ATTRIBUTES = 200;
    private static final int MOST_NAMES = 500;
    private static final String OTHERS = "(others)";

    /** Below this nothing can be said of a stratum: with none wrong the bound is still above 5 % (Clopper-Pearson, 95 %). */
    private static final int LEAST = 59;

    private final Map<String, Tally> actions = new TreeMap<>();
    private final Map<String, Tally> types = new TreeMap<>();
    private final Map<String, Tally> months = new TreeMap<>();
    private final Map<String, Values> subject = new HashMap<>();
    private final Map<String, Values> action = new HashMap<>();
    private final Map<String, Values> resource = new HashMap<>();
    private final Map<String, Values> context = new HashMap<>();
    private long day = Long.MIN_VALUE;
    private String month = "";

    /** The values of one attribute; null once there are too many. */
    private static final class Values {

        private @Nullable Map<Object, Tally> tallies = new HashMap<>();

        void add(Object value, PastDecision past, Flip flip, boolean permitted) {
            Map<Object, Tally> known = tallies;
            if (known == null) {
                return;
            }
            Tally tally = known.get(value);
            if (tally == null) {
                if (known.size() == MOST_VALUES) {
                    tallies = null;
                    return;
                }
                tally = new Tally();
                known.put(value, tally);
            }
            tally.add(past, flip, permitted);
        }
    }

    void add(PastDecision past, Flip flip, boolean permitted) {
        EvaluationRequest request = past.request();
        named(actions, request.action().name()).add(past, flip, permitted);
        named(types, request.resource().type()).add(past, flip, permitted);
        named(months, month(past)).add(past, flip, permitted);
        each(subject, request.subject().properties(), past, flip, permitted);
        each(action, request.action().properties(), past, flip, permitted);
        each(resource, request.resource().properties(), past, flip, permitted);
        each(context, request.context(), past, flip, permitted);
    }

    private String month(PastDecision past) {
        long opened = Math.floorDiv(past.opened().getEpochSecond(), 86_400L);
        if (opened != day) {
            day = opened;
            month = LocalDate.ofInstant(past.opened(), ZoneOffset.UTC).toString();
            month = month.substring(0, month.lastIndexOf('-'));
        }
        return month;
    }

    private static Tally named(Map<String, Tally> tallies, String name) {
        Tally tally = tallies.get(name);
        if (tally == null) {
            tally = tallies.computeIfAbsent(tallies.size() < MOST_NAMES ? name : OTHERS, any -> new Tally());
        }
        return tally;
    }

    private static void each(
            Map<String, Values> attributes,
            Map<String, ? extends @Nullable Object> properties,
            PastDecision past,
            Flip flip,
            boolean permitted) {
        for (Map.Entry<String, ? extends @Nullable Object> entry : properties.entrySet()) {
            Object value = entry.getValue();
            if (value instanceof String || value instanceof Boolean || value instanceof Number) {
                Values values = attributes.get(entry.getKey());
                if (values == null) {
                    if (attributes.size() == MOST_ATTRIBUTES) {
                        continue;
                    }
                    values = new Values();
                    attributes.put(entry.getKey(), values);
                }
                values.add(value, past, flip, permitted);
            }
        }
    }

    List<Slice> byAction(double confidence) {
        return slices(actions, confidence);
    }

    List<Slice> byResourceType(double confidence) {
        return slices(types, confidence);
    }

    List<Slice> byMonth(double confidence) {
        return slices(months, confidence);
    }

    private static List<Slice> slices(Map<String, Tally> tallies, double confidence) {
        return tallies.entrySet().stream()
                .map(each -> each.getValue().slice(each.getKey(), confidence))
                .toList();
    }

    /** Of the parts that are not the whole, the one that is wrong most often; of equal ones, that of which least is proved. */
    Optional<Slice> worst(long covered, double confidence) {
        List<Slice> candidates = new ArrayList<>();
        Map<String, Tally> all = new TreeMap<>();
        actions.forEach((name, tally) -> all.put("action.name=" + name, tally));
        types.forEach((name, tally) -> all.put("resource.type=" + name, tally));
        months.forEach((name, tally) -> all.put("month=" + name, tally));
        gather("subject.", subject, all);
        gather("action.", action, all);
        gather("resource.", resource, all);
        gather("context.", context, all);
        all.forEach((name, tally) -> {
            if (tally.covered() >= LEAST && tally.covered() < covered) {
                candidates.add(tally.slice(name, confidence));
            }
        });
        return candidates.stream()
                .max(Comparator.comparingDouble((Slice each) -> each.people().wrongRate())
                        .thenComparingDouble(each -> each.people().wrongBound())
                        .thenComparing(Slice::name, Comparator.reverseOrder()));
    }

    private static void gather(String root, Map<String, Values> attributes, Map<String, Tally> all) {
        attributes.forEach((name, values) -> {
            if (values.tallies != null) {
                values.tallies.forEach((value, tally) -> all.put(root + name + "=" + value, tally));
            }
        });
    }
}
