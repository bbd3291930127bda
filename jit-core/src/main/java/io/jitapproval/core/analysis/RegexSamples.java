package io.jitapproval.core.analysis;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Texts that are likely to fit a regular expression. A guess: the engine says whether they do. Knows what most patterns are
 * made of; of others it knows no texts.
 */
final class RegexSamples {

    private static final int MOST = 12;
    private static final String CLASSES = "dDwWsS";
    private static final String MEMBERS = "5x_- 5";

    private final String pattern;
    private int at;

    private RegexSamples(String pattern) {
        this.pattern = pattern;
    }

    static List<String> of(String pattern) {
        RegexSamples reader = new RegexSamples(pattern);
        try {
            List<String> samples = reader.alternatives();
            return reader.at == pattern.length() ? samples : List.of();
        } catch (Unknown e) {
            return List.of();
        }
    }

    private List<String> alternatives() throws Unknown {
        Set<String> all = new LinkedHashSet<>(sequence());
        while (at < pattern.length() && pattern.charAt(at) == '|') {
            at++;
            all.addAll(sequence());
        }
        return all.stream().limit(MOST).toList();
    }

    private List<String> sequence() throws Unknown {
        List<String> all = List.of("");
        while (at < pattern.length() && "|)".indexOf(pattern.charAt(at)) < 0) {
            List<String> part = repeated(atom());
            List<String> longer = new ArrayList<>();
            for (String each : part) {
                for (String before : all) {
                    longer.add(before + each);
                }
            }
            all = longer.stream().distinct().limit(MOST).toList();
        }
        return all;
    }

    private List<String> atom() throws Unknown {
        char c = pattern.charAt(at++);
        switch (c) {
            case '(' -> {
                if (pattern.startsWith("?:", at)) {
                    at += 2;
                } else if (pattern.startsWith("?", at)) {
                    throw new Unknown();
                }
                List<String> inner = alternatives();
                expect(')');
                return inner;
            }
            case '[' -> {
                return List.of(member());
            }
            case '.' -> {
                return List.of("x");
            }
            case '^', '$' -> {
                return List.of("");
            }
            case '\\' -> {
                return List.of(escaped());
            }
            case '*', '+', '?', '{' -> throw new Unknown();
            default -> {
                return List.of(String.valueOf(c));
            }
        }
    }

    private String escaped() throws Unknown {
        char c = next();
        int known = CLASSES.indexOf(c);
        if (known >= 0) {
            return MEMBERS.substring(known, known + 1);
        }
        if (Character.isLetterOrDigit(c)) {
            throw new Unknown();
        }
        return String.valueOf(c);
    }

    /** One character of a class. */
    private String member() throws Unknown {
        boolean not = pattern.startsWith("^", at);
        at += not ? 1 : 0;
        int begin = at;
        String first = "";
        while (at == begin || peek() != ']') {
            char c = next();
            if (c == '[') {
                throw new Unknown();
            }
            String one = c == '\\' ? escaped() : String.valueOf(c);
            first = first.isEmpty() ? one : first;
        }
        String members = pattern.substring(begin, at);
        at++;
        if (!not) {
            return first;
        }
        for (char c : "xyz059_ ~".toCharArray()) {
            if (members.indexOf(c) < 0 && members.indexOf('-') < 0) {
                return String.valueOf(c);
            }
        }
        return "~";
    }

    private List<String> repeated(List<String> once) throws Unknown {
        if (at == pattern.length()) {
            return once;
        }
        char c = pattern.charAt(at);
        if (c == '*' || c == '?' || c == '+') {
            at++;
            lazy();
            List<String> some = new ArrayList<>(once);
            if (c != '+') {
                some.add("");
            }
            return some;
        }
        if (c != '{') {
            return once;
        }
        int end = pattern.indexOf('}', at);
        String count = end < 0 ? "" : pattern.substring(at + 1, end).split(",", 2)[0];
        if (count.isEmpty() || count.length() > 3 || !count.chars().allMatch(Character::isDigit)) {
            throw new Unknown();
        }
        at = end + 1;
        lazy();
        int times = Integer.parseInt(count);
        return once.stream().map(each -> each.repeat(times)).toList();
    }

    private void lazy() {
        at += pattern.startsWith("?", at) ? 1 : 0;
    }

    private char next() throws Unknown {
        char c = peek();
        at++;
        return c;
    }

    private char peek() throws Unknown {
        if (at >= pattern.length()) {
            throw new Unknown();
        }
        return pattern.charAt(at);
    }

    private void expect(char c) throws Unknown {
        if (next() != c) {
            throw new Unknown();
        }
    }

    /** The pattern has something in it that is not known here. */
    private static final class Unknown extends Exception {
        private static final long serialVersionUID = 1L;

        Unknown() {
            super(null, null, false, false);
        }
    }
}
