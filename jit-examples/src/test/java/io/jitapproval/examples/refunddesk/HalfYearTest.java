package io.jitapproval.examples.refunddesk;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.Action;
import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.GuardBuilder;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.PolicySources;
import io.jitapproval.core.feedback.evidence.EvidenceModel;
import io.jitapproval.test.TestClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("wall 16: the feedback loop over half a year of the desk's own record")
class HalfYearTest {

    @TempDir
    static Path folder;

    private static List<Claim> claims;
    private static String page;

    @BeforeAll
    static void run() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        claims = new HalfYearOfRefunds(new PrintStream(out, true, StandardCharsets.UTF_8)).run(folder);
        page = out.toString(StandardCharsets.UTF_8).replace(folder.toString(), "FOLDER");
    }

    @Test
    @DisplayName("of each kind that the data were made to support there is a good one, about the right subject")
    void shown() {
        assertThat(claims)
                .filteredOn(Claim::wanted)
                .hasSize(16)
                .allMatch(Claim::held)
                .noneMatch(claim -> claim.answer().isBlank());
    }

    @Test
    @DisplayName("of those that they were made to forbid there is none, and the reason is told")
    void refused() {
        assertThat(claims)
                .filteredOn(claim -> !claim.wanted())
                .hasSize(14)
                .allMatch(Claim::held)
                .noneMatch(claim -> claim.answer().isBlank());
    }

    @Test
    @DisplayName("the printed page is as agreed")
    void printed() {
        Golden.check("half-year.txt", page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"split", "split/rules", "crossfit", "crossfit/rules"})
    @DisplayName("a guard with all suggestions in force: what is closed, new or undone still goes to people")
    void inForce(String suggested) throws IOException {
        Path of = folder.resolve(suggested);
        boolean isScore = !suggested.endsWith("rules");
        try (MethodGuard guard = guard(of, isScore)) {
            boolean opens = !rules(Files.readString(of.resolve("policy.json"))).isEmpty();
            assertThat(asks(guard, refund("ana", "order", "mail", 120, 5))).isEqualTo(!opens);
            for (EvaluationRequest forbidden : forbidden().toList()) {
                assertThat(asks(guard, forbidden)).as("%s", forbidden).isTrue();
            }
            // Known since the middle of June: new to what was learnt from older decisions, and no news to a check on
            // all.
            boolean isNew = suggested.startsWith("split");
            assertThat(asks(guard, refund("ana", "giftcard", "mail", 120, 5)) || !isNew)
                    .isTrue();
        }
    }

    @Test
    @DisplayName("the twin whose rules do not name the values that were seen lets new ones through")
    void twinWithoutKnownValues() throws IOException {
        Path of = folder.resolve("split/rules");
        List<Object> without = new ArrayList<>();
        for (Object rule : rules(Files.readString(of.resolve("policy.json")))) {
            without.add(withoutKnown((Map<?, ?>) rule));
        }
        try (MethodGuard guard = guard(HalfYearOfRefunds.policy(), without).build()) {
            assertThat(asks(guard, refund("ana", "voucher", "mail", 120, 5))).isFalse();
            assertThat(asks(guard, refund("ana", "order", "kiosk", 120, 5))).isFalse();
        }
    }

    private static Map<Object, Object> withoutKnown(Map<?, ?> rule) {
        Map<Object, Object> twin = new LinkedHashMap<>(rule);
        List<?> all = (List<?>) ((Map<?, ?>) twin.get("when")).get("all");
        twin.put(
                "when",
                Map.of(
                        "all",
                        all.stream()
                                .filter(each -> !each.toString().matches("\\{[a-zA-Z.]+=\\{in=.*"))
                                .toList()));
        return twin;
    }

    @Test
    @DisplayName("a rule that somebody forges for deletions opens nothing; without autoApproval: never it would")
    void forged() {
        List<Object> forged =
                List.of(Map.of("id", "forged", "actions", List.of("customer.delete"), "effect", "auto-approve"));
        EvaluationRequest deletion = other("ana", Staff.SUPPORT, "customer.delete", Resource.of("customer", "1"));
        try (MethodGuard guard = guard(HalfYearOfRefunds.policy(), forged).build();
                MethodGuard twin = guard(
                                HalfYearOfRefunds.policy().replace(", \"autoApproval\": \"never\"", ""), forged)
                        .build()) {
            assertThat(asks(guard, deletion)).isTrue();
            assertThat(asks(twin, deletion)).isFalse();
        }
    }

    @Test
    @DisplayName("the twin that reads only the first weeks is shown nothing, and says so")
    void tooLittle() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("audit.jsonl"));
        Path few = Files.createDirectories(folder.resolve("few"));
        Path audit = Files.write(few.resolve("audit.jsonl"), lines.subList(0, 2000));
        List<Claim> some = Claim.all(HalfYearReading.of(audit, folder.resolve("policy.json"), few));
        assertThat(some)
                .filteredOn(Claim::wanted)
                .filteredOn(claim -> !claim.held())
                .hasSizeGreaterThan(5);
        assertThat(some.get(0).held()).isFalse();
        assertThat(rules(Files.readString(few.resolve("split/policy.json")))).isEmpty();
    }

    private static Stream<EvaluationRequest> forbidden() {
        return Stream.of(
                refund("ana", "voucher", "mail", 120, 5),
                refund("ana", "order", "kiosk", 120, 5),
                refund("ana", "order", "fax", 120, 5),
                refund("ana", "order", "mail", 2900, 0),
                other("ana", Staff.SUPPORT, "customer.delete", Resource.of("customer", "1")),
                other("otto", Staff.ENGINEERING, "key.rotate", Resource.of("key", "1")),
                other("max", Staff.MARKETING, "report.share", Resource.of("report", "1")),
                other(
                        "ana",
                        Staff.SUPPORT,
                        "payment.credit",
                        Resource.of("customer", "1").with("segment", "partner")),
                other("rita", Staff.PARTNERS, "payment.waive", Resource.of("partner", "1")));
    }

    private static EvaluationRequest refund(String by, String type, String channel, int amount, int years) {
        return new EvaluationRequest(
                Staff.subject(by, Staff.SUPPORT),
                List.of(),
                new Action("payment.refund", Map.of("amount", BigDecimal.valueOf(amount))),
                Resource.of(type, "77").with("customerYears", years).with("country", "FR"),
                Map.of("channel", channel));
    }

    private static EvaluationRequest other(String by, String department, String action, Resource resource) {
        Subject subject = Staff.subject(by, department);
        return new EvaluationRequest(
                subject, List.of(), new Action(action, Map.of("amount", BigDecimal.valueOf(120))), resource, Map.of());
    }

    private static boolean asks(MethodGuard guard, EvaluationRequest request) {
        return guard.decide(request) instanceof Decision.ApprovalRequired;
    }

    private static List<Object> rules(String policy) {
        return HalfYearReading.object(policy).get("rules") instanceof List<?> list ? new ArrayList<>(list) : List.of();
    }

    private static MethodGuard guard(Path suggested, boolean isScore) throws IOException {
        GuardBuilder builder =
                guard(HalfYearOfRefunds.policy(), rules(Files.readString(suggested.resolve("policy.json"))));
        if (isScore) {
            builder.evidence(EvidenceModel.read(suggested.resolve("model.json")));
        }
        return builder.build();
    }

    private static GuardBuilder guard(String inForce, List<Object> more) {
        Map<String, Object> policy = HalfYearReading.object(inForce);
        List<Object> all = rules(inForce);
        all.addAll(more);
        policy.put("rules", all);
        return Jit.guard()
                .policy(PolicySources.text("with-suggestions.json", Json.text(policy)))
                .people(Staff.directory())
                .time(new TestClock())
                .audit(AuditSinks.memory(100));
    }
}
