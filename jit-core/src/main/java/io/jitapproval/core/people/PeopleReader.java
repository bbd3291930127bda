package io.jitapproval.core.people;

import io.jitapproval.Ref;
import io.jitapproval.core.document.Fields;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Problems;
import io.jitapproval.core.document.TreeReader;
import io.jitapproval.core.document.Words;
import io.jitapproval.spi.Person;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads people: by id, with name, roles, groups and identities. */
public final class PeopleReader {

    private static final List<String> FILE = List.of("people");
    private static final List<String> PERSON = List.of("name", "roles", "groups", "identities");

    private final Problems problems;
    private final Codes codes;
    private final List<Person> people = new ArrayList<>();
    private final Map<Ref, String> identities = new LinkedHashMap<>();

    private PeopleReader(Problems problems, Codes codes) {
        this.problems = problems;
        this.codes = codes;
    }

    /**
     * The stable codes of the faults that only people can have; each tool has its own.
     *
     * @param identity an identity cannot be read
     * @param twice    an identity belongs to two
     */
    public record Codes(String identity, String twice) {}

    /** The people of a file; nobody, with problems, if it names none. */
    public static Crowd file(PolicyText document, Problems problems, Codes codes) {
        Node root = TreeReader.read(document, problems);
        Fields fields = root == null ? null : Fields.of(root, problems, "the file of people", FILE);
        Node people =
                fields == null ? null : fields.required("people", "\"people\": {\"mia\": {\"roles\": [\"ADMIN\"]}}");
        return people == null ? Crowd.NOBODY : read(people, problems, codes);
    }

    /** The people of an object that has them by id. */
    public static Crowd read(Node node, Problems problems, Codes codes) {
        PeopleReader reader = new PeopleReader(problems, codes);
        if (node instanceof Node.Obj object) {
            object.fields().forEach(reader::person);
        } else {
            problems.wrongType(node, "'people'", "an object such as {\"mia\": {\"roles\": [\"FINANCE_MANAGER\"]}}");
        }
        return new Crowd(reader.people, reader.identities);
    }

    private void person(String id, Node.Field field) {
        boolean isName = Fields.text(new Node.Str(field.key(), id), "person", problems) != null;
        Fields fields = Fields.of(field.value(), problems, "the person " + Words.quote(id), PERSON);
        if (fields == null || !isName) {
            return;
        }
        String name = fields.text("name");
        people.add(new Person(id, name == null ? id : name, names(fields, "roles"), names(fields, "groups")));
        claim(Ref.user(id), id, field.key());
        for (Node.Str text : fields.anyTexts("identities")) {
            try {
                claim(Ref.parse(text.value()), id, text.place());
            } catch (IllegalArgumentException e) {
                problems.add(
                        codes.identity(),
                        text.place(),
                        "the identity " + text.show() + " does not read type/id, such as slack/U01");
            }
        }
    }

    private void claim(Ref identity, String id, Node.Place place) {
        String other = identities.putIfAbsent(identity, id);
        if (other != null && !other.equals(id)) {
            problems.add(
                    codes.twice(),
                    place,
                    Words.quote(identity.toString()) + " is an identity of both " + Words.quote(other) + " and "
                            + Words.quote(id) + ": one identity is one person");
        }
    }

    private static Set<String> names(Fields fields, String field) {
        Set<String> names = new LinkedHashSet<>();
        fields.anyTexts(field).forEach(text -> names.add(text.value()));
        return names;
    }
}
