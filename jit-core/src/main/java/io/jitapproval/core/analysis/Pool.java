package io.jitapproval.core.analysis;

import io.jitapproval.core.policy.ConditionView.Compare;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The constants with which some attributes that hang together are compared. */
final class Pool {

    /** Operators that look into a list. */
    static final Set<String> ON_LISTS =
            Set.of("contains", "containsAny", "containsAll", "containsNone", "subsetOf", "every", "some");

    /** Times as text and times as such may be equal, where no constant says so. */
    private static final Instant SOME_TIME = Instant.parse("2026-01-01T00:00:00Z");

    private static final int MOST_PATTERN_TEXTS = 64;
    private static final List<Function<String, Object>> SCALES = List.of(
            text -> OffsetDateTime.parse(text).toInstant(),
            Duration::parse,
            LocalDate::parse,
            LocalDateTime::parse,
            LocalTime::parse);

    final Set<BigDecimal> numbers = new TreeSet<>();
    final Set<String> texts = new LinkedHashSet<>();
    /** Times, dates and durations. */
    final Set<Object> scaled = new LinkedHashSet<>();

    final List<TextMachine.Pattern> patterns = new ArrayList<>();
    final Set<Integer> sizes = new TreeSet<>();
    /** The constants of {@code containsAll}, which looks at several elements at once. */
    final Set<Object> together = new LinkedHashSet<>();

    /** How long ago. */
    private final Set<Duration> ages = new TreeSet<>();

    private boolean comparesAttributes;
    private @Nullable String inexact;

    void add(Compare compare) {
        Object operand = compare.operand();
        if (compare.other() != null) {
            comparesAttributes = true;
            return;
        }
        switch (compare.word()) {
            case "equals", "notEquals", "contains", "in", "notIn", "containsAny", "containsNone", "subsetOf" ->
                constants(operand);
            case "containsAll" -> {
                constants(operand);
                together.addAll((Collection<?>) operand);
            }
            case "lessThan", "atMost", "moreThan", "atLeast" -> {
                if (operand instanceof BigDecimal number) {
                    numbers.add(number);
                } else {
                    scaled.add(operand);
                }
            }
            case "exists", "inside", "outside" -> {}
            default -> inexact("the operator '" + compare.word() + "' on " + compare.path());
        }
    }

    private void constants(Object operand) {
        if (operand instanceof Collection<?> several) {
            several.forEach(this::constants);
        } else if (operand instanceof BigDecimal number) {
            numbers.add(number.signum() == 0 ? BigDecimal.ZERO : number);
        } else if (operand instanceof String text) {
            texts.add(text);
            Object value = scaled(text);
            if (value != null) {
                scaled.add(value);
            }
        }
    }

    /** The time, date or duration that a text says; null if it says none. */
    static @Nullable Object scaled(String text) {
        for (Function<String, Object> scale : SCALES) {
            try {
                return scale.apply(text);
            } catch (DateTimeParseException e) {
                // The next may fit.
            }
        }
        return null;
    }

    void inexact(String why) {
        inexact = inexact == null ? why : inexact;
    }

    /** The ages, and none at all. */
    Set<Duration> agesAndNone() {
        Set<Duration> all = new LinkedHashSet<>(ages);
        all.add(Duration.ZERO);
        return all;
    }

    @Nullable
    String inexact() {
        return inexact;
    }

    /** Values that stand for all that are no list, the most natural first. */
    List<Object> values(int variables) {
        Set<Object> values = new LinkedHashSet<>();
        if (!numbers.isEmpty()) {
            values.addAll(Ladder.numbers(numbers, variables));
        }
        values.addAll(scaledTexts(variables));
        values.addAll(texts);
        values.addAll(machineTexts(variables));
        for (int i = 0, found = 0; found < variables; i++) {
            String fresh = i == 0 ? "other" : "other" + i;
            found += values.add(fresh) ? 1 : 0;
        }
        values.add(true);
        values.add(false);
        if (numbers.isEmpty()) {
            values.addAll(Ladder.numbers(numbers, variables));
        }
        return new ArrayList<>(values);
    }

    /** Values that only the classes of an application have, and what cannot be compared with anything. */
    List<Object> odd(int variables) {
        List<Object> odd = new ArrayList<>();
        odd.add(Map.of());
        odd.addAll(scaledValues(variables));
        odd.add(Double.NaN);
        return odd;
    }

    private List<Object> scaledValues(int variables) {
        if (scaled.isEmpty() && comparesAttributes) {
            return Ladder.others(List.of(SOME_TIME), variables);
        }
        return Ladder.others(scaled, variables);
    }

    private List<String> scaledTexts(int variables) {
        List<String> spelled = new ArrayList<>();
        for (Object each : scaledValues(variables)) {
            // The spelling by a zone belongs to a moment alone: the others are local.
            List<String> all = Ladder.spellings(each);
            spelled.addAll(each instanceof Temporal || each instanceof Duration ? all : all.subList(0, 1));
        }
        return spelled;
    }

    private List<String> machineTexts(int variables) {
        if (patterns.isEmpty() && sizes.isEmpty()) {
            return List.of();
        }
        if (!scaled.isEmpty()) {
            inexact("patterns of text together with times, dates or durations");
        }
        if (variables > 1) {
            inexact("patterns of text together with another attribute");
        }
        List<TextMachine.Pattern> all = new ArrayList<>(patterns);
        texts.stream().limit(MOST_PATTERN_TEXTS).map(TextMachine.Pattern::exact).forEach(all::add);
        TextMachine.Found found = TextMachine.find(all, sizes);
        if (!found.exact() || texts.size() > MOST_PATTERN_TEXTS) {
            inexact("so many patterns of text");
        }
        return found.texts();
    }
}
