package io.jitapproval.core.feedback.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.ShownArgument;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.Outcome;
import io.jitapproval.core.feedback.PastDecision.Result;
import io.jitapproval.core.feedback.PastDecision.Route;
import io.jitapproval.core.feedback.PastDecision.Voice;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("wall 16: our own record as decisions of the past")
class AuditFoldTest {

    private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
    private static final Ref ANA = Ref.user("ana");
    private static final Ref ORDER = new Ref("order", "1");

    @TempDir
    Path work;

    private final List<String> lines = new ArrayList<>();
    private Instant now = START;
    private List<ShownArgument> arguments = List.of();
    private String grant = "";
    private String use = "";

    private void record(Kind kind, String request, Reason reason, Map<String, Object> details, String... rules) {
        lines.add(line(kind, request, reason, details, rules));
    }

    private String line(Kind kind, String request, Reason reason, Map<String, Object> details, String... rules) {
        return AuditSinks.toJson(new AuditRecord(
                now,
                kind,
                ANA,
                List.of(),
                "pay",
                ORDER,
                arguments,
                Optional.of(request).filter(id -> !id.isEmpty()),
                Optional.of(grant).filter(id -> !id.isEmpty()),
                use,
                Optional.empty(),
                reason,
                List.of(rules),
                "p1",
                "",
                details));
    }

    private void after(int seconds) {
        now = now.plusSeconds(seconds);
    }

    private void asked(String id, Map<String, Object> more) {
        Map<String, Object> details = new LinkedHashMap<>(more);
        details.put("decideBy", now.plusSeconds(3600));
        record(Kind.REQUESTED, id, Reason.APPROVAL_REQUIRED, details, "large");
    }

    private void voted(String id, String person, String verdict) {
        record(Kind.VOTED, id, Reason.VOTE_COUNTED, Map.of("verdict", verdict, "person", person), "large");
    }

    private void decided(String id, Reason reason) {
        record(Kind.DECIDED, id, reason, Map.of(), "large");
    }

    private void granted(String id, Reason reason, int uses, String... rules) {
        grant = "g-" + id;
        record(
                Kind.GRANTED,
                id,
                reason,
                Map.of(
                        "scope",
                        "exact",
                        "uses",
                        uses,
                        "useBy",
                        now.plusSeconds(600),
                        "expiresAt",
                        now.plusSeconds(600)),
                rules);
        grant = "";
    }

    private void used(Kind kind, String id, int number) {
        grant = "g-" + id;
        use = Integer.toString(number);
        record(kind, id, Reason.APPROVED, Map.of());
        grant = "";
        use = "";
    }

    /** As it will be written: a kind that this version of the record need not know. */
    private void outcome(String ids, String outcome) {
        lines.add("{\"v\":1,\"time\":\"" + now
                + "\",\"kind\":\"outcome\",\"code\":\"JIT-116\",\"reason\":\"outcome\",\"subject\":"
                + "{\"type\":\"user\",\"id\":\"ana\"},\"action\":\"pay\",\"resource\":{\"type\":\"order\",\"id\":\"1\"},"
                + ids
                + ",\"details\":{\"outcome\":\"" + outcome + "\"}}");
    }

    private Reading notes;

    private List<PastDecision> fold() throws IOException {
        Path file = Files.writeString(work.resolve("audit.jsonl"), String.join("\n", lines) + "\n");
        List<PastDecision> all = new ArrayList<>();
        notes = Histories.of(List.of(file)).read(all::add);
        return all;
    }

    private PastDecision one() throws IOException {
        assertThat(fold()).hasSize(1);
        return fold().get(0);
    }

    @Test
    @DisplayName("asked, voted, decided, granted, used: one decision with all that was known")
    void whole() throws IOException {
        asked("other", Map.of());
        arguments = List.of(
                new ShownArgument("amount", 5000, true, false, true),
                new ShownArgument("pin", "commitment", true, true, false));
        asked(
                "r",
                Map.of(
                        "why",
                        "broken",
                        "asked",
                        List.of("Mia Tanaka"),
                        "needs",
                        List.of("1 of role F"),
                        "attributes",
                        Map.of(
                                "subject",
                                Map.of("dept", "sales"),
                                "resource",
                                Map.of("tier", 3),
                                "context",
                                Map.of("freeze", true),
                                "unknown",
                                List.of("context.onCall")),
                        "probability",
                        0.1,
                        "audited",
                        "small"));
        arguments = List.of();
        after(5);
        voted("r", "mia", "approve");
        decided("r", Reason.APPROVED);
        granted("r", Reason.APPROVED, 1);
        after(60);
        used(Kind.USE_BEGUN, "r", 1);
        after(1);
        used(Kind.USE_ENDED, "r", 1);
        after(86_400);
        outcome("\"requestId\":\"r\"", "ok");
        outcome("\"requestId\":\"r\"", "reversed");
        PastDecision r = fold().get(0);
        assertThat(r.id()).isEqualTo("r");
        assertThat(r.origin()).endsWith("audit.jsonl:2");
        assertThat(r.request().action().properties()).isEqualTo(Map.of("amount", 5000L));
        assertThat(r.request().subject().properties()).isEqualTo(Map.of("dept", "sales"));
        assertThat(r.request().resource().properties()).isEqualTo(Map.of("tier", 3L));
        assertThat(r.request().context()).isEqualTo(Map.of("freeze", true));
        assertThat(r.route()).isEqualTo(Route.AUDIT);
        assertThat(r.isLabelled()).isTrue();
        assertThat(r.rules()).containsExactly("large", "small");
        assertThat(r.probability()).isEqualTo(OptionalDouble.of(0.1));
        assertThat(r.queueDepth()).isEqualTo(OptionalInt.of(1));
        assertThat(r.voices())
                .containsExactly(new Voice(
                        Ref.user("mia"), true, START.plusSeconds(5), Optional.of(Duration.ofSeconds(5)), false));
        assertThat(r.asked()).as("names are no ids").isEmpty();
        assertThat(r.more())
                .containsEntry("askedNames", List.of("Mia Tanaka"))
                .containsEntry("unknown", List.of("context.onCall"))
                .containsEntry("hidden", List.of("action.pin"))
                .containsEntry("audited", "small");
        assertThat(r.grant()).hasValueSatisfying(grant -> {
            assertThat(grant.until()).isEqualTo(START.plusSeconds(605));
            assertThat(grant.maxUses()).isEqualTo(1);
            assertThat(grant.uses()).isEqualTo(1);
            assertThat(grant.firstUse()).contains(START.plusSeconds(65));
            assertThat(grant.lastUse()).contains(START.plusSeconds(66));
            assertThat(grant.ended()).isEmpty();
        });
        assertThat(r.outcome()).as("what is said last").isEqualTo(Outcome.REVERSED);
        assertThat(fold().get(1).result()).isEqualTo(Result.PENDING);
    }

    @Test
    @DisplayName(
            "rules, emergencies, policy and timeouts are no evidence; a fold that takes any yes for people's is found")
    void routes() throws IOException {
        asked("auto", Map.of());
        decided("auto", Reason.AUTO_APPROVED);
        granted("auto", Reason.AUTO_APPROVED, 1, "small");
        asked("glass", Map.of());
        decided("glass", Reason.BREAK_GLASS);
        granted("glass", Reason.BREAK_GLASS, 1);
        asked("late", Map.of());
        asked("timeout", Map.of());
        asked("gone", Map.of());
        decided("gone", Reason.APPROVAL_CANCELLED);
        asked("stuck", Map.of());
        decided("stuck", Reason.APPROVAL_UNREACHABLE);
        use = "u1";
        record(Kind.USE_BEGUN, "", Reason.POLICY_ALLOWED, Map.of(), "free");
        record(Kind.USE_BEGUN, "", Reason.OBSERVED, Map.of());
        use = "";
        record(Kind.DENIED, "", Reason.POLICY_DENIED, Map.of(), "never");
        record(Kind.DENIED, "", Reason.REASON_REQUIRED, Map.of(), "large");
        record(Kind.DENIED, "late", Reason.APPROVAL_EXPIRED, Map.of(), "large");
        record(Kind.OBSERVED, "", Reason.OBSERVED, Map.of("would", "ask"));
        outcome("\"use\":\"u1\"", "incident");
        after(9_999);
        decided("late", Reason.APPROVAL_EXPIRED);
        decided("timeout", Reason.DENIED_BY_TIMEOUT);
        Map<String, PastDecision> byId = new LinkedHashMap<>();
        fold().forEach(each -> byId.put(each.id().replaceFirst(".*:", ":"), each));
        assertThat(byId.values()).noneMatch(PastDecision::isLabelled);
        assertThat(byId.get("auto").route()).isEqualTo(Route.RULE);
        assertThat(byId.get("auto").rules()).containsExactly("small");
        assertThat(byId.get("glass").route()).isEqualTo(Route.BREAK_GLASS);
        assertThat(byId.get("late").result()).isEqualTo(Result.EXPIRED);
        assertThat(byId.get("late").decided())
                .as("at its end, not when that was written")
                .contains(START.plusSeconds(3600));
        assertThat(byId.get("timeout").result()).isEqualTo(Result.EXPIRED);
        assertThat(byId.get("gone").result()).isEqualTo(Result.CANCELLED);
        assertThat(byId.get("stuck").result()).isEqualTo(Result.FAILED);
        assertThat(byId.get("u1").route()).isEqualTo(Route.POLICY);
        assertThat(byId.get("u1").outcome()).isEqualTo(Outcome.INCIDENT);
        assertThat(byId.values().stream()
                        .filter(each -> each.route() == Route.POLICY)
                        .map(PastDecision::result))
                .containsExactlyInAnyOrder(Result.APPROVED, Result.DENIED, Result.FAILED);
        assertThat(notes.notes()).extracting(Reading.Note::code).containsExactly("JIT-H025");
        assertThatThrownBy(() -> assertThat(byId.values()).noneMatch(PastDecision::isApproved))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("a vote that was taken back is none, one through another channel is the same, a change ends them all")
    void votes() throws IOException {
        asked("r", Map.of());
        after(1);
        voted("r", "mia", "approve");
        after(1);
        record(Kind.VOTE_TAKEN_BACK, "r", Reason.VOTE_TAKEN_BACK, Map.of("person", "mia"));
        voted("r", "tom", "abstain");
        assertThat(one().voices()).isEmpty();
        voted("r", "mia", "deny");
        voted("r", "mia", "deny");
        assertThat(one().voices()).hasSize(1);
        record(Kind.CHANGED, "r", Reason.APPROVAL_PENDING, Map.of("version", 2, "what", "amount"), "huge");
        after(3);
        voted("r", "tom", "deny");
        decided("r", Reason.APPROVAL_DENIED);
        PastDecision decision = one();
        assertThat(decision.voices())
                .containsExactly(new Voice(
                        Ref.user("tom"), false, START.plusSeconds(5), Optional.of(Duration.ofSeconds(3)), false));
        assertThat(decision.rules()).containsExactly("huge");
        assertThat(decision.more()).containsEntry("unknown", List.of("action.*"));
    }

    @Test
    @DisplayName("what a record takes back did not happen; without looking at that, a denial would be an approval")
    void voided() throws IOException {
        asked("r", Map.of());
        after(1);
        voted("r", "mia", "approve");
        decided("r", Reason.APPROVED);
        record(Kind.VOIDED, "r", Reason.AUDIT_UNAVAILABLE, Map.of("voids", "voted", "why", "late"));
        record(Kind.VOIDED, "r", Reason.AUDIT_UNAVAILABLE, Map.of("voids", "decided", "why", "late"));
        voted("r", "mia", "deny");
        decided("r", Reason.APPROVAL_DENIED);
        record(Kind.VOIDED, "r", Reason.AUDIT_UNAVAILABLE, Map.of("voids", "granted", "why", "late"));
        PastDecision decision = one();
        assertThat(decision.result()).isEqualTo(Result.DENIED);
        assertThat(decision.voices()).extracting(Voice::approved).containsExactly(false);
        assertThat(notes.notes()).extracting(Reading.Note::code).containsExactly("JIT-H027");
        lines.removeIf(line -> line.contains("\"kind\":\"voided\""));
        assertThat(one().result()).as("the broken twin").isEqualTo(Result.APPROVED);
    }

    @Test
    @DisplayName("grants: revoked, returned, over in time, voided together; over when it is written down or not")
    void grants() throws IOException {
        for (String id : List.of("revoked", "returned", "expired", "open", "voided")) {
            asked(id, Map.of());
            decided(id, Reason.APPROVED);
            granted(id, Reason.APPROVED, 3);
        }
        String voiding = line(Kind.GRANTS_VOIDED, "", Reason.GRANT_REVOKED, Map.of("subject", "user/ana"));
        after(10);
        grant = "g-revoked";
        record(Kind.GRANT_ENDED, "revoked", Reason.GRANT_REVOKED, Map.of());
        grant = "g-returned";
        record(Kind.GRANT_ENDED, "returned", Reason.GRANT_RETURNED, Map.of());
        grant = "";
        assertThat(fold()).extracting(PastDecision::id).startsWith("revoked", "returned");
        after(10_000);
        asked("next", Map.of());
        Map<String, PastDecision> byId = new LinkedHashMap<>();
        fold().forEach(each -> byId.put(each.id(), each));
        assertThat(byId.get("revoked").grant().orElseThrow().ended()).contains(START.plusSeconds(10));
        assertThat(byId.get("returned").grant().orElseThrow().ended()).contains(START.plusSeconds(10));
        assertThat(byId.get("open").grant().orElseThrow().ended()).isEmpty();
        lines.add(15, voiding);
        assertThat(fold())
                .filteredOn(each -> each.id().equals("expired"))
                .singleElement()
                .satisfies(
                        each -> assertThat(each.grant().orElseThrow().ended()).isPresent());
    }

    @Test
    @DisplayName("a log that was cut in pieces folds as one, in order of time; its torn last line is told and left out")
    void pieces() throws IOException {
        asked("r", Map.of());
        asked("torn", Map.of());
        after(1);
        voted("r", "mia", "approve");
        decided("r", Reason.APPROVED);
        Files.writeString(work.resolve("audit.jsonl.1"), lines.get(0) + "\n");
        Files.writeString(
                work.resolve("audit.jsonl"),
                String.join("\n", lines.subList(2, 4)) + "\n" + lines.get(1).substring(0, 60));
        List<PastDecision> all = new ArrayList<>();
        Reading reading = Histories.of(List.of(work)).read(all::add);
        assertThat(all)
                .singleElement()
                .satisfies(each -> assertThat(each.isLabelled()).isTrue());
        assertThat(reading.notes()).extracting(Reading.Note::code).containsExactly("JIT-H020");
        Reading without = Histories.of(List.of(work.resolve("audit.jsonl"))).read(all::add);
        assertThat(all).as("no decision out of half a log").hasSize(1);
        assertThat(without.notes()).extracting(Reading.Note::code).containsExactly("JIT-H020", "JIT-H024");
    }

    @Test
    @DisplayName("repeated requests count once; one id for two requests is an error; unknown kinds are told")
    void repeated() throws IOException {
        asked("r", Map.of());
        lines.add(lines.get(0));
        lines.add(lines.get(0).replace("requested", "prophesied"));
        assertThat(one().result()).isEqualTo(Result.PENDING);
        assertThat(notes.notes()).extracting(Reading.Note::code).containsExactly("JIT-H021", "JIT-H026");
        after(1);
        asked("r", Map.of());
        assertThatThrownBy(this::fold).hasMessageContaining("JIT-H012");
    }

    @Test
    @DisplayName("values that were cut are no values")
    void cut() throws IOException {
        arguments = List.of(
                new ShownArgument("amount", 5, true, false, false),
                new ShownArgument("note", "x".repeat(70_000), false, false, false),
                new ShownArgument("like", Map.of("cut", "x", "bytes", 1, "sha256", "y"), false, false, false));
        asked("r", Map.of());
        PastDecision decision = one();
        assertThat(decision.request().action().properties()).isEqualTo(Map.of("amount", 5L));
        assertThat(decision.more()).containsEntry("cut", List.of("action.note", "action.like"));
    }

    @Test
    @DisplayName("what is kept is bounded by what is open: a log of long-ended requests keeps next to nothing")
    void bounded() {
        List<PastDecision> out = new ArrayList<>();
        AuditFold fold = new AuditFold(new Outcomes(new SipHash(1, 2)), new Notes(), out::add);
        for (int i = 0; i < 5_000; i++) {
            lines.clear();
            asked("r" + i, Map.of());
            decided("r" + i, Reason.APPROVED);
            granted("r" + i, Reason.APPROVED, 3);
            after(60);
            lines.forEach(line -> fold.add(parsed(line)));
        }
        assertThat(out).hasSizeGreaterThan(4_500);
    }

    private AuditLine parsed(String text) {
        try {
            Path file = Files.writeString(work.resolve("line.jsonl"), text);
            try (LineSource source = LineSource.open(file)) {
                source.next();
                try (Line line = new Line(source)) {
                    return AuditLine.read(line, "x:1");
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
