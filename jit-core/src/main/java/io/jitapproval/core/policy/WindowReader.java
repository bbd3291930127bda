package io.jitapproval.core.policy;

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
import org.jspecify.annotations.Nullable;

/** Reads the windows of {@code time}: inside, outside, days and zone. */
final class WindowReader {

    /** The words that work on {@code time} alone. */
    static final List<String> WORDS = List.of("inside", "outside", "days", "zone");

    private static final Pattern HOURS = Pattern.compile("(\\d\\d):(\\d\\d)-(\\d\\d):(\\d\\d)");
    private static final List<String> DAYS =
            Arrays.stream(DayOfWeek.values()).map(Window::shortName).toList();

    private final Problems problems;

    WindowReader(Problems problems) {
        this.problems = problems;
    }

    void read(Node.Obj object, Node.Place place, List<Condition> parts) {
        ZoneId zone = zone(object);
        Set<DayOfWeek> days = days(object);
        boolean hours = false;
        for (Map.Entry<String, Operator> entry : Operators.onTime().entrySet()) {
            Node.Field field = object.fields().get(entry.getKey());
            if (field != null) {
                hours = true;
                Window window = window(entry.getKey(), field.value(), zone, days);
                if (window != null) {
                    parts.add(new Comparison(Attribute.TIME, entry.getValue(), window, null));
                }
            }
        }
        if (hours) {
            return;
        }
        if (object.fields().containsKey("days")) {
            Operator inside = Operators.onTime().get("inside");
            if (inside != null) {
                parts.add(new Comparison(Attribute.TIME, inside, new Window(0, Window.DAY, zone, days), null));
            }
        } else if (object.fields().containsKey("zone")) {
            problems.add(Code.WINDOW, place, "'zone' has nothing to work on: add 'inside', 'outside' or 'days'");
        }
    }

    private @Nullable Window window(String word, Node node, ZoneId zone, Set<DayOfWeek> days) {
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
        return new Window(from, to, zone, days);
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
            problems.add(
                    Code.ZONE,
                    field.value(),
                    "unknown zone " + Words.quote(name)
                            + Words.hint(name, new TreeSet<>(ZoneId.getAvailableZoneIds())));
            return ZoneOffset.UTC;
        }
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
