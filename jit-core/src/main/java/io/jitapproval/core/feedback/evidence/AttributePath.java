package io.jitapproval.core.feedback.evidence;

import io.jitapproval.EvaluationRequest;
import java.util.Collection;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The way to one attribute of a request, such as {@code subject.department}. Who the subject is has no path: nobody earns evidence for
 * themselves by asking often.
 */
final class AttributePath {

    private static final int MOST_LEVELS = 4;
    private static final String SUBJECT = "subject";
    private static final String ACTION = "action";
    private static final String RESOURCE = "resource";
    private static final String CONTEXT = "context";
    static final String SUBJECT_TYPE = "subject.type";
    static final String ACTION_NAME = "action.name";
    static final String RESOURCE_TYPE = "resource.type";
    static final String RESOURCE_ID = "resource.id";

    private final String text;
    private final String root;
    private final String[] keys;

    private AttributePath(String text, String root, String[] keys) {
        this.text = text;
        this.root = root;
        this.keys = keys;
    }

    static AttributePath of(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("'" + text + "' is no path of an attribute");
        }
        return new AttributePath(
                text, text.substring(0, dot), text.substring(dot + 1).split("\\.", -1));
    }

    String text() {
        return text;
    }

    /** The value there, plain as {@link #plain} makes it; null if the request has none. */
    @Nullable
    Object value(EvaluationRequest request) {
        Object at = switch (text) {
            case SUBJECT_TYPE -> request.subject().type();
            case ACTION_NAME -> request.action().name();
            case RESOURCE_TYPE -> request.resource().type();
            case RESOURCE_ID -> request.resource().id();
            default -> null;
        };
        if (at != null) {
            return at;
        }
        at = switch (root) {
            case SUBJECT -> request.subject().properties();
            case ACTION -> request.action().properties();
            case RESOURCE -> request.resource().properties();
            default -> request.context();
        };
        for (String key : keys) {
            at = at instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return at == null ? null : plain(at);
    }

    /** Hands over every attribute of a request that can be evidence, with its path. */
    static void each(EvaluationRequest request, BiConsumer<String, Object> out) {
        out.accept(SUBJECT_TYPE, request.subject().type());
        out.accept(ACTION_NAME, request.action().name());
        out.accept(RESOURCE_TYPE, request.resource().type());
        out.accept(RESOURCE_ID, request.resource().id());
        each(SUBJECT, request.subject().properties(), 1, out);
        each(ACTION, request.action().properties(), 1, out);
        each(RESOURCE, request.resource().properties(), 1, out);
        each(CONTEXT, request.context(), 1, out);
    }

    private static void each(String prefix, Map<?, ?> values, int level, BiConsumer<String, Object> out) {
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            String key = String.valueOf(entry.getKey());
            Object value = entry.getValue();
            String path = prefix + "." + key;
            if (value == null || key.indexOf('.') >= 0 || isBuiltIn(path)) {
                continue;
            }
            if (value instanceof Map<?, ?> map) {
                if (level < MOST_LEVELS) {
                    each(path, map, level + 1, out);
                }
                continue;
            }
            Object plain = plain(value);
            if (plain != null) {
                out.accept(path, plain);
            }
        }
    }

    /** Attributes that policy reads from elsewhere than the properties. */
    private static boolean isBuiltIn(String path) {
        return path.equals(SUBJECT_TYPE)
                || path.equals("subject.id")
                || path.equals(ACTION_NAME)
                || path.equals(RESOURCE_TYPE)
                || path.equals(RESOURCE_ID)
                || path.equals("context.time");
    }

    /** A text, a double, true or false, or a list; null for what is no evidence, such as times. */
    static @Nullable Object plain(Object value) {
        if (value instanceof String || value instanceof Boolean || value instanceof Collection<?>) {
            return value;
        }
        if (value instanceof Number number) {
            double exact = number.doubleValue();
            // Of the two zeros one is enough.
            return Double.isFinite(exact) ? (Object) (exact == 0 ? 0.0 : exact) : null;
        }
        return value instanceof Enum<?> word ? word.name() : null;
    }

    @Override
    public String toString() {
        return text;
    }
}
