package io.jitapproval.core.cases;

import io.jitapproval.Ref;
import io.jitapproval.core.document.Fields;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Problems;
import io.jitapproval.core.document.Words;
import io.jitapproval.spi.Person;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads people: by id, with name, roles, groups and identities. */
final class PeopleReader {

    private static final List<String> PERSON = List.of("name", "roles", "groups", "identities");

    private final Problems problems;
    private final List<Person> people = new ArrayList<>();
    private final Map<Ref, String> identities = new LinkedHashMap<>();

    private PeopleReader(Problems problems) {
        this.problems = problems;
    }

    static Crowd read(Node node, Problems problems) {
        PeopleReader reader = new PeopleReader(problems);
        if (node instanceof Node.Obj object) {
            object.fields().forEach(reader::person);
        } else {
            problems.wrongType(node, "'people'", "an object such as {\"mia\": {\"roles\": [\"FINANCE_MANAGER\"]}}");
        }
        return new Crowd(reader.people, reader.identities);
    }

    private void person(String id, Node.Field field) {
        boolean isName = Fields.text(new Node.Str(field.key(), id), "person", problems) != null;
        Fields fields = Fields.of(field.value(), problems, "a person", PERSON);
        if (fields == null || !isName) {
            return;
        }
        String name = fields.text("name");
        people.add(new Person(id, name == null ? id : name, names(fields, "roles"), names(fields, "groups")));
        claim(Ref.user(id), id, field.key());
        for (Node.Str text : texts(fields, "identities")) {
            try {
                claim(Ref.parse(text.value()), id, text.place());
            } catch (IllegalArgumentException e) {
                TestCode.WHO.at(text, problems, "the identity " + text.show() + " does not read type/id");
            }
        }
    }

    private void claim(Ref identity, String id, Node.Place place) {
        String other = identities.putIfAbsent(identity, id);
        if (other != null && !other.equals(id)) {
            TestCode.PERSON.at(
                    place,
                    problems,
                    Words.quote(identity.toString()) + " is an identity of " + Words.quote(other)
                            + " already: one identity is one person");
        }
    }

    private Set<String> names(Fields fields, String field) {
        Set<String> names = new LinkedHashSet<>();
        texts(fields, field).forEach(text -> names.add(text.value()));
        return names;
    }

    private List<Node.Str> texts(Fields fields, String field) {
        List<Node.Str> texts = Plain.texts(fields.get(field), field, problems);
        return texts == null ? List.of() : texts;
    }
}
