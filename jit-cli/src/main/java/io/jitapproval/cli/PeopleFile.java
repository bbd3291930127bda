package io.jitapproval.cli;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.Ref;
import io.jitapproval.core.People;
import io.jitapproval.core.document.Fields;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Problems;
import io.jitapproval.core.document.Words;
import io.jitapproval.spi.AttributeResolver;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** People with their roles, groups and identities. Answers for {@code subject.roles} and {@code subject.groups} too. */
final class PeopleFile implements AttributeResolver {

    private static final List<String> DOCUMENT = List.of("people");
    private static final List<String> PERSON = List.of("name", "roles", "groups", "identities");

    private final PeopleDirectory directory;
    private final List<Person> everybody;

    private PeopleFile(Map<Person, Collection<Ref>> people) {
        this.directory = People.of(people);
        this.everybody = List.copyOf(people.keySet());
    }

    static PeopleFile read(PolicyText document) {
        Node root = Requests.tree(document);
        Problems problems = new Problems(document);
        Fields fields = Fields.of(root, problems, "the file of people", DOCUMENT);
        Node list =
                fields == null ? null : fields.required("people", "\"people\": {\"mia\": {\"roles\": [\"ADMIN\"]}}");
        Map<Person, Collection<Ref>> people = new LinkedHashMap<>();
        Map<Ref, String> owners = new LinkedHashMap<>();
        if (list instanceof Node.Obj object) {
            object.fields().forEach((id, field) -> person(id, field, people, owners, problems));
        } else if (list != null) {
            problems.wrongType(list, "'people'", "an object");
        }
        problems.throwIfAny();
        return new PeopleFile(people);
    }

    private static void person(
            String id,
            Node.Field field,
            Map<Person, Collection<Ref>> people,
            Map<Ref, String> owners,
            Problems problems) {
        if (id.isBlank()) {
            problems.add(UsageCode.ATTRIBUTES.code(), field.key(), "a person has a blank id");
            return;
        }
        Fields fields = Fields.of(field.value(), problems, "the person " + Words.quote(id), PERSON);
        if (fields == null) {
            return;
        }
        String name = fields.text("name");
        Set<String> roles = texts(fields, "roles");
        Set<String> groups = texts(fields, "groups");
        List<Ref> identities = new ArrayList<>(List.of(Ref.user(id)));
        for (Node.Str text : fields.texts("identities")) {
            identity(text, problems).ifPresent(identities::add);
        }
        for (Ref identity : identities) {
            String other = owners.putIfAbsent(identity, id);
            if (other != null && !other.equals(id)) {
                problems.add(
                        UsageCode.ATTRIBUTES.code(),
                        field.key(),
                        Words.quote(identity.toString()) + " is an identity of both " + Words.quote(other) + " and "
                                + Words.quote(id) + ": one identity is one person");
            }
        }
        people.put(new Person(id, name == null ? id : name, roles, groups), identities);
    }

    private static Set<String> texts(Fields fields, String name) {
        Set<String> texts = new LinkedHashSet<>();
        fields.texts(name).forEach(text -> texts.add(text.value()));
        return texts;
    }

    private static Optional<Ref> identity(Node.Str text, Problems problems) {
        try {
            return Optional.of(Ref.parse(text.value()));
        } catch (IllegalArgumentException e) {
            problems.add(
                    UsageCode.ATTRIBUTES.code(),
                    text.place(),
                    "the identity " + text.show() + " does not read type/id, such as slack/U01");
            return Optional.empty();
        }
    }

    PeopleDirectory directory() {
        return directory;
    }

    List<Person> everybody() {
        return everybody;
    }

    @Override
    public Optional<Object> resolve(String attribute, EvaluationRequest request) throws Exception {
        @Nullable Person person = directory.find(request.subject().ref()).orElse(null);
        if (person == null) {
            return Optional.empty();
        }
        return switch (attribute) {
            case "subject.roles" -> Optional.of(person.roles());
            case "subject.groups" -> Optional.of(person.groups());
            default -> Optional.empty();
        };
    }

    @Override
    public String name() {
        return "people file";
    }

    /** It is in memory. */
    @Override
    public Duration timeLimit() {
        return Duration.ZERO;
    }
}
