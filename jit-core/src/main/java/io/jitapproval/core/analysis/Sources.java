package io.jitapproval.core.analysis;

import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Node.Place;
import io.jitapproval.core.document.Problems;
import io.jitapproval.core.document.TreeReader;
import io.jitapproval.core.policy.PolicyView.RuleView;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The documents of a policy as they are written: where each rule and definition stands. */
final class Sources {

    /** An object of a document. */
    record Located(String origin, Node.Obj object) {

        Place place() {
            return object.place();
        }

        /** Where the name of the field stands; the object itself if it has no such field. */
        Place key(String field) {
            Node.Field found = object.fields().get(field);
            return found == null ? place() : found.key();
        }
    }

    private final List<Located> documents = new ArrayList<>();
    private final Map<String, Located> rules = new HashMap<>();

    Sources(List<PolicyText> texts) {
        for (PolicyText text : texts) {
            if (TreeReader.read(text, new Problems(text)) instanceof Node.Obj root) {
                documents.add(new Located(text.origin(), root));
                rules(text.origin(), root);
            }
        }
    }

    private void rules(String origin, Node.Obj root) {
        Node.Field field = root.fields().get("rules");
        if (field == null || !(field.value() instanceof Node.Arr array)) {
            return;
        }
        for (Node item : array.items()) {
            if (item instanceof Node.Obj rule) {
                Node.Field id = rule.fields().get("id");
                if (id != null && id.value() instanceof Node.Str text) {
                    rules.put(text.value(), new Located(origin, rule));
                }
            }
        }
    }

    List<Located> documents() {
        return documents;
    }

    /** Where a rule begins, or where one of its fields does. */
    Place place(RuleView rule, @Nullable String field) {
        Located located = rules.get(rule.id());
        return located == null || field == null ? rule.place() : located.key(field);
    }
}
