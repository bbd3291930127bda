package io.jitapproval.core.policy;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.core.policy.Selector.Source;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rules of one effect that all look at one attribute (or at the resource) and can be found by its value. Left out are only rules
 * that would not match: a missing attribute, a failed one or one of another type leaves out none, and all are tested.
 *
 * <p>An attribute that the request lacks is never fetched for the sake of finding: rules are tested one after the other until one of
 * them has asked for it, and only the others are then looked up.
 */
class RuleGroup {

    /** A list of more elements than this is no shortcut. */
    private static final int MOST_ELEMENTS = 64;

    private static final int[] NONE = {};

    /** Makes groups; what tests replace. */
    @FunctionalInterface
    interface Maker {
        RuleGroup make(Source source, @Nullable Attribute attribute, Rule[] rules, Map<Object, int[]> byKey);
    }

    private final Source source;
    /** Null for the resource. */
    private final @Nullable Attribute attribute;

    private final Rule[] rules;
    /** By key the places in {@link #rules}, ascending. */
    private final Map<Object, int[]> byKey;

    RuleGroup(Source source, @Nullable Attribute attribute, Rule[] rules, Map<Object, int[]> byKey) {
        this.source = source;
        this.attribute = attribute;
        this.rules = rules;
        this.byKey = new HashMap<>(byKey);
    }

    /** These hits and those of this group before them. */
    final @Nullable Hit hits(@Nullable Hit others, EvaluationRequest request, Instant now, AttributeLookup lookup) {
        Hit hits = others;
        int from = 0;
        Object value = value(request, now, lookup);
        while (value == null && from < rules.length) {
            hits = rules[from].before(hits, request, now, lookup);
            from++;
            value = known(request, now, lookup);
        }
        return value == null ? hits : hits(hits, from, value, request, now, lookup);
    }

    private @Nullable Hit hits(
            @Nullable Hit others,
            int from,
            Object value,
            EvaluationRequest request,
            Instant now,
            AttributeLookup lookup) {
        int[][] places = source.elements() ? ofElements(value) : null;
        int[] one = source.elements() ? null : places(value);
        Hit hits = others;
        if (one != null) {
            for (int place : one) {
                hits = place < from ? hits : rules[place].before(hits, request, now, lookup);
            }
        } else if (places != null) {
            for (int place = next(places, from); place < rules.length; place = next(places, place + 1)) {
                hits = rules[place].before(hits, request, now, lookup);
            }
        } else {
            for (int place = from; place < rules.length; place++) {
                hits = rules[place].before(hits, request, now, lookup);
            }
        }
        return hits;
    }

    /** The value if it is at hand; null if it would have to be fetched. */
    @Nullable
    Object value(EvaluationRequest request, Instant now, AttributeLookup lookup) {
        if (attribute == null) {
            return request.resource().type() + "/" + request.resource().id();
        }
        Object value = read(attribute, request, now, AttributeLookup.OF_NOTHING);
        return value == Absent.NOT_NEEDED ? known(request, now, lookup) : value;
    }

    private @Nullable Object known(EvaluationRequest request, Instant now, AttributeLookup lookup) {
        return attribute == null || !lookup.knows(attribute.head()) ? null : read(attribute, request, now, lookup);
    }

    private static Object read(Attribute attribute, EvaluationRequest request, Instant now, AttributeLookup lookup) {
        try {
            return attribute.value(request, now, lookup);
        } catch (RuntimeException e) {
            // A map or list of the application that throws when read: unknown, and the rules themselves will say so.
            return Absent.broken("cannot be read");
        }
    }

    /** The key of a value of the kind; null for any other, with which all rules are tested. */
    @Nullable
    Object key(@Nullable Object value) {
        Object key = Selector.key(value);
        return key == null || Selector.kind(key) != source.kind() ? null : key;
    }

    /** Where the rules stand for which this value may match; null if that cannot be told. */
    private int @Nullable [] places(@Nullable Object value) {
        Object key = key(value);
        return key == null ? null : byKey.getOrDefault(key, NONE);
    }

    /** The same for each element of a list; null if it is no list or has an element of another kind. */
    private int @Nullable [][] ofElements(Object value) {
        if (!(value instanceof Collection<?> elements)) {
            return null;
        }
        try {
            int[][] places = new int[elements.size()][];
            int at = 0;
            for (Object element : elements) {
                int[] some = at < Math.min(places.length, MOST_ELEMENTS) ? places(element) : null;
                if (some == null) {
                    return null;
                }
                places[at++] = some;
            }
            return at == places.length ? places : null;
        } catch (RuntimeException e) {
            // A list of the application that throws when read, as above.
            return null;
        }
    }

    /** The first place from here on that stands in any of these. */
    private int next(int[][] places, int from) {
        int next = rules.length;
        for (int[] some : places) {
            int found = Arrays.binarySearch(some, from);
            int at = found < 0 ? -found - 1 : found;
            if (at < some.length && some[at] < next) {
                next = some[at];
            }
        }
        return next;
    }
}
