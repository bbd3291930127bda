package io.jitapproval.core.feedback.evidence;

import static io.jitapproval.core.feedback.evidence.Pasts.learn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.Action;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.evidence.Certificate.How;
import io.jitapproval.core.feedback.evidence.EvidenceModel.Assessment;
import io.jitapproval.core.feedback.evidence.EvidenceModel.Contribution;
import io.jitapproval.core.feedback.evidence.EvidenceModel.Table;
import io.jitapproval.core.feedback.synthetic.SyntheticHistory;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("wall 16: evidence is counted, and can be taken apart again")
class EvidenceModelTest {

    private static final List<PastDecision> PAST =
            Pasts.list(new SyntheticHistory(SyntheticHistory.Settings.of(5, 6_000)));
    private static final EvidenceModel MODEL =
            learn(PAST, How.SPLIT, 0.05).model().orElseThrow();

    private static Table table(double evidence, double support, int approved, int decided) {
        LongSlots slots = new LongSlots(1);
        slots.add(Counts.key(1, 1));
        return new Table(0, -1, evidence, support, slots, new int[] {decided}, new int[] {approved});
    }

    private static double points(double evidence, double support, int approved, int decided, double base) {
        return table(evidence, support, approved, decided).points(0, base, Evidence.logit(base));
    }

    @Property
    @Label("more approvals never lower a score, more denials never raise it")
    void monotone(
            @ForAll @DoubleRange(min = 0, max = 10) double evidence,
            @ForAll @DoubleRange(min = 0, max = 10) double support,
            @ForAll @IntRange(max = 5_000) int approved,
            @ForAll @IntRange(max = 5_000) int denied,
            @ForAll @DoubleRange(min = 0.01, max = 0.99) double base) {
        double now = points(evidence, support, approved, approved + denied, base);
        double error = 1e-9;
        if (approved + denied > 0) {
            assertThat(points(evidence, support, approved + 1, approved + denied + 1, base))
                    .isGreaterThanOrEqualTo(now - error);
            assertThat(points(evidence, support, approved, approved + denied + 1, base))
                    .isLessThanOrEqualTo(now + error);
        }
    }

    @Test
    @DisplayName("broken twin: support that counts denials too is raised by one")
    void twinSupport() {
        double before = 0.1 * Evidence.of(50, 60, 0.9, Evidence.logit(0.9)) + Math.log1p(60);
        double after = 0.1 * Evidence.of(50, 61, 0.9, Evidence.logit(0.9)) + Math.log1p(61);
        assertThat(after).isGreaterThan(before);
    }

    @Test
    @DisplayName("weights are never negative")
    void weights() {
        assertThat(MODEL.parts().tables()).isNotEmpty().allSatisfy(table -> {
            assertThat(table.evidence()).isNotNegative();
            assertThat(table.support()).isNotNegative();
        });
    }

    @Test
    @DisplayName("what is cited makes up the score: without it, the score is another, by just that")
    void faithful() {
        int changed = 0;
        for (PastDecision decision : PAST.subList(0, 200)) {
            Assessment whole = MODEL.assess(decision.request());
            double sum = whole.contributions().stream()
                    .mapToDouble(Contribution::points)
                    .sum();
            assertThat(MODEL.parts().bias() + sum).isCloseTo(whole.score(), org.assertj.core.data.Offset.offset(1e-5));
            if (whole.contributions().isEmpty()) {
                continue;
            }
            Contribution most = whole.contributions().get(0);
            EvidenceModel without = without(decision.request(), most);
            assertThat(without.score(decision.request()))
                    .isCloseTo(whole.score() - most.points(), org.assertj.core.data.Offset.offset(1e-5));
            changed++;
        }
        assertThat(changed).isGreaterThan(190);
    }

    /** The model as if what is cited had never been counted. */
    private static EvidenceModel without(EvaluationRequest request, Contribution cited) {
        EvidenceModel.Parts parts = MODEL.parts();
        List<Table> tables = parts.tables().stream()
                .map(table -> {
                    EvidenceModel alone = EvidenceModel.of(with(parts, List.of(table)));
                    boolean here = alone.assess(request).contributions().stream()
                            .anyMatch(each -> each.what().equals(cited.what()));
                    return here
                            ? new Table(table.first(), table.second(), 0, 0, table.slots(), table.decided(), table.approved())
                            : table;
                })
                .toList();
        return EvidenceModel.of(with(parts, tables));
    }

    private static EvidenceModel.Parts with(EvidenceModel.Parts parts, List<Table> tables) {
        return new EvidenceModel.Parts(
                parts.name(),
                parts.made(),
                parts.base(),
                parts.bias(),
                parts.columns(),
                parts.applies(),
                parts.actions(),
                parts.tolerated(),
                tables);
    }

    @Test
    @DisplayName("what was never seen, or is left out, is novel; an unknown action always")
    void novel() {
        EvaluationRequest known = PAST.get(0).request();
        assertThat(MODEL.isNovel(known)).isFalse();
        EvaluationRequest otherDepartment = new EvaluationRequest(
                known.subject().with("department", "d-unheard-of"), List.of(), known.action(), known.resource(), Map.of());
        assertThat(MODEL.isNovel(otherDepartment)).isTrue();
        EvaluationRequest anonymous = new EvaluationRequest(
                Subject.user("x"), List.of(), known.action(), known.resource(), Map.of());
        assertThat(MODEL.isNovel(anonymous)).isTrue();
        EvaluationRequest otherType = new EvaluationRequest(
                known.subject(), List.of(), known.action(), Resource.of("vault", known.resource().id()), Map.of());
        assertThat(MODEL.isNovel(otherType)).isTrue();
        EvaluationRequest otherAction = new EvaluationRequest(
                known.subject(), List.of(), new Action("vault.open", Map.of()), known.resource(), Map.of());
        assertThat(MODEL.isNovel(otherAction)).isTrue();
        assertThat(MODEL.assess(otherAction).novel()).containsExactly("action.name");
    }

    @Test
    @DisplayName("leaving an attribute out helps nobody: it is novel, whatever the score")
    void removal() {
        for (PastDecision decision : PAST.subList(0, 100)) {
            Subject subject = decision.request().subject();
            for (String name : subject.properties().keySet()) {
                Map<String, Object> less = new java.util.LinkedHashMap<>(subject.properties());
                less.remove(name);
                EvaluationRequest request = new EvaluationRequest(
                        new Subject("user", subject.id(), less),
                        List.of(),
                        decision.request().action(),
                        decision.request().resource(),
                        Map.of());
                assertThat(MODEL.isNovel(request)).as(name).isTrue();
            }
        }
    }

    @Test
    @DisplayName("policies ask by name for the score, for novelty and for the very model, and for nothing else")
    void resolver() {
        EvaluationRequest request = PAST.get(0).request();
        assertThat(MODEL.resolve("evidence.m.score", request))
                .hasValueSatisfying(score -> assertThat((BigDecimal) score)
                        .isEqualByComparingTo(BigDecimal.valueOf(MODEL.score(request))));
        assertThat(MODEL.resolve("evidence.m.novel", request)).contains(false);
        assertThat(MODEL.resolve("evidence.m.model", request)).contains(MODEL.sha256());
        assertThat(MODEL.resolve("evidence.other.score", request)).isEmpty();
        assertThat(MODEL.resolve("subject.roles", request)).isEmpty();
    }

    @Test
    @DisplayName("written and read, it is the same; changed by a byte, it is another or none")
    void file(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("model.json");
        MODEL.write(file);
        EvidenceModel read = EvidenceModel.read(file);
        assertThat(read).isEqualTo(MODEL);
        assertThat(read.sha256()).isEqualTo(MODEL.sha256());
        for (PastDecision decision : PAST.subList(0, 500)) {
            assertThat(read.score(decision.request())).isEqualTo(MODEL.score(decision.request()));
        }
        String text = Files.readString(file);
        Files.writeString(file, text.replaceFirst("\"base\":0.9", "\"base\":0.8"));
        assertThat(EvidenceModel.read(file).sha256()).isNotEqualTo(MODEL.sha256());
    }

    @Test
    @DisplayName("what is no model is refused with its name and the reason")
    void noModel(@TempDir Path directory) throws IOException {
        Path whole = directory.resolve("whole.json");
        MODEL.write(whole);
        String text = Files.readString(whole);
        Path file = directory.resolve("model.json");
        for (String bad : List.of(
                "",
                "[]",
                "{}",
                "no json",
                text.substring(0, text.length() / 2),
                text.replaceFirst("\"evidence\":[0-9.E-]+", "\"evidence\":-1"),
                text.replaceFirst("\"evidenceModel\":1", "\"evidenceModel\":2"),
                text.replaceFirst("\"first\":\\d+", "\"first\":99"))) {
            Files.writeString(file, bad);
            assertThatThrownBy(() -> EvidenceModel.read(file))
                    .isInstanceOf(JitConfigurationException.class)
                    .hasMessageContaining("model.json JIT-F101 this is no model of evidence");
        }
    }
}
