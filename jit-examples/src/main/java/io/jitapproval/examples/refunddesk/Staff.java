package io.jitapproval.examples.refunddesk;

import io.jitapproval.Subject;
import io.jitapproval.core.People;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Who works at the house of the refund desk in the half year. */
final class Staff {

    static final String SUPPORT = "support";
    static final String SALES = "sales";
    static final String ENGINEERING = "engineering";
    static final String MARKETING = "marketing";
    static final String PARTNERS = "partners";

    static final List<String> FINANCE = List.of("mia", "tom", "eva", "raj");
    /** Approves whatever comes, within seconds. */
    static final String STAMP = "bert";

    static final String PARTNER_MANAGER = "paula";
    static final List<String> SALES_LEADS = List.of("nora", "omar");
    static final List<String> TEAM_LEADS = List.of("chloe", "lars");
    static final List<String> PRIVACY = List.of("zoe", "yan");
    static final List<String> SECURITY = List.of("sam", "tess");
    static final List<String> ON_CALL = List.of("ines", "kai", "lou");
    private static final List<String> VENDOR_BOARD = List.of("vera", "viktor");

    /** Those who ask, by department. */
    private static final Map<String, List<String>> ASKING = new TreeMap<>(Map.of(
            SUPPORT,
            List.of(
                    "ana", "anna", "arne", "ben", "berta", "bo", "carl", "cora", "dana", "dirk", "edda", "elif", "enno",
                    "erik", "fay", "felix", "finn", "fred", "gerd", "gina", "greta", "hanna", "hans", "heidi", "ida",
                    "ingo", "iris", "jan", "jens", "josef", "julia", "kim", "knut", "lena", "linus", "lotte", "luca",
                    "marit", "meike", "moritz", "nele", "nils", "olga", "oskar", "paul", "pia", "ralf", "rosa", "ruth",
                    "sina", "sven", "tara", "till", "uta", "veit", "wim"),
            SALES,
            List.of("ada", "bruno", "clara", "david", "emil", "frida", "georg"),
            ENGINEERING,
            List.of("igor", "jule", "karl", "lisa", "noah", "otto", "petra", "quentin"),
            MARKETING,
            List.of("hugo", "irma", "jonas", "klara", "leo", "max"),
            PARTNERS,
            List.of("rita", "stefan", "tilda", "ulf")));

    private Staff() {}

    /** Who asks in a department. */
    static List<String> of(String department) {
        return ASKING.getOrDefault(department, List.of());
    }

    static Subject subject(String id, String department) {
        return Subject.user(id)
                .with("department", department)
                .with("roles", List.of(department.toUpperCase(java.util.Locale.ROOT)));
    }

    static PeopleDirectory directory() {
        List<Person> people = new ArrayList<>();
        ASKING.forEach((department, ids) ->
                ids.forEach(id -> people.add(People.person(id, department.toUpperCase(java.util.Locale.ROOT)))));
        add(people, FINANCE, "FINANCE_MANAGER");
        add(people, List.of(STAMP), "FINANCE_MANAGER");
        add(people, List.of(PARTNER_MANAGER), "PARTNER_MANAGER");
        add(people, SALES_LEADS, "SALES_LEAD");
        add(people, TEAM_LEADS, "TEAM_LEAD");
        add(people, PRIVACY, "PRIVACY");
        add(people, SECURITY, "SECURITY");
        add(people, VENDOR_BOARD, "VENDOR_BOARD");
        ON_CALL.forEach(id -> people.add(new Person(id, id, Set.of(), Set.of("on-call"))));
        return People.of(people.toArray(Person[]::new));
    }

    private static void add(List<Person> people, List<String> ids, String role) {
        ids.forEach(id -> people.add(People.person(id, role)));
    }
}
