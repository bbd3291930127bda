package io.jitapproval.core.policy;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.core.document.Code;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Problems;
import io.jitapproval.core.document.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A compiled path such as {@code action.amount}. */
final class Attribute {

    /** The words with which a path begins. */
    static final List<String> ROOTS = List.of("subject", "action", "resource", "context", "evidence", "time");

    /** What a path through what models say looks like; the same in the schema. */
    static final String EVIDENCE = "evidence\\.[A-Za-z0-9_-]{1,64}\\.(score|model|novel)";

    private static final Pattern EVIDENCE_PATH = Pattern.compile(EVIDENCE);
    private static final String EACH = "*";
    static final int MOST_PARTS = 32;
    private static final int MOST_DIGITS = 9;

    static final Attribute TIME = new Attribute("time", Source.TIME, new String[0]);

    private enum Source {
        SUBJECT_ID("subject.id"),
        SUBJECT_TYPE("subject.type"),
        ACTION_NAME("action.name"),
        RESOURCE_ID("resource.id"),
        RESOURCE_TYPE("resource.type"),
        TIME("time"),
        SUBJECT("subject"),
        ACTION("action"),
        RESOURCE("resource"),
        CONTEXT("context"),
        EVIDENCE("evidence");

        private final String path;

        Source(String path) {
            this.path = path;
        }
    }

    /** The paths that every request has besides {@code time}; none goes on behind them. */
    static final List<String> BUILT_IN = Arrays.stream(Source.values())
            .map(source -> source.path)
            .filter(path -> path.indexOf('.') > 0)
            .toList();

    private final String path;
    private final Source source;
    /** The keys behind the root; empty for what is built in. */
    private final String[] keys;
    /** How many of them name what a request or a resolver holds; behind them the way goes on through lists. */
    private final int named;
    /** The path up to there. */
    private final String head;

    private Attribute(String path, Source source, String[] keys) {
        this.path = path;
        this.source = source;
        // Interned, here and in constants and names of actions: what applications write as literals is then the very
        // object.
        this.keys = Arrays.stream(keys).map(String::intern).toArray(String[]::new);
        int way = 1;
        while (way < keys.length && !keys[way].equals(EACH) && index(keys[way]) < 0) {
            way++;
        }
        this.named = Math.min(way, keys.length);
        this.head = named == keys.length ? path : source.path + "." + String.join(".", Arrays.copyOf(keys, named));
    }

    /** The compiled path; null if it is not well-formed, which is then among the problems. */
    static @Nullable Attribute parse(String path, Node.Place place, Problems problems) {
        String[] parts = path.split("\\.", -1);
        if (!ROOTS.contains(parts[0])) {
            String root = Words.closest(parts[0], ROOTS);
            String hint = root == null
                    ? Words.hint(parts[0], ROOTS)
                    : ": did you mean " + Words.quote(root + path.substring(parts[0].length())) + "?";
            problems.add(Code.ATTRIBUTE, place, "unknown attribute " + Words.quote(path) + hint);
            return null;
        }
        for (Source builtIn : Source.values()) {
            if (builtIn.path.equals(path) && (path.indexOf('.') > 0 || builtIn == Source.TIME)) {
                return new Attribute(path, builtIn, new String[0]);
            }
            boolean below = path.startsWith(builtIn.path + ".");
            if (below && (builtIn.path.indexOf('.') > 0 || builtIn == Source.TIME)) {
                problems.add(
                        Code.ATTRIBUTE,
                        place,
                        Words.quote(path) + " goes on behind " + builtIn.path + ", which has no parts");
                return null;
            }
        }
        if (parts.length == 1) {
            problems.add(
                    Code.ATTRIBUTE,
                    place,
                    Words.quote(path) + " needs the name of an attribute, such as '" + path
                            + (parts[0].equals(Source.EVIDENCE.path) ? ".refunds.score'" : ".department'"));
            return null;
        }
        if (Arrays.stream(parts)
                .anyMatch(part -> part.isBlank() || part.chars().anyMatch(c -> Words.isControl((char) c)))) {
            problems.add(Code.ATTRIBUTE, place, "the attribute " + Words.quote(path) + " has a blank part");
            return null;
        }
        boolean strange = parts[0].equals(Source.EVIDENCE.path)
                && !EVIDENCE_PATH.matcher(path).matches();
        String fault = strange
                ? " is nothing that a model says: write evidence.NAME.score, evidence.NAME.novel or evidence.NAME.model, where NAME has"
                        + " letters, digits, - and _"
                : parts[1].equals(EACH)
                        ? " has a * behind '" + parts[0] + "', which is no list: name the attribute that is one"
                        : parts.length > MOST_PARTS ? " has more than " + MOST_PARTS + " parts" : "";
        if (!fault.isEmpty()) {
            problems.add(Code.ATTRIBUTE, place, "the attribute " + Words.quote(path) + fault);
            return null;
        }
        Source root = Arrays.stream(Source.values())
                .filter(each -> each.path.equals(parts[0]))
                .findFirst()
                .orElseThrow();
        return new Attribute(path, root, Arrays.copyOfRange(parts, 1, parts.length));
    }

    String path() {
        return path;
    }

    /** What is fetched where the request lacks it. */
    String head() {
        return head;
    }

    /** Whether every request has it, so that nobody is asked. */
    boolean isBuiltIn() {
        return keys.length == 0;
    }

    /** Whether it is an argument of the action, which the record has by itself. */
    boolean isArgument(EvaluationRequest request) {
        return source == Source.ACTION && request.action().properties().containsKey(keys[0]);
    }

    /** Whether its value belongs to an argument that nobody may see. */
    boolean isHidden(Set<String> hidden) {
        return source == Source.ACTION && hidden.contains(keys[0]);
    }

    /** Whether a path, as a lookup knows it, belongs to an argument that nobody may see. */
    static boolean isHidden(String path, Set<String> hidden) {
        return hidden.stream()
                .anyMatch(name -> path.equals("action." + name) || path.startsWith("action." + name + "."));
    }

    /** The value in the request, else what the lookup has, else an {@link Absent}. */
    Object value(EvaluationRequest request, Instant now, AttributeLookup lookup) {
        // By far the most, and foreseeable: a switch over all of them is a jump that is not.
        if (source == Source.SUBJECT) {
            return within(request.subject().properties(), request, lookup);
        }
        if (source == Source.ACTION) {
            return within(request.action().properties(), request, lookup);
        }
        return switch (source) {
            case SUBJECT_ID -> request.subject().id();
            case SUBJECT_TYPE -> request.subject().type();
            case ACTION_NAME -> request.action().name();
            case RESOURCE_ID -> request.resource().id();
            case RESOURCE_TYPE -> request.resource().type();
            case TIME -> now;
            case RESOURCE -> within(request.resource().properties(), request, lookup);
            case EVIDENCE -> evidence(request, lookup);
            default -> within(request.context(), request, lookup);
        };
    }

    /** What a model says, which no request can carry. That there is none cannot be spoken of: nobody means to let its absence loosen. */
    private Object evidence(EvaluationRequest request, AttributeLookup lookup) {
        Object value = lookup.fetch(path, request);
        return value == Absent.MISSING ? Absent.NO_MODEL : value;
    }

    private Object within(
            Map<String, ? extends @Nullable Object> properties, EvaluationRequest request, AttributeLookup lookup) {
        Object value = held(properties, request, lookup);
        return named == keys.length || value instanceof Absent ? value : behind(value, named);
    }

    private Object held(
            Map<String, ? extends @Nullable Object> properties, EvaluationRequest request, AttributeLookup lookup) {
        Object value = properties.get(keys[0]);
        for (int i = 1; i < named && value != null; i++) {
            if (!(value instanceof Map<?, ?> map)) {
                return Absent.NOT_A_MAP;
            }
            value = map.get(keys[i]);
        }
        return value == null ? lookup.fetch(head, request) : value;
    }

    /** What the request or the lookup has under its {@link #head()}, else an {@link Absent}; not for what is built in. */
    Object held(EvaluationRequest request, AttributeLookup lookup) {
        return switch (source) {
            case SUBJECT -> held(request.subject().properties(), request, lookup);
            case ACTION -> held(request.action().properties(), request, lookup);
            case RESOURCE -> held(request.resource().properties(), request, lookup);
            case EVIDENCE -> evidence(request, lookup);
            default -> held(request.context(), request, lookup);
        };
    }

    /** What the value holds behind the keys that come first; through maps, and through lists by index or all at once. */
    private Object behind(Object value, int from) {
        Object at = value;
        for (int i = from; i < keys.length; i++) {
            if (at instanceof Map<?, ?> map && !keys[i].equals(EACH)) {
                at = map.get(keys[i]);
            } else if (keys[i].equals(EACH)) {
                return at instanceof Collection<?> list ? each(list, i + 1) : Absent.NOT_A_LIST;
            } else if (at instanceof List<?> list && index(keys[i]) >= 0) {
                at = index(keys[i]) < list.size() ? list.get(index(keys[i])) : null;
            } else {
                return Absent.NOT_A_MAP;
            }
            if (at == null) {
                return Absent.MISSING;
            }
        }
        return at;
    }

    /** What every element holds, in one list; several stars still give one flat list. */
    private Object each(Collection<?> list, int from) {
        boolean flat = Arrays.asList(keys).subList(from, keys.length).contains(EACH);
        List<Object> all = new ArrayList<>(list.size());
        for (Object element : list) {
            Object held = element == null ? Absent.MISSING : behind(element, from);
            if (held instanceof Absent absent) {
                return absent.isMissing() ? Absent.NOT_IN_EVERY : absent;
            }
            if (flat && held instanceof Collection<?> some) {
                all.addAll(some);
            } else {
                all.add(held);
            }
        }
        return all;
    }

    /** The whole number that a part is, without leading zeros; -1 if it is none. */
    private static int index(String part) {
        boolean isIndex = part.length() <= MOST_DIGITS
                && part.chars().allMatch(c -> c >= '0' && c <= '9')
                && (part.length() == 1 || part.charAt(0) != '0');
        return isIndex ? Integer.parseInt(part) : -1;
    }

    @Override
    public String toString() {
        return path;
    }
}
