package io.jitapproval.core.analysis;

import io.jitapproval.core.document.LinearPattern;
import io.jitapproval.core.policy.ConditionView.Compare;
import io.jitapproval.core.policy.ConditionView.Edges;
import io.jitapproval.core.policy.ConditionView.Inner;
import io.jitapproval.core.policy.ConditionView.Part;
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
import java.util.LinkedHashMap;
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

    /** One of each kind. */
    private static final List<String> SOME_ADDRESSES = List.of("192.0.2.1", "2001:db8:ffff::1");
    /** Times as text and times as such may be equal, where no constant says so. */
    private static final Instant SOME_TIME = Instant.parse("2026-01-01T00:00:00Z");

    static final Set<String> ON_SIZES = Set.of("sizeEquals", "sizeAtMost", "sizeAtLeast");
    static final Set<String> AGES = Set.of("olderThan", "newerThan");

    private static final Set<String> ON_TEXTS = Set.of("startsWith", "endsWith", "containsText");
    private static final int LARGEST = 200;
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
    private final List<TextMachine.Pattern> globs = new ArrayList<>();
    /** Texts that may fit regular expressions. */
    private final Set<String> examples = new LinkedHashSet<>();
    /** At the edges of networks. */
    private final Set<String> addresses = new LinkedHashSet<>();

    final Set<Integer> sizes = new TreeSet<>();
    /** The constants of {@code containsAll}, which looks at several elements at once. */
    final Set<Object> together = new LinkedHashSet<>();

    /** How long ago. */
    private final Set<Duration> ages = new TreeSet<>();

    private boolean comparesAttributes;
    private @Nullable String inexact;

    void add(Compare compare) {
        if (compare.path().chars().filter(c -> c == '*').count() > 1) {
            inexact("lists of lists behind " + compare.path());
        }
        if (compare.other() == null) {
            add(compare.word(), compare.operand(), compare.path());
        } else if (AGES.contains(compare.word())) {
            inexact("the comparison of the age of " + compare.path() + " with " + compare.other());
        } else if (ON_TEXTS.contains(compare.word())) {
            inexact("the comparison of " + compare.path() + " with " + compare.other() + " by '" + compare.word()
                    + "'");
        }
        comparesAttributes |= compare.other() != null;
    }

    private void add(String word, Object operand, String path) {
        switch (word) {
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
            case "startsWith" -> patterns.add(TextMachine.Pattern.startsWith((String) operand));
            case "endsWith" -> patterns.add(TextMachine.Pattern.endsWith((String) operand));
            case "containsText" -> patterns.add(TextMachine.Pattern.has((String) operand));
            case "glob" -> globs.add(TextMachine.Pattern.glob((String) operand));
            case "regex" -> {
                examples.addAll(RegexSamples.of((String) operand));
                inexact("the regular expression on " + path);
            }
            case "inNetwork", "notInNetwork" -> {
                addresses.addAll(((Edges) operand).addresses());
                addresses.addAll(SOME_ADDRESSES);
            }
            case "olderThan", "newerThan" -> ages.add((Duration) operand);
            case "sizeEquals", "sizeAtMost", "sizeAtLeast" -> size((Integer) operand, path);
            case "every", "some" -> {
                for (Part part : ((Inner) operand).parts()) {
                    add(part.word(), part.operand(), path);
                    if (ON_LISTS.contains(part.word())
                            || ON_SIZES.contains(part.word())
                            || AGES.contains(part.word())) {
                        inexact("'" + part.word() + "' behind '" + word + "' on " + path);
                    }
                }
            }
            case "exists", "inside", "outside" -> {}
            default -> inexact("the operator '" + word + "' on " + path);
        }
    }

    private void size(int size, String path) {
        if (size > LARGEST) {
            inexact("so large a size of " + path);
        } else {
            sizes.add(size);
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
        values.addAll(addresses);
        values.addAll(examples);
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
        for (int size : sizes) {
            odd.add(map(Math.max(0, size - 1)));
            odd.add(map(size));
            odd.add(map(size + 1));
        }
        if (!globs.isEmpty() || !examples.isEmpty()) {
            // Of too long a text, globs and regular expressions are unknown, and other operators are not.
            TextMachine.Found found = TextMachine.findLong(wholeTexts(), LinearPattern.LONGEST_TEXT);
            odd.addAll(found.texts());
            if (!found.exact()) {
                inexact("so many patterns of text");
            }
        }
        odd.addAll(scaledValues(variables));
        odd.add(Double.NaN);
        return odd;
    }

    /** The patterns that look at texts of any length. */
    private List<TextMachine.Pattern> wholeTexts() {
        List<TextMachine.Pattern> all = new ArrayList<>(patterns);
        texts.stream().limit(MOST_PATTERN_TEXTS).map(TextMachine.Pattern::exact).forEach(all::add);
        return all;
    }

    private static Map<String, Object> map(int size) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 1; i <= size; i++) {
            map.put("k" + i, i);
        }
        return map;
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
        // One address, time or duration has many spellings, of which only some are tried.
        if (!texts.isEmpty() && !addresses.isEmpty()) {
            inexact("texts together with networks");
        }
        if (texts.size() > 1 && !scaled.isEmpty()) {
            inexact("texts together with times, dates or durations");
        }
        if (patterns.isEmpty() && globs.isEmpty() && sizes.isEmpty()) {
            return List.of();
        }
        if (!scaled.isEmpty()) {
            inexact("patterns of text together with times, dates or durations");
        }
        if (!addresses.isEmpty()) {
            inexact("patterns of text together with networks");
        }
        if (variables > 1) {
            inexact("patterns of text together with another attribute");
        }
        List<TextMachine.Pattern> all = wholeTexts();
        all.addAll(globs);
        TextMachine.Found found = TextMachine.find(all, sizes);
        if (!found.exact() || texts.size() > MOST_PATTERN_TEXTS) {
            inexact("so many patterns of text");
        }
        return found.texts();
    }
}
