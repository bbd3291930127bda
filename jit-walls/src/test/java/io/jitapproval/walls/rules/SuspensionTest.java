package io.jitapproval.walls.rules;

import static io.jitapproval.walls.rules.Firm.ask;
import static io.jitapproval.walls.rules.Firm.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalPendingException;
import io.jitapproval.Decision;
import io.jitapproval.Explanation.ComparisonTrace;
import io.jitapproval.Explanation.Match;
import io.jitapproval.GuardUnavailableException;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Rules;
import io.jitapproval.Suspension;
import io.jitapproval.core.GrantStores;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.ForwardingGrantStore;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.StoreEntry;
import io.jitapproval.test.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("wall 16: anybody suspends a rule, for every guard on the store; only a person resumes it")
class SuspensionTest {

    private static final String ASKS = ask("r", "\"by\": {\"role\": \"FINANCE\"}", "\"grant\": {\"uses\": 9}");
    private static final String AUTO = rule("m", "auto-approve", "\"grant\": {\"uses\": 9}");
    private static final Ref MONITOR = new Ref("system", "monitor");

    /** A store that tells nobody what is suspended. */
    private static final class Forgetful extends ForwardingGrantStore {
        Forgetful(GrantStore store) {
            super(store);
        }

        @Override
        public List<StoreEntry> entries(String kind) {
            return kind.equals("rule-suspended") ? List.of() : super.entries(kind);
        }
    }

    /** A store that can be cut off. */
    private static final class Cut extends ForwardingGrantStore {
        private boolean off;

        Cut(GrantStore store) {
            super(store);
        }

        @Override
        public List<StoreEntry> entries(String kind) {
            if (off) {
                throw new IllegalStateException("unreachable");
            }
            return super.entries(kind);
        }
    }

    /** Lets whoever resumes pass for a person. */
    private record Trusting(Rules rules) implements Rules {
        @Override
        public List<Suspension> suspended() {
            return rules.suspended();
        }

        @Override
        public Reason suspend(String ruleId, Ref by, String why) {
            return rules.suspend(ruleId, by, why);
        }

        @Override
        public Reason resume(String ruleId, Ref by, String why) {
            return rules.resume(ruleId, Firm.MIA, why);
        }
    }

    private static boolean runs(Firm firm) {
        try {
            firm.pay().run(() -> {});
            return true;
        } catch (ApprovalPendingException pending) {
            return false;
        }
    }

    private static void checkEveryGuard(UnaryOperator<GrantStore> seenByTheOther) {
        TestClock clock = new TestClock();
        GrantStore store = GrantStores.memory(clock);
        try (Firm one = new Firm(clock, builder -> builder.store(store), ASKS, AUTO);
                Firm other = new Firm(clock, builder -> builder.store(seenByTheOther.apply(store)), ASKS, AUTO)) {
            assertThat(runs(one)).isTrue();
            assertThat(runs(other)).isTrue();
            assertThat(one.guard.rules().suspend("m", MONITOR, "3 of 40")).isEqualTo(Reason.RULE_SUSPENDED);
            clock.advance(Duration.ofDays(400));
            assertThat(runs(other)).as("at the other guard, much later").isFalse();
            assertThat(runs(one)).isFalse();
            assertThat(other.guard.rules().resume("m", Firm.MIA, "fine")).isEqualTo(Reason.RULE_RESUMED);
            clock.advance(Duration.ofDays(1));
            assertThat(runs(one)).isTrue();
        }
    }

    @Test
    @DisplayName(
            "it counts for every later decision of every guard on the store until it is resumed; twin: a store that forgets it")
    void everyGuard() {
        checkEveryGuard(store -> store);
        assertThatThrownBy(() -> checkEveryGuard(Forgetful::new)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName(
            "also where the rule's own grant would cover the call; decisions and explanations say who suspended it and why")
    void told() {
        try (Firm firm = new Firm(ASKS, AUTO)) {
            assertThat(runs(firm)).isTrue();
            assertThat(firm.guard.grants().active()).hasSize(1);
            firm.guard.rules().suspend("m", MONITOR, "3 of 40");
            String text = "rule is suspended since " + firm.clock.instant() + " by system/monitor: 3 of 40";
            Decision decision = firm.pay().decide();
            assertThat(decision.kind()).isEqualTo(Decision.Kind.APPROVAL_REQUIRED);
            assertThat(decision.rules()).containsExactly("r");
            assertThat(told(decision)).containsExactly(text);
            assertThatThrownBy(() -> firm.pay().run(() -> {}))
                    .isInstanceOfSatisfying(
                            ApprovalPendingException.class,
                            pending -> assertThat(
                                            pending.refusal().explanation().rules())
                                    .filteredOn(rule -> rule.rule().equals("m"))
                                    .singleElement()
                                    .satisfies(rule -> {
                                        assertThat(rule.match()).isEqualTo(Match.NOT_MATCHED);
                                        assertThat(rule.failed().map(ComparisonTrace::text))
                                                .contains(text);
                                    }));
            assertThat(firm.guard.rules().suspended())
                    .containsExactly(new Suspension("m", MONITOR, "3 of 40", firm.clock.instant()));
        }
        try (Firm firm = new Firm(AUTO)) {
            firm.guard.rules().suspend("m", Firm.TOM, "");
            assertThat(firm.pay().decide().reason()).isEqualTo(Reason.NO_RULE_MATCHED);
        }
    }

    private static List<String> told(Decision decision) {
        return decision.explanation().rules().stream()
                .filter(rule -> rule.rule().equals("m"))
                .flatMap(rule -> rule.comparisons().stream())
                .map(ComparisonTrace::text)
                .toList();
    }

    private static void checkPeopleResume(UnaryOperator<Rules> desk) {
        try (Firm firm = new Firm(ASKS, AUTO)) {
            Rules rules = desk.apply(firm.guard.rules());
            rules.suspend("m", MONITOR, "");
            for (Ref machine :
                    List.of(MONITOR, new Ref("Service", "mia"), new Ref("system", "mia"), Ref.user("nobody"))) {
                assertThat(rules.resume("m", machine, "")).as("%s", machine).isEqualTo(Reason.RESUMER_NO_PERSON);
                assertThat(firm.pay().decide().kind()).isEqualTo(Decision.Kind.APPROVAL_REQUIRED);
            }
            assertThat(rules.resume("m", new Ref("slack", "U-mia"), "")).isEqualTo(Reason.RULE_RESUMED);
            assertThat(runs(firm)).isTrue();
        }
    }

    @Test
    @DisplayName(
            "machines and strangers suspend and do not resume; twin: a desk that lets whoever asks pass for a person")
    void peopleResume() {
        checkPeopleResume(rules -> rules);
        assertThatThrownBy(() -> checkPeopleResume(Trusting::new)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("one record of each; only auto-approve rules of the policy can be suspended; twice is once")
    void recorded() {
        try (Firm firm = new Firm(ASKS, AUTO)) {
            Rules rules = firm.guard.rules();
            assertThat(rules.suspend("r", MONITOR, "")).isEqualTo(Reason.RULE_UNKNOWN);
            assertThat(rules.suspend("no-such", MONITOR, "")).isEqualTo(Reason.RULE_UNKNOWN);
            assertThat(rules.resume("m", Firm.MIA, "")).isEqualTo(Reason.RULE_UNKNOWN);
            assertThat(rules.suspend("m", MONITOR, "first")).isEqualTo(Reason.RULE_SUSPENDED);
            assertThat(rules.suspend("m", Firm.TOM, "second")).isEqualTo(Reason.RULE_SUSPENDED);
            assertThat(rules.resume("m", Firm.MIA, "fine")).isEqualTo(Reason.RULE_RESUMED);
            assertThat(rules.suspended()).isEmpty();
            AuditRecord suspended = firm.records(Kind.RULE_SUSPENDED).get(0);
            assertThat(firm.records(Kind.RULE_SUSPENDED)).hasSize(1);
            assertThat(suspended.rules()).containsExactly("m");
            assertThat(suspended.by()).contains(MONITOR);
            assertThat(suspended.details()).containsEntry("why", "first");
            assertThat(suspended.policy()).isEqualTo(firm.guard.policyStatus().version());
            assertThat(firm.records(Kind.RULE_RESUMED)).singleElement().satisfies(resumed -> {
                assertThat(resumed.by()).contains(Firm.MIA);
                assertThat(resumed.details())
                        .containsEntry("why", "fine")
                        .containsEntry("person", "mia")
                        .containsEntry("suspendedBy", "system/monitor");
            });
        }
    }

    @Test
    @DisplayName(
            "wall 1: while the store cannot say what is suspended, no rule answers; what no rule answers is not looked up")
    void failsClosed() {
        TestClock clock = new TestClock();
        Cut cut = new Cut(GrantStores.memory(clock));
        try (Firm firm = new Firm(clock, builder -> builder.store(cut), ASKS, AUTO)) {
            cut.off = true;
            Decision decision = firm.pay().decide();
            assertThat(decision.kind()).isEqualTo(Decision.Kind.APPROVAL_REQUIRED);
            assertThat(told(decision)).singleElement().asString().contains("could not be read");
            assertThatThrownBy(() -> firm.pay().run(() -> {})).isInstanceOf(JitApprovalException.class);
            assertThatThrownBy(() -> firm.guard.rules().suspended()).isInstanceOf(GuardUnavailableException.class);
            cut.off = false;
            assertThat(firm.pay().decide().kind()).isEqualTo(Decision.Kind.PERMIT);
        }
        Cut allowed = new Cut(GrantStores.memory(clock));
        try (Firm firm = new Firm(clock, builder -> builder.store(allowed), rule("a", "allow"), AUTO)) {
            allowed.off = true;
            firm.pay().run(() -> {});
        }
    }
}
