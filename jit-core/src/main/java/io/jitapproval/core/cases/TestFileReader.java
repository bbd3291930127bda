package io.jitapproval.core.cases;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.cases.Sources.Unreadable;
import io.jitapproval.core.document.Fields;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Node.Place;
import io.jitapproval.core.document.Problems;
import io.jitapproval.core.document.TreeReader;
import io.jitapproval.core.document.Words;
import io.jitapproval.core.people.Crowd;
import io.jitapproval.core.people.PeopleReader;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one file of tests with all that it names, or tells every fault of it. */
final class TestFileReader {

    private static final List<String> FILE =
            List.of("$schema", "policy", "people", "attributes", "time", "cases", "table");

    private static final PeopleReader.Codes CODES = new PeopleReader.Codes(TestCode.WHO.code(), TestCode.PERSON.code());

    private final Path file;
    /** Those of the file, of its people and of its policy; each once, though the rows of a table may share it. */
    private final Set<ConfigurationProblem> faults;

    private TestFileReader(Path file, Set<ConfigurationProblem> faults) {
        this.file = file;
        this.faults = faults;
    }

    /** Empty, with faults, if the file cannot be run. */
    static Optional<TestFile> read(Path file, Set<ConfigurationProblem> faults) {
        Set<ConfigurationProblem> mine = new LinkedHashSet<>();
        TestFile read = new TestFileReader(file, mine).read();
        faults.addAll(mine);
        return mine.isEmpty() ? Optional.ofNullable(read) : Optional.empty();
    }

    private @Nullable TestFile read() {
        try {
            return read(Sources.text(file));
        } catch (Unreadable e) {
            faults.add(TestCode.UNREADABLE.of(file.toString(), e.why()));
            return null;
        }
    }

    private @Nullable TestFile read(PolicyText document) {
        Problems problems = new Problems(document);
        if (says(document.text()).isEmpty()) {
            noCases(new Place(1, 1), problems);
            faults.addAll(problems.found());
            return null;
        }
        Node root = TreeReader.read(document, problems);
        Fields fields = root == null ? null : Fields.of(root, problems, "the file of tests", FILE);
        TestFile read = fields == null ? null : read(fields, problems);
        faults.addAll(problems.found());
        return read;
    }

    /** What is left of a text without blank lines and comments. */
    private static String says(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.startsWith("#") && !line.equals("---"))
                .reduce("", String::concat);
    }

    private @Nullable TestFile read(Fields fields, Problems problems) {
        Node named = fields.required("policy", "\"policy\": \"policy.yaml\", a path seen from this file");
        List<PolicyText> documents = named == null ? List.of() : documents(named, problems);
        Policy policy = documents.isEmpty() ? null : policy(documents);
        Node people = fields.get("people");
        Crowd crowd = people == null ? Crowd.NOBODY : crowd(people, problems);
        Answers answers = Answers.NONE.with(fields.get("attributes"), problems);
        Node time = fields.get("time");
        Instant at = time == null ? null : Plain.time(time, problems);
        List<Case> cases = new ArrayList<>();
        // A time that cannot be read is told once, not in every case.
        Instant known = time != null && at == null ? Instant.EPOCH : at;
        CaseReader reader = new CaseReader(problems, crowd, answers, known);
        List<Node> nodes = nodes(fields, problems);
        nodes.forEach(node -> reader.read(node).ifPresent(cases::add));
        if (nodes.isEmpty()) {
            noCases(fields.place(), problems);
        }
        if (policy == null || cases.isEmpty()) {
            return null;
        }
        List<String> origins = documents.stream().map(PolicyText::origin).toList();
        return new TestFile(file.toString(), origins, policy, crowd, List.copyOf(cases));
    }

    private static List<Node> nodes(Fields fields, Problems problems) {
        List<Node> nodes = new ArrayList<>();
        Node cases = fields.get("cases");
        if (cases != null) {
            nodes.addAll(Plain.items(cases, "cases", problems));
        }
        Node table = fields.get("table");
        if (table != null) {
            nodes.addAll(new TableReader(problems).read(table));
        }
        return nodes;
    }

    private static void noCases(Place place, Problems problems) {
        TestCode.NO_CASES.at(
                place, problems, "the file has no cases, so it tests nothing: write 'cases' or a 'table' with rows");
    }

    private List<PolicyText> documents(Node node, Problems problems) {
        List<PolicyText> documents = new ArrayList<>();
        for (Node.Str text : Plain.oneOrMore(node, "policy", problems)) {
            Path path = beside(text, problems);
            try {
                documents.addAll(path == null ? List.of() : Sources.policy(path));
            } catch (Unreadable e) {
                TestCode.UNREADABLE.at(text, problems, "no policy can be read from " + path + ": " + e.why());
            }
        }
        return documents;
    }

    /** Null, with the policy's own faults. */
    private @Nullable Policy policy(List<PolicyText> documents) {
        try {
            return Policy.parse(documents);
        } catch (JitConfigurationException e) {
            faults.addAll(e.problems());
            return null;
        }
    }

    private Crowd crowd(Node node, Problems problems) {
        if (!(node instanceof Node.Str text)) {
            return PeopleReader.read(node, problems, CODES);
        }
        Path path = beside(text, problems);
        try {
            return path == null ? Crowd.NOBODY : crowd(Sources.text(path));
        } catch (Unreadable e) {
            TestCode.UNREADABLE.at(text, problems, "no people can be read from " + path + ": " + e.why());
            return Crowd.NOBODY;
        }
    }

    private Crowd crowd(PolicyText document) {
        Problems problems = new Problems(document);
        Crowd crowd = PeopleReader.file(document, problems, CODES);
        faults.addAll(problems.found());
        return crowd;
    }

    private @Nullable Path beside(Node.Str text, Problems problems) {
        try {
            return file.resolveSibling(text.value()).normalize();
        } catch (InvalidPathException e) {
            TestCode.UNREADABLE.at(text, problems, Words.quote(text.value()) + " is no name of a file");
            return null;
        }
    }
}
