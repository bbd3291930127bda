package io.jitapproval.core.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.Decision;
import io.jitapproval.Ref;
import io.jitapproval.core.People;
import io.jitapproval.core.approval.Electorate;
import io.jitapproval.core.people.Crowd;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

@Label("policy tests: a case passes if and only if everything is as expected")
class PolicyCasesLawsTest {

    private static @Nullable Path work;

    @BeforeContainer
    static void makeDirectory() throws IOException {
        work = Files.createTempDirectory("cases");
    }

    @AfterContainer
    static void removeDirectory() throws IOException {
        for (String name : List.of("policy.json", "generated.test.json", "")) {
            Files.deleteIfExists(directory().resolve(name));
        }
    }

    private static Path directory() {
        return java.util.Objects.requireNonNull(work);
    }

    @Provide
    Arbitrary<Sketch> sketches() {
        return Arbitraries.randomValue(Sketch::random);
    }

    /** Runs the cases of a file; gives how many failed. */
    @FunctionalInterface
    private interface Runner {
        int failed(TestFile file);
    }

    private static final Runner OURS =
            file -> new PolicyCases(List.of(file)).run().failed();

    @Property(tries = 150)
    @Label("a case that expects what the engine answers passes, and with any one expectation altered it fails")
    void altered(@ForAll("sketches") Sketch sketch) throws IOException {
        check(OURS, sketch);
    }

    @Example
    @Label("broken twins: runners that pass over one expectation")
    void twins() {
        List<Runner> twins = List.of(
                file -> OURS.failed(with(file, Drop.RULES)),
                file -> OURS.failed(with(file, Drop.APPROVERS)),
                file -> OURS.failed(with(file, Drop.GRANT)),
                file -> OURS.failed(with(file, Drop.OBLIGATIONS)),
                file -> OURS.failed(with(file, Drop.EXPLANATION)),
                file -> 0);
        for (Runner twin : twins) {
            assertThatThrownBy(() -> {
                        Random random = new Random(3);
                        for (int i = 0; i < 200; i++) {
                            check(twin, Sketch.random(random));
                        }
                    })
                    .isInstanceOf(AssertionError.class);
        }
    }

    private static void check(Runner runner, Sketch sketch) throws IOException {
        TestFile first = read(sketch);
        Outcome outcome = outcome(first);
        Map<String, Object> right = Sketch.everything(outcome);
        assertThat(runner.failed(read(sketch.expecting(right)))).as("%s", right).isZero();
        for (Map<String, Object> wrong : altered(right, outcome, Sketch.ids(first.policy()), first.crowd())) {
            assertThat(runner.failed(read(sketch.expecting(wrong))))
                    .as("%s", wrong)
                    .isEqualTo(1);
        }
    }

    private static Outcome outcome(TestFile file) {
        return Outcome.of(file.policy(), file.crowd(), file.cases().get(0));
    }

    private static TestFile read(Sketch sketch) throws IOException {
        Set<io.jitapproval.ConfigurationProblem> faults = new LinkedHashSet<>();
        return TestFileReader.read(sketch.write(directory()), faults)
                .orElseThrow(() -> new AssertionError(faults.toString()));
    }

    /** What differs from it in one thing. */
    private static List<Map<String, Object>> altered(
            Map<String, Object> right, Outcome outcome, List<String> rules, Crowd crowd) {
        List<Map<String, Object>> wrong = new ArrayList<>();
        for (Decision.Kind kind : Decision.Kind.values()) {
            if (kind != outcome.decision().kind()) {
                wrong.add(Map.of("decision", Expected.word(kind)));
            }
        }
        for (String rule : rules) {
            alter(
                    wrong,
                    right,
                    expect -> expect.put("rules", toggled(outcome.decision().rules(), rule)));
        }
        alter(
                wrong,
                right,
                expect -> expect.put("rules", toggled(outcome.decision().rules(), "nobody-s")));
        String other = switch (outcome.decision().reason()) {
            case POLICY_ALLOWED -> "auto-approved";
            case AUTO_APPROVED -> "policy-allowed";
            case POLICY_DENIED -> "no-rule-matched";
            case NO_RULE_MATCHED -> "policy-denied";
            default -> "";
        };
        if (!other.isEmpty()) {
            alter(wrong, right, expect -> expect.put("reason", other));
        }
        for (String id : List.of("mask", "tell", "x")) {
            alter(wrong, right, expect -> expect.put("obligations", toggled(list(right, "obligations"), id)));
        }
        alter(wrong, right, expect -> expect.put("explanation", List.of("by", "nowhere to be read")));
        outcome.approvers().ifPresent(approvers -> {
            for (String person : crowd.ids()) {
                alter(wrong, right, expect -> expect.put("approvers", toggled(approvers.ids(), person)));
            }
            alter(wrong, right, expect -> expect.merge("people", 1, (a, b) -> (int) a + (int) b));
        });
        outcome.required().ifPresent(required -> {
            for (Map.Entry<String, Object> term : Map.<String, Object>of(
                            "within", "PT7S", "uses", 77, "scope", "action", "useWithin", "PT7S", "from", "first-use")
                    .entrySet()) {
                alter(wrong, right, expect -> expect.put("grant", Map.of(term.getKey(), term.getValue())));
            }
        });
        return wrong;
    }

    private static void alter(
            List<Map<String, Object>> all, Map<String, Object> right, Consumer<Map<String, Object>> change) {
        Map<String, Object> expect = new LinkedHashMap<>(right);
        change.accept(expect);
        all.add(expect);
    }

    private static List<String> list(Map<String, Object> expect, String field) {
        return ((List<?>) expect.get(field)).stream().map(String::valueOf).toList();
    }

    private static List<String> toggled(Collection<String> all, String one) {
        Set<String> toggled = new TreeSet<>(all);
        if (!toggled.remove(one)) {
            toggled.add(one);
        }
        return List.copyOf(toggled);
    }

    private enum Drop {
        RULES,
        APPROVERS,
        GRANT,
        OBLIGATIONS,
        EXPLANATION
    }

    private static TestFile with(TestFile file, Drop drop) {
        Case one = file.cases().get(0);
        Expected all = one.expected();
        Expected some = new Expected(
                all.decision(),
                drop == Drop.RULES ? null : all.rules(),
                all.reason(),
                drop == Drop.APPROVERS ? null : all.approvers(),
                all.people(),
                drop == Drop.GRANT ? null : all.grant(),
                drop == Drop.OBLIGATIONS ? null : all.obligations(),
                drop == Drop.EXPLANATION ? List.of() : all.explanation());
        Case less = new Case(one.name(), one.place(), one.request(), one.time(), one.answers(), some);
        return new TestFile(file.origin(), file.documents(), file.policy(), file.crowd(), List.of(less));
    }

    @Property(tries = 400)
    @Label("wall 4: who could approve is who could vote at a guard; nobody, where a guard lets nobody ask")
    void approvers(@ForAll("sketches") Sketch sketch) throws Exception {
        TestFile file = read(sketch);
        Outcome outcome = outcome(file);
        if (outcome.decision() instanceof Decision.ApprovalRequired asks) {
            Case asked = file.cases().get(0);
            List<Ref> requesters =
                    new ArrayList<>(List.of(asked.request().subject().ref()));
            asked.request().actors().forEach(actor -> requesters.add(actor.ref()));
            Electorate electorate = Electorate.resolve(asks.requirement(), requesters, directory(file.crowd()));
            Set<String> may =
                    electorate.nameless().isEmpty() ? electorate.named().keySet() : Set.of();
            assertThat(outcome.approvers().orElseThrow().ids()).isEqualTo(may);
        }
    }

    private static PeopleDirectory directory(Crowd crowd) {
        return People.of(crowd.ids().stream()
                .map(id -> crowd.find(Ref.user(id)).orElseThrow())
                .toArray(Person[]::new));
    }
}
