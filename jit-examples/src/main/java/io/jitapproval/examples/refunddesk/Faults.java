package io.jitapproval.examples.refunddesk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Collects what is wrong with one document, with the place of each fault. */
final class Faults {

    private static final int LONGEST_QUOTE = 60;

    private final String origin;
    private final List<Placed> all = new ArrayList<>();

    Faults(String origin) {
        this.origin = origin;
    }

    void add(Json.Place place, String code, String text) {
        all.add(new Placed(place, new Fault(origin + ":" + place.line() + ":" + place.column(), code, text)));
    }

    /** For what has no place within the document. */
    void add(String code, String text) {
        all.add(new Placed(new Json.Place(0, 0), new Fault(origin, code, text)));
    }

    void wrongType(Json node, String what, String expected) {
        add(node.place(), Fault.WRONG_TYPE, what + " must be " + expected + ", but is " + node.kind());
    }

    /** How many there are. */
    int count() {
        return all.size();
    }

    /** All of them in the order of their places. */
    List<Fault> all() {
        return all.stream()
                .sorted(Comparator.comparing((Placed each) -> each.place().line())
                        .thenComparing(each -> each.place().column()))
                .map(Placed::fault)
                .toList();
    }

    private record Placed(Json.Place place, Fault fault) {}

    /** A name or value from outside, shortened and made visible. */
    static String quote(String text) {
        String visible = Visible.of(text);
        return "'" + (visible.length() <= LONGEST_QUOTE ? visible : visible.substring(0, LONGEST_QUOTE) + "...") + "'";
    }

    static String list(Iterable<String> words) {
        List<String> quoted = new ArrayList<>();
        words.forEach(quoted::add);
        return quoted.stream().collect(Collectors.joining(", "));
    }
}
