package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The question that policy answers: may this subject do this action on this resource in these circumstances? Its four
 * parts are those of an evaluation request of the OpenID AuthZEN Authorization API 1.0.
 *
 * @param subject  who acts
 * @param actors   who acts for the subject, nearest to the call first; empty when the subject acts itself. None of them
 *                 may approve the subject's requests
 * @param action   what is done
 * @param resource on what
 * @param context  the circumstances (place, device, purpose, …) by name; values may be null
 */
public record EvaluationRequest(
        Subject subject,
        List<Subject> actors,
        Action action,
        Resource resource,
        Map<String, @Nullable Object> context) {

    /**
     * Checks that every part is there and copies the collections.
     *
     * @param subject  as above
     * @param actors   as above
     * @param action   as above
     * @param resource as above
     * @param context  as above
     * @throws IllegalArgumentException if a name in the context is blank
     */
    public EvaluationRequest {
        requireNonNull(subject, "subject");
        actors = List.copyOf(actors);
        requireNonNull(action, "action");
        requireNonNull(resource, "resource");
        context = Text.properties(context, "context");
    }

    /**
     * A request of a subject that acts itself, with an empty context.
     *
     * @param subject  who acts
     * @param action   what is done
     * @param resource on what
     * @return the request
     */
    public static EvaluationRequest of(Subject subject, Action action, Resource resource) {
        return new EvaluationRequest(subject, List.of(), action, resource, Map.of());
    }

    /**
     * A copy with one circumstance added or replaced.
     *
     * @param name  the circumstance's name; not blank
     * @param value its value
     * @return the copy
     */
    public EvaluationRequest inContext(String name, @Nullable Object value) {
        return new EvaluationRequest(subject, actors, action, resource, Text.with(context, name, value));
    }

    /** {@return the four parts without any property's value} */
    @Override
    public String toString() {
        return subject + (actors.isEmpty() ? "" : " through " + actors) + " " + action + " on " + resource + " in "
                + context.keySet();
    }
}
