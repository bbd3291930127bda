package io.jitapproval.core.document;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.document.Node.Place;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects the faults of one document. Each shows its line with a mark under the value. */
public final class Problems {

    private static final int MOST = 1000;
    private static final int WIDEST = 100;
    private static final Pattern LINE_END = Pattern.compile("\\r\\n|\\r|\\n");

    private record Found(Place place, ConfigurationProblem problem) {}

    private final PolicyText document;
    private final int firstLine;
    private final List<Found> found = new ArrayList<>();
    private final Set<Place> spoilt = new HashSet<>();
    private String @Nullable [] lines;
    private int left;

    public Problems(PolicyText document) {
        this(document, 1);
    }

    /** Of a document that is a part of a larger one, in which it begins at this line. */
    public Problems(PolicyText document, int firstLine) {
        this.document = document;
        this.firstLine = firstLine;
    }

    public void add(Code code, Place place, String what) {
        add(code.code(), place, what);
    }

    /** A fault that only one kind of document can have, with a code of its own. */
    public void add(String code, Place place, String what) {
        if (spoilt.contains(place)) {
            return;
        }
        if (found.size() >= MOST) {
            left++;
            return;
        }
        found.add(new Found(place, problem(code, place, what)));
    }

    /** A fault that makes all others of its place idle. */
    void spoil(Code code, Place place, String what) {
        add(code, place, what);
        spoilt.add(place);
    }

    public void add(Code code, Node node, String what) {
        add(code, node.place(), what);
    }

    /** "expected …, but was …". */
    public void wrongType(Node node, String what, String expected) {
        boolean isWord = node instanceof Node.Nil || node instanceof Node.Bool;
        String was = isWord ? node.show() : node.kind() + " " + node.show();
        add(Code.TYPE, node, what + " must be " + expected + ", but was " + was);
    }

    /** Throws if there is any fault. */
    public void throwIfAny() {
        List<ConfigurationProblem> problems = found();
        if (!problems.isEmpty()) {
            throw new JitConfigurationException(problems);
        }
    }

    /** All faults, in the order of the document. */
    public List<ConfigurationProblem> found() {
        Comparator<Place> byPlace = Comparator.comparingInt(Place::line).thenComparingInt(Place::column);
        List<ConfigurationProblem> problems = new ArrayList<>(found.stream()
                .sorted(Comparator.comparing(Found::place, byPlace))
                .map(Found::problem)
                .toList());
        if (left > 0) {
            problems.add(new ConfigurationProblem(
                    Code.TOO_MANY.code(), document.origin(), left + " more faults are not listed: mend these first"));
        }
        return problems;
    }

    private ConfigurationProblem problem(String code, Place place, String what) {
        String where = document.origin() + ":" + (place.line() + firstLine - 1) + ":" + place.column();
        return new ConfigurationProblem(code, where, what + excerpt(place));
    }

    /** The source line and a mark under the value; nothing if the place is behind the end or the line is blank. */
    private String excerpt(Place place) {
        String line = line(place.line());
        int start = Math.min(place.column() - 1, line.length());
        if (line.isBlank()) {
            return "";
        }
        int length = Math.max(1, TreeReader.isYaml(document) ? yamlLength(line, start) : tokenLength(line, start));
        int from = 0;
        while (from < start && Character.isWhitespace(line.charAt(from))) {
            from++;
        }
        if (start + length - from > WIDEST) {
            from = Math.max(from, start - WIDEST / 2);
        }
        int to = Math.min(line.length(), from + WIDEST);
        String shown =
                Words.clean(line.substring(from, to).replace('\t', ' '), WIDEST).stripTrailing();
        int mark = Math.max(1, Math.min(length, to - start));
        return "\n    " + shown + "\n    " + " ".repeat(start - from) + "^".repeat(mark);
    }

    private String line(int number) {
        String[] all = lines;
        if (all == null) {
            all = LINE_END.split(document.text(), -1);
            lines = all;
        }
        return number <= all.length ? all[number - 1] : "";
    }

    private static int tokenLength(String line, int start) {
        if (start >= line.length()) {
            return 1;
        }
        if (line.charAt(start) == '"') {
            for (int i = start + 1; i < line.length(); i++) {
                if (line.charAt(i) == '\\') {
                    i++;
                } else if (line.charAt(i) == '"') {
                    return i + 1 - start;
                }
            }
            return line.length() - start;
        }
        int end = start;
        while (end < line.length()
                && (Character.isLetterOrDigit(line.charAt(end)) || "+-._".indexOf(line.charAt(end)) >= 0)) {
            end++;
        }
        return end - start;
    }

    /** A plain scalar goes up to where YAML ends it on its line. */
    private static int yamlLength(String line, int start) {
        char first = start < line.length() ? line.charAt(start) : ' ';
        if (first == '\'') {
            int end = line.indexOf('\'', start + 1);
            while (end >= 0 && line.startsWith("''", end)) {
                end = line.indexOf('\'', end + 2);
            }
            return (end < 0 ? line.length() : end + 1) - start;
        }
        if ("\"[{&*!|>".indexOf(first) >= 0) {
            return tokenLength(line, start);
        }
        int end = start;
        while (end < line.length()
                && ",]}".indexOf(line.charAt(end)) < 0
                && !line.startsWith(" #", end)
                && !line.startsWith(": ", end)
                && !(line.charAt(end) == ':' && end == line.length() - 1)) {
            end++;
        }
        return line.substring(start, end).stripTrailing().length();
    }
}
