package io.jitapproval.core.policy;

import static java.util.Objects.requireNonNull;

import io.jitapproval.core.document.Code;
import io.jitapproval.core.document.Fields;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Problems;
import io.jitapproval.core.document.Words;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the windows of {@code time}: inside, outside, days and zone. */
final class WindowReader {

    /** The words that work on {@code time} alone. */
    static final List<String> WORDS = List.of("inside", "outside", "days", "on", "except", "zone");

    private static final Pattern HOURS = Pattern.compile("(\\d\\d):(\\d\\d)-(\\d\\d):(\\d\\d)");
    static final List<String> DAYS =
            Arrays.stream(DayOfWeek.values()).map(Window::shortName).toList();

    private final Problems problems;
    private Set<String> calendarNames = Set.of();
    private Map<String, Calendar> calendars = Map.of();

    WindowReader(Problems problems) {
        this.problems = problems;
    }

    /** The calendars of the document: all names, and those that could be read. */
    void know(Set<String> names, Map<String, Calendar> known) {
        this.calendarNames = names;
        this.calendars = known;
    }

    void read(Node.Obj object, Node.Place place, List<Condition> parts) {
        ZoneId zone = zone(object);
        Set<DayOfWeek> days = days(object);
        Calendar on = calendar(object, "on");
        Calendar except = calendar(object, "except");
        boolean hours = false;
        for (Map.Entry<String, Operator> entry : Operators.onTime().entrySet()) {
            Node.Field field = object.fields().get(entry.getKey());
            if (field != null) {
                hours = true;
                int[] window = hours(entry.getKey(), field.value());
                if (window != null) {
                    parts.add(comparison(entry.getKey(), new Window(window[0], window[1], zone, days, on, except)));
                }
            }
        }
        if (hours) {
            return;
        }
        if (Stream.of("days", "on", "except").anyMatch(object.fields()::containsKey)) {
            parts.add(comparison("inside", new Window(0, Window.DAY, zone, days, on, except)));
        } else if (object.fields().containsKey("zone")) {
            problems.add(
                    Code.WINDOW,
                    place,
                    "'zone' has nothing to work on: add 'inside', 'outside', 'days', 'on' or 'except'");
        }
    }

    private static Condition comparison(String word, Window window) {
        return new Comparison(Attribute.TIME, requireNonNull(Operators.onTime().get(word)), window, null);
    }

    private @Nullable Calendar calendar(Node.Obj object, String word) {
        Node.Field field = object.fields().get(word);
        String name = field == null ? null : Fields.text(field.value(), word, problems);
        if (field == null || name == null) {
            return null;
        }
        if (!calendarNames.contains(name)) {
            problems.add(
                    Code.NAMED,
                    field.value(),
                    "unknown calendar " + Words.quote(name)
                            + (calendarNames.isEmpty()
                                    ? ": the document has no 'calendars'"
                                    : Words.hint(name, calendarNames)));
        }
        return calendars.get(name);
    }

    /** From and to in minutes of the day; null, with a problem, if they cannot be read. */
    private int @Nullable [] hours(String word, Node node) {
        if (!(node instanceof Node.Str text)) {
            problems.wrongType(node, "'" + word + "'", "a time window such as \"07:00-22:00\"");
            return null;
        }
        Matcher matcher = HOURS.matcher(text.value());
        int from = matcher.matches() ? minute(matcher.group(1), matcher.group(2)) : -1;
        int to = from < 0 ? -1 : minute(matcher.group(3), matcher.group(4));
        if (from < 0 || to < 0 || from == Window.DAY) {
            problems.add(
                    Code.WINDOW,
                    node,
                    text.show() + " is not a time window: write from and to as \"07:00-22:00\", 00:00 to 24:00");
            return null;
        }
        if (from == to) {
            problems.add(
                    Code.WINDOW,
                    node,
                    "the window " + text.show() + " begins where it ends: for the whole day write \"00:00-24:00\"");
            return null;
        }
        return new int[] {from, to};
    }

    private static int minute(String hours, String minutes) {
        int minute = Integer.parseInt(hours) * 60 + Integer.parseInt(minutes);
        return Integer.parseInt(minutes) > 59 || minute > Window.DAY ? -1 : minute;
    }

    private ZoneId zone(Node.Obj object) {
        Node.Field field = object.fields().get("zone");
        String name = field == null ? null : Fields.text(field.value(), "zone", problems);
        if (field == null || name == null) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            String closest = Words.closest(name, zonesLike(name));
            problems.add(
                    Code.ZONE,
                    field.value(),
                    "unknown zone " + Words.quote(name) + (closest == null ? "" : ": did you mean '" + closest + "'?"));
            return ZoneOffset.UTC;
        }
    }

    /** Those with the same first letter: there are more zones than a hint looks at. */
    private static Set<String> zonesLike(String name) {
        return ZoneId.getAvailableZoneIds().stream()
                .filter(zone -> zone.regionMatches(true, 0, name, 0, 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<DayOfWeek> days(Node.Obj object) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        Node.Field field = object.fields().get("days");
        if (field == null) {
            return days;
        }
        if (!(field.value() instanceof Node.Arr array)) {
            problems.wrongType(field.value(), "'days'", "a list such as [\"MON\", \"TUE\"]");
            return days;
        }
        if (array.items().isEmpty()) {
            problems.add(Code.EMPTY, array, "'days' is empty: name at least one day");
        }
        for (Node item : array.items()) {
            String name = Fields.text(item, "days", problems);
            int day = name == null ? -1 : DAYS.indexOf(name.toUpperCase(Locale.ROOT));
            if (day >= 0) {
                days.add(DayOfWeek.of(day + 1));
            } else if (name != null) {
                problems.add(Code.DAY, item, "unknown day " + Words.quote(name) + Words.hint(name, DAYS));
            }
        }
        return days;
    }
}
