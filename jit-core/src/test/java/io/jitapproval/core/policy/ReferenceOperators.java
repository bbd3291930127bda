package io.jitapproval.core.policy;

import static io.jitapproval.core.policy.Reference.map;
import static io.jitapproval.core.policy.ReferenceConditions.and;
import static io.jitapproval.core.policy.ReferenceConditions.not;
import static io.jitapproval.core.policy.ReferenceConditions.or;

import io.jitapproval.core.policy.Reference.Flaw;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operators of the {@link Reference}, on values that are there: true, false, or null for unknown. */
final class ReferenceOperators {

    private final Instant now;
    private final Set<Flaw> flaws;

    ReferenceOperators(Instant now, Set<Flaw> flaws) {
        this.now = now;
        this.flaws = flaws;
    }

    Boolean test(String operator, Object value, Object operand) {
        Integer order = order(value, operand);
        return switch (operator) {
            case "equals" -> equal(value, operand);
            case "notEquals" -> not(equal(value, operand));
            case "lessThan" -> order == null ? null : order < 0;
            case "atMost" -> order == null ? null : order <= 0;
            case "moreThan" -> order == null ? null : order > 0;
            case "atLeast" -> order == null ? null : order >= 0;
            case "in" -> has(operand, value);
            case "notIn" -> not(has(operand, value));
            case "contains" -> has(value, operand);
            case "containsAny" -> hasEach(value, operand) == null ? null : or(hasEach(value, operand));
            case "containsAll" -> hasEach(value, operand) == null ? null : and(hasEach(value, operand));
            case "containsNone" -> none(hasEach(value, operand));
            case "subsetOf" -> subset(value, operand);
            case "startsWith", "endsWith", "containsText" -> part(operator, value, operand);
            case "glob" -> value instanceof String text ? glob(text, (String) operand) : null;
            case "regex" -> value instanceof String text ? regex(text, (String) operand) : null;
            case "inNetwork" -> network(value, operand);
            case "notInNetwork" -> not(network(value, operand));
            case "olderThan", "newerThan" -> age(operator.equals("olderThan"), value, operand);
            case "sizeEquals", "sizeAtMost", "sizeAtLeast" -> size(operator, value, (Integer) operand);
            case "every", "some" -> elements(operator.equals("every"), value, map(operand));
            default -> throw new IllegalArgumentException(operator);
        };
    }

    private Boolean none(List<Boolean> each) {
        if (each != null && flaws.contains(Flaw.NONE_OF_UNKNOWN_HOLDS)) {
            return !each.contains(true);
        }
        return each == null ? null : not(or(each));
    }

    private static Boolean has(Object collection, Object element) {
        return collection instanceof Collection<?> some
                ? or(some.stream().map(each -> equal(each, element)).toList())
                : null;
    }

    private static List<Boolean> hasEach(Object collection, Object wanted) {
        return collection instanceof Collection<?> && wanted instanceof Collection<?> some
                ? some.stream().map(each -> has(collection, each)).toList()
                : null;
    }

    private Boolean subset(Object value, Object operand) {
        if (!(value instanceof Collection<?> some) || !(operand instanceof Collection<?>)) {
            return null;
        }
        List<Boolean> each = some.stream().map(one -> has(operand, one)).toList();
        return flaws.contains(Flaw.SUBSET_IS_OVERLAP) ? or(each) : and(each);
    }

    private Boolean part(String operator, Object value, Object operand) {
        if (!(value instanceof String whole) || !(operand instanceof String sought)) {
            return null;
        }
        boolean lower = flaws.contains(Flaw.TEXT_IGNORES_CASE);
        String text = lower ? whole.toLowerCase(Locale.ROOT) : whole;
        String part = lower ? sought.toLowerCase(Locale.ROOT) : sought;
        return switch (operator) {
            case "startsWith" -> text.startsWith(part);
            case "endsWith" -> text.endsWith(part);
            default -> text.contains(part);
        };
    }

    private Boolean glob(String text, String glob) {
        String run = flaws.contains(Flaw.GLOB_STAR_NEEDS_ONE) ? ".+" : ".*";
        String regex = Pattern.compile("\\\\.|.", Pattern.DOTALL)
                .matcher(glob)
                .results()
                .map(result -> switch (result.group()) {
                    case "*" -> run;
                    case "?" -> ".";
                    default ->
                        Pattern.quote(result.group()
                                .substring(
                                        result.group().length() == 2
                                                        && result.group().charAt(0) == '\\'
                                                ? 1
                                                : 0));
                })
                .collect(Collectors.joining());
        return Pattern.compile(regex, Pattern.DOTALL).matcher(text).matches();
    }

    private Boolean regex(String text, String regex) {
        return flaws.contains(Flaw.REGEX_FINDS_INSIDE)
                ? Pattern.compile(regex).matcher(text).find()
                : Pattern.matches(regex, text);
    }

    private Boolean network(Object value, Object operand) {
        String address = value instanceof String text ? bits(text) : null;
        Collection<?> networks = operand instanceof Collection<?> some ? some : List.of(operand);
        if (address == null) {
            return null;
        }
        return networks.stream().map(String.class::cast).anyMatch(network -> {
            String[] parts = network.split("/", -1);
            String begin = bits(parts[0]);
            int prefix = parts.length == 1 ? begin.length() : Integer.parseInt(parts[1]);
            boolean mapped = begin.length() == 32 && parts[0].contains(":") && parts.length == 2;
            prefix = Math.max(0, prefix - (mapped ? 96 : 0) - (flaws.contains(Flaw.NETWORK_ONE_BIT_SHORT) ? 1 : 0));
            return begin.length() == address.length()
                    && address.startsWith(begin.substring(0, Math.min(prefix, begin.length())));
        });
    }

    /** An address as 32 or 128 zeros and ones; null if it is none. */
    private String bits(String text) {
        String part = "(0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])";
        if (text.matches(part + "(\\." + part + "){3}")) {
            return Stream.of(text.split("\\."))
                    .map(each -> binary(Integer.parseInt(each), 8))
                    .collect(Collectors.joining());
        }
        String plain = text;
        if (text.matches("[0-9a-fA-F:]*:\\d+\\.\\d+\\.\\d+\\.\\d+")) {
            String v4 = bits(text.substring(text.lastIndexOf(':') + 1));
            if (v4 == null) {
                return null;
            }
            plain = text.substring(0, text.lastIndexOf(':') + 1)
                    + Integer.toHexString(Integer.parseInt(v4.substring(0, 16), 2)) + ":"
                    + Integer.toHexString(Integer.parseInt(v4.substring(16), 2));
        }
        if (plain.contains("::") && plain.indexOf("::") == plain.lastIndexOf("::")) {
            long groups = Arrays.stream(plain.split(":"))
                    .filter(each -> !each.isEmpty())
                    .count();
            String zeros = ":0".repeat((int) Math.max(0, 8 - groups));
            plain = plain.replace("::", zeros + ":").replaceAll("^:|:$", "");
        }
        if (!plain.matches("[0-9a-fA-F]{1,4}(:[0-9a-fA-F]{1,4}){7}")) {
            return null;
        }
        String all = Stream.of(plain.split(":"))
                .map(each -> binary(Integer.parseInt(each, 16), 16))
                .collect(Collectors.joining());
        boolean mapped =
                all.startsWith("0".repeat(80) + "1".repeat(16)) && !flaws.contains(Flaw.NETWORK_MAPPED_IS_IPV6);
        return mapped ? all.substring(96) : all;
    }

    private static String binary(int value, int digits) {
        String binary = Integer.toBinaryString(value);
        return "0".repeat(digits - binary.length()) + binary;
    }

    private Boolean age(boolean older, Object value, Object operand) {
        Instant time = instant(value);
        LocalDate day = read(value, LocalDate.class, LocalDate::parse);
        Duration limit = duration(operand);
        if ((time == null && day == null) || limit == null || limit.isNegative()) {
            return null;
        }
        Instant begin = time != null ? time : day.atTime(0, 0).toInstant(ZoneOffset.UTC);
        if (begin.isAfter(now.plusSeconds(60)) && !flaws.contains(Flaw.FUTURE_IS_YOUNG)) {
            return null;
        }
        Duration age = begin.isAfter(now) ? Duration.ZERO : Duration.between(begin, now);
        int order = age.compareTo(limit);
        boolean equal = order == 0 && flaws.contains(Flaw.AGE_LIMIT_INCLUDED);
        return equal || (older ? order > 0 : order < 0);
    }

    private Boolean size(String operator, Object value, int operand) {
        Integer size = null;
        if (value instanceof String text) {
            size = flaws.contains(Flaw.SIZE_COUNTS_HALVES)
                    ? text.length()
                    : (int) text.codePoints().count();
        } else if (value instanceof Collection<?> some) {
            size = some.size();
        } else if (value instanceof Map<?, ?> map) {
            size = map.size();
        }
        if (size == null) {
            return null;
        }
        return operator.equals("sizeEquals")
                ? size == operand
                : operator.equals("sizeAtMost") ? size <= operand : size >= operand;
    }

    private Boolean elements(boolean every, Object value, Map<String, Object> tests) {
        if (!(value instanceof Collection<?> some)) {
            return null;
        }
        if (every && some.isEmpty() && flaws.contains(Flaw.EVERY_OF_NONE_FAILS)) {
            return false;
        }
        List<Boolean> each = some.stream()
                .map(element -> and(tests.entrySet().stream()
                        .map(one -> test(one.getKey(), element, one.getValue()))
                        .toList()))
                .toList();
        if (!every && flaws.contains(Flaw.SOME_IGNORES_UNKNOWN)) {
            return each.contains(true);
        }
        return every ? and(each) : or(each);
    }

    static Boolean equal(Object a, Object b) {
        if (a instanceof String && b instanceof String) {
            return a.equals(b);
        }
        if (a instanceof Boolean && b instanceof Boolean) {
            return a.equals(b);
        }
        Integer order = order(a, b);
        return order == null ? null : order == 0;
    }

    private static Integer order(Object a, Object b) {
        if (a instanceof Number && b instanceof Number) {
            return new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString()));
        }
        if (instant(a) != null && instant(b) != null) {
            return instant(a).compareTo(instant(b));
        }
        if (duration(a) != null && duration(b) != null) {
            return duration(a).compareTo(duration(b));
        }
        LocalDate day = read(a, LocalDate.class, LocalDate::parse);
        LocalDate other = read(b, LocalDate.class, LocalDate::parse);
        return day == null || other == null ? null : Integer.signum(day.compareTo(other));
    }

    private static Instant instant(Object value) {
        return value instanceof OffsetDateTime time
                ? time.toInstant()
                : read(value, Instant.class, text -> OffsetDateTime.parse(text).toInstant());
    }

    private static Duration duration(Object value) {
        return read(value, Duration.class, Duration::parse);
    }

    private static <T> T read(Object value, Class<T> type, Function<String, T> parse) {
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        try {
            return value instanceof String text ? parse.apply(text) : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
