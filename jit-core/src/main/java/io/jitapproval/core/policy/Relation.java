package io.jitapproval.core.policy;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.core.document.Node.Place;
import io.jitapproval.core.document.Problems;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Whom an attribute of a request holds, such as the owner of the resource.
 *
 * @param names   the texts in it; what is of another type is left out. None if the attribute is missing, fails or holds too many
 * @param tooMany whether it holds more than {@value #MOST_NAMES} elements: each would be looked up, and who takes the first of
 *                them lets whoever orders the list choose
 */
public record Relation(List<String> names, boolean tooMany) {

    /** An attribute that holds more than these names nobody. */
    public static final int MOST_NAMES = 100;

    private static final Relation NOBODY = new Relation(List.of(), false);

    /**
     * Copies the names.
     *
     * @param names   as above
     * @param tooMany as above
     */
    public Relation {
        names = List.copyOf(names);
    }

    /**
     * Reads an attribute that holds a text or a list of them.
     *
     * @param path    the attribute's path
     * @param request the request
     * @param now     the time
     * @param lookup  fetches what the request lacks
     * @return whom it holds
     */
    public static Relation of(String path, EvaluationRequest request, Instant now, AttributeLookup lookup) {
        Attribute attribute = Attribute.parse(path, new Place(1, 1), new Problems(new PolicyText(path, path)));
        if (attribute == null) {
            return NOBODY;
        }
        try {
            Object value = attribute.value(request, now, lookup);
            List<String> names = new ArrayList<>();
            int elements = 0;
            for (Object each : value instanceof Collection<?> some ? some : List.of(value)) {
                elements++;
                if (elements > MOST_NAMES) {
                    return new Relation(List.of(), true);
                }
                String text = each == null ? null : Values.text(each);
                if (text != null && !text.isBlank()) {
                    names.add(text);
                }
            }
            return new Relation(names, false);
        } catch (RuntimeException unreadable) {
            // A collection of the application that throws when read: nobody is named.
            return NOBODY;
        }
    }
}
