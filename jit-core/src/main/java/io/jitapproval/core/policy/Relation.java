package io.jitapproval.core.policy;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.core.document.Node.Place;
import io.jitapproval.core.document.Problems;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Whom an attribute of a request holds, such as the owner of the resource. */
public final class Relation {

    private Relation() {}

    /**
     * The texts in an attribute that holds one or a list of them.
     *
     * @param path    the attribute's path
     * @param request the request
     * @param now     the time
     * @param lookup  fetches what the request lacks
     * @return the texts; what is missing, fails or is of another type is left out
     */
    public static List<String> texts(String path, EvaluationRequest request, Instant now, AttributeLookup lookup) {
        Attribute attribute = Attribute.parse(path, new Place(1, 1), new Problems(new PolicyText(path, path)));
        List<String> texts = new ArrayList<>();
        if (attribute == null) {
            return texts;
        }
        try {
            Object value = attribute.value(request, now, lookup);
            for (Object each : value instanceof Collection<?> some ? some : List.of(value)) {
                String text = each == null ? null : Values.text(each);
                if (text != null && !text.isBlank()) {
                    texts.add(text);
                }
            }
            return texts;
        } catch (RuntimeException unreadable) {
            // A collection of the application that throws when read: nobody is named.
            return List.of();
        }
    }
}
