package io.jitapproval.examples.refunddesk;

import io.jitapproval.Ref;
import io.jitapproval.spi.Person;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the people file: who is who, with which roles, groups and identities. */
final class PeopleReader {

    private static final List<String> DOCUMENT = List.of("people");
    private static final List<String> PERSON = List.of("id", "name", "roles", "groups", "identities");

    private final Faults faults;
    private final Map<String, Json.Place> ids = new HashMap<>();
    private final Map<Ref, String> owners = new HashMap<>();

    private PeopleReader(Faults faults) {
        this.faults = faults;
    }

    /** The people and their identities; each has {@code user/<id>} beside those that the file lists. */
    static Map<Person, Set<Ref>> read(Source source, Faults faults) {
        PeopleReader reader = new PeopleReader(faults);
        Map<Person, Set<Ref>> people = new LinkedHashMap<>();
        Json.read(source.text(), 1, faults)
                .flatMap(node -> Fields.of(node, "the people file", DOCUMENT, faults))
                .flatMap(fields -> fields.required("people", "\"people\": [{\"id\": \"mia\", \"roles\": [\"…\"]}]"))
                .ifPresent(list -> {
                    List<Json> items = list.items();
                    if (items == null) {
                        faults.wrongType(list, "'people'", "a list");
                    } else {
                        items.forEach(item -> reader.person(item, people));
                    }
                });
        return people;
    }

    private void person(Json node, Map<Person, Set<Ref>> people) {
        Optional<Fields> read = Fields.of(node, "a person", PERSON, faults);
        if (read.isEmpty()) {
            return;
        }
        Fields fields = read.get();
        Optional<String> id = fields.requiredText("id", "\"id\": \"mia\"");
        Optional<String> name = fields.text("name");
        List<String> roles = fields.texts("roles");
        List<String> groups = fields.texts("groups");
        List<Json> identities = identities(fields);
        if (id.isEmpty()) {
            return;
        }
        Json.Place first = ids.putIfAbsent(id.get(), fields.place());
        if (first != null) {
            faults.add(
                    fields.place(),
                    Fault.BAD_VALUE,
                    "the person in line " + first.line() + " has the id " + Faults.quote(id.get()) + " already");
            return;
        }
        Set<Ref> refs = new LinkedHashSet<>();
        own(Ref.user(id.get()), id.get(), fields.place(), refs);
        for (Json identity : identities) {
            identity(identity, id.get(), refs);
        }
        people.put(new Person(id.get(), name.orElse(id.get()), Set.copyOf(roles), Set.copyOf(groups)), refs);
    }

    private List<Json> identities(Fields fields) {
        fields.texts("identities");
        List<Json> items = new ArrayList<>();
        fields.get("identities").map(Json::items).ifPresent(items::addAll);
        return items;
    }

    private void identity(Json node, String id, Set<Ref> refs) {
        if (!(node.value() instanceof String text) || text.isBlank()) {
            return;
        }
        try {
            own(Ref.parse(text), id, node.place(), refs);
        } catch (IllegalArgumentException e) {
            faults.add(
                    node.place(),
                    Fault.BAD_VALUE,
                    "the identity " + Faults.quote(text) + " does not read type/id, such as slack/U0123");
        }
    }

    private void own(Ref identity, String id, Json.Place place, Set<Ref> refs) {
        String owner = owners.putIfAbsent(identity, id);
        if (owner != null && !owner.equals(id)) {
            faults.add(
                    place,
                    Fault.BAD_VALUE,
                    "the identity " + Faults.quote(identity.toString()) + " belongs to " + Faults.quote(owner)
                            + " already");
        }
        refs.add(identity);
    }
}
