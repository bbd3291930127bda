package io.jitapproval.core.intercept;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Text with paths in braces.
 *
 * @param source the annotation's text, for messages
 * @param pieces the parts in order
 */
record Template(String source, List<Piece> pieces) {

    static final Template EMPTY = new Template("", List.of());

    /** A literal text or a {@link Path}. */
    sealed interface Piece permits Literal, Path {}

    /** A text that stands for itself. */
    record Literal(String text) implements Piece {}

    /**
     * A way to a value.
     *
     * @param text  the path as written, without braces
     * @param steps its parts; the first is the parameter; the rest know their accessors once they have been checked
     */
    record Path(String text, List<Step> steps) implements Piece {

        String parameter() {
            return steps.get(0).name();
        }
    }

    /** The text is no template; the message says why. */
    static final class MalformedException extends Exception {

        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message);
        }
    }

    /**
     * Reads the part of a text that starts at an index.
     *
     * @throws MalformedException if the braces are not balanced or hold no path
     */
    static Template parse(String source, int from) throws MalformedException {
        List<Piece> pieces = new ArrayList<>();
        int at = from;
        while (at < source.length()) {
            int open = source.indexOf('{', at);
            int end = open < 0 ? source.length() : open;
            String literal = source.substring(at, end);
            if (literal.indexOf('}') >= 0) {
                throw new MalformedException("has a '}' without its '{'");
            }
            if (!literal.isEmpty()) {
                pieces.add(new Literal(literal));
            }
            at = end;
            if (open >= 0) {
                int close = source.indexOf('}', open);
                if (close < 0) {
                    throw new MalformedException("has a '{' without its '}'");
                }
                pieces.add(path(source.substring(open + 1, close)));
                at = close + 1;
            }
        }
        return new Template(source, List.copyOf(pieces));
    }

    private static Path path(String text) throws MalformedException {
        if (text.isBlank()) {
            throw new MalformedException("has an empty '{}'");
        }
        List<Step> steps = new ArrayList<>();
        for (String name : text.split("\\.", -1)) {
            if (name.isEmpty() || name.indexOf('{') >= 0 || name.chars().anyMatch(Character::isWhitespace)) {
                throw new MalformedException("has '{" + text + "}', which is no path such as {order.id}");
            }
            steps.add(new Step(name, null));
        }
        return new Path(text, List.copyOf(steps));
    }

    /**
     * Fills in the values.
     *
     * @param writing how a value is written down
     * @throws UnresolvedTemplateException if one is missing, blank or no text
     */
    String render(Map<String, ? extends @Nullable Object> arguments, UnaryOperator<String> writing) {
        StringBuilder text = new StringBuilder();
        for (Piece piece : pieces) {
            if (piece instanceof Path path) {
                String value = text(value(path, arguments));
                if (value == null) {
                    throw new UnresolvedTemplateException(source, path.text());
                }
                text.append(writing.apply(value));
            } else if (piece instanceof Literal literal) {
                text.append(literal.text());
            }
        }
        return text.toString();
    }

    private static @Nullable Object value(Path path, Map<String, ? extends @Nullable Object> arguments) {
        Object value = Step.unwrap(arguments.get(path.parameter()));
        for (Step step : path.steps().subList(1, path.steps().size())) {
            value = value == null ? null : Step.unwrap(step.from(value));
        }
        return value;
    }

    /** The name of an enum constant, not its text, so that the plain form gives the same. */
    private static @Nullable String text(@Nullable Object value) {
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof String || value instanceof Number || value instanceof UUID) {
            String text = String.valueOf(value);
            return text.isBlank() ? null : text;
        }
        return null;
    }
}
