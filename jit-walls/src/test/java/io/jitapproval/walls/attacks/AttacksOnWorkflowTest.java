package io.jitapproval.walls.attacks;

import static io.jitapproval.core.People.person;
import static io.jitapproval.test.JitAssertions.assertThatCall;
import static io.jitapproval.walls.attacks.Bank.MIA;
import static io.jitapproval.walls.attacks.Bank.STAFF;
import static io.jitapproval.walls.attacks.Bank.ask;
import static io.jitapproval.walls.attacks.Bank.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.Approvals;
import io.jitapproval.AskingLimits;
import io.jitapproval.AskingLimits.Bucket;
import io.jitapproval.Attempt;
import io.jitapproval.Debt;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Note;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Replay;
import io.jitapproval.RequestHandle;
import io.jitapproval.Rollout;
import io.jitapproval.Subject;
import io.jitapproval.Vote;
import io.jitapproval.core.GrantStores;
import io.jitapproval.core.People;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.ForwardingGrantStore;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.InlineAuditSink;
import io.jitapproval.spi.InteractiveApprovalChannel;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.StoreEntry;
import io.jitapproval.spi.StoreFullException;
import io.jitapproval.test.TestClock;
import io.jitapproval.walls.Ear;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@DisplayName("what a reviewer broke in the workflow of issue 4 stays mended")
class AttacksOnWorkflowTest {

    private static final Ref TOM = Ref.user("tom");
    private static final String EMERGENCY = "the ledger is down on a Sunday";

    private final TestClock clock = new TestClock();

    private static String asking(String approval, String... more) {
        String[] all = new String[more.length + 1];
        all[0] = "\"approval\": {" + approval + "}";
        System.arraycopy(more, 0, all, 1, more.length);
        return rule("ask", "require-approval", all);
    }

    private static Reason refusal(Attempt attempt) {
        try {
            attempt.submit();
            return Reason.APPROVAL_PENDING;
        } catch (JitApprovalException refused) {
            return refused.reason();
        }
    }

    private static final class Chat implements InteractiveApprovalChannel {

        final AtomicReference<Approvals> approvals = new AtomicReference<>();

        @Override
        public String name() {
            return "chat";
        }

        @Override
        public void deliver(ApprovalNotice notice) {}

        @Override
        public void connect(Approvals all) {
            approvals.set(all);
        }
    }

    @Test
    @DisplayName("R21: a channel by which no vote counts takes none back, and hands nobody's votes to a stand-in")
    void weakChannel() {
        Chat chat = new Chat();
        try (Bank bank = new Bank(
                clock,
                People.of(
                        person("ana"),
                        person("mia", "FINANCE"),
                        person("tom", "FINANCE"),
                        person("tia", "FINANCE"),
                        person("eve")),
                builder -> builder.channel(chat),
                asking("\"by\": {\"role\": \"FINANCE\"}, \"people\": 2, \"denials\": 2, \"channels\": [\"desk\"]"))) {
            Instant now = clock.instant();
            assertThat(chat.approvals.get().standIns().name(MIA, Ref.user("eve"), now, now.plus(Duration.ofDays(7))))
                    .isEqualTo(Reason.CHANNEL_NOT_ALLOWED);
            assertThat(bank.guard.approvals().standIns().list()).isEmpty();

            assertThat(refusal(bank.pay(1))).isEqualTo(Reason.APPROVAL_PENDING);
            ApprovalRequest asked = bank.pending();
            Vote denial = Vote.deny(asked, MIA, "no").via("desk");
            assertThat(bank.guard.approvals().vote(asked.id(), denial).counted())
                    .isTrue();
            assertThat(chat.approvals.get().takeBack(asked.id(), MIA).reason()).isEqualTo(Reason.CHANNEL_NOT_ALLOWED);
            assertThat(bank.pending().votes()).hasSize(1);
            assertThat(bank.guard.approvals().takeBack(asked.id(), MIA).reason())
                    .isEqualTo(Reason.VOTE_TAKEN_BACK);
        }
    }

    @Test
    @DisplayName("wall 5: where approvers are looked at again, a stand-in whom nobody knows any more approves nothing")
    void standInLeft() {
        Moving people = new Moving(People.of(person("ana"), person("mia", "FINANCE"), person("leo")));
        try (Bank bank = new Bank(
                clock,
                people,
                builder -> {},
                asking("\"by\": {\"role\": \"FINANCE\"}, \"people\": 1, \"recheck\": \"use\""))) {
            Instant now = clock.instant();
            bank.guard.approvals().standIns().name(MIA, Ref.user("leo"), now, now.plus(Duration.ofDays(7)));
            assertThat(refusal(bank.pay(1))).isEqualTo(Reason.APPROVAL_PENDING);
            assertThat(bank.approvedBy(Ref.user("leo"))).isEqualTo(Reason.VOTE_COUNTED);
            people.now = STAFF;
            assertThatCall(() -> bank.pay(1).call(() -> "paid")).isPending();
            people.now = People.of(person("ana"), person("mia", "FINANCE"), person("leo"));
            assertThatCall(() -> bank.pay(1).call(() -> "paid")).ran();
        }
    }

    @Test
    @DisplayName("wall 14: who may not ask any more leaves no claims of keys behind that fill the store for others")
    void keysOfTheRefused() {
        GrantStore store = GrantStores.memory(clock);
        AskingLimits two = new AskingLimits(new Bucket(2, Duration.ofHours(1)), Bucket.ENDLESS, Integer.MAX_VALUE);
        try (Bank bank = new Bank(clock, STAFF, builder -> builder.store(store).askingLimits(two), ask("ask"))) {
            for (int i = 0; i < 20; i++) {
                assertThat(refusal(bank.pay(i).key("k" + i)))
                        .isEqualTo(i < 2 ? Reason.APPROVAL_PENDING : Reason.ASKED_TOO_OFTEN);
            }
            assertThat(store.entries("key")).hasSize(2);
            assertThat(refusal(bank.pay(1).key("k1"))).as("it joins").isEqualTo(Reason.APPROVAL_PENDING);
            assertThat(refusal(bank.pay(7).key("k1"))).isEqualTo(Reason.KEY_TAKEN);
        }
    }

    @Test
    @DisplayName("R27: a change asks people once more, and counts as asking")
    void changesCount() {
        AskingLimits three = new AskingLimits(new Bucket(3, Duration.ofHours(1)), Bucket.ENDLESS, 1);
        try (Bank bank = new Bank(
                clock,
                People.of(person("ana"), person("mia", "FINANCE"), person("tom", "FINANCE")),
                builder -> builder.askingLimits(three),
                ask("ask"))) {
            assertThat(refusal(bank.pay(0))).isEqualTo(Reason.APPROVAL_PENDING);
            String id = bank.pending().id();
            assertThat(refusal(bank.pay(1).changing(id))).isEqualTo(Reason.APPROVAL_PENDING);
            assertThat(refusal(bank.guard
                            .attempt("pay")
                            .by(Subject.user("mia"))
                            .with("amount", 2)
                            .changing(id)))
                    .isEqualTo(Reason.NOT_THE_HOLDER);
            assertThat(refusal(bank.pay(2).changing(id))).isEqualTo(Reason.APPROVAL_PENDING);
            assertThat(refusal(bank.pay(3).changing(id))).isEqualTo(Reason.ASKED_TOO_OFTEN);
            assertThat(refusal(bank.pay(4))).isIn(Reason.ASKED_TOO_OFTEN, Reason.TOO_MANY_PENDING);
            assertThat(bank.pending().version()).isEqualTo(3);
        }
    }

    /** Has no room for requests that were denied. */
    private static final class Forgetful extends ForwardingGrantStore {

        Forgetful(GrantStore store) {
            super(store);
        }

        @Override
        public Optional<ApprovalRequest> request(String requestId) {
            return super.request(requestId).filter(request -> request.state() != State.DENIED);
        }
    }

    @Test
    @DisplayName("wall 1: a kept call whose denial the store has forgotten does not run by what another request gave")
    void deniedAndForgotten() {
        AtomicInteger ran = new AtomicInteger();
        try (Bank bank = new Bank(
                clock,
                STAFF,
                builder -> builder.store(new Forgetful(GrantStores.memory(clock)))
                        .replay("pay", call -> ran.incrementAndGet()),
                ask("ask"))) {
            RequestHandle kept = bank.pay(1).replay();
            assertThat(refusal(bank.pay(1))).isEqualTo(Reason.APPROVAL_PENDING);
            for (ApprovalRequest request : bank.guard.approvals().pending()) {
                if (!request.id().equals(kept.id())) {
                    bank.guard.approvals().vote(request.id(), Vote.approve(request, MIA));
                }
            }
            ApprovalRequest asked = bank.pending();
            assertThat(asked.id()).isEqualTo(kept.id());
            bank.guard.approvals().vote(asked.id(), Vote.deny(asked, MIA, "never"));

            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            Replay.State state = Replay.State.WAITING;
            while ((state == Replay.State.WAITING || state == Replay.State.RUNNING) && System.nanoTime() - end < 0) {
                state = kept.replay().orElseThrow().state();
            }
            assertThat(state).isEqualTo(Replay.State.REFUSED);
            assertThat(ran).hasValue(0);
            assertThatCall(() -> bank.pay(1).call(() -> "paid")).ran();
        }
    }

    private static String glass() {
        return "\"by\": {\"role\": \"FINANCE\"}, \"breakGlass\": {\"by\": [{\"person\": \"ana\"}, {\"person\": \"zoe\"}],"
                + " \"alarm\": {\"role\": \"FINANCE\"}, \"review\": {\"role\": \"FINANCE\"}, \"reviewWithin\": \"P1D\"}";
    }

    @Test
    @DisplayName("wall 15: an emergency does not wait for a grant that begins tomorrow")
    void emergencyBeforeTheGrant() {
        try (Bank bank = new Bank(clock, STAFF, builder -> builder.channel(new Ear()), asking(glass()))) {
            bank.pay(1).startingAt(clock.instant().plus(Duration.ofDays(1))).submit();
            assertThat(bank.approvedBy(MIA)).isEqualTo(Reason.VOTE_COUNTED);
            assertThatCall(() -> bank.pay(1).call(() -> "paid")).because(Reason.GRANT_NOT_YET_VALID);
            assertThatCall(() -> bank.pay(1).breakGlass(EMERGENCY).call(() -> "paid"))
                    .ran();
            assertThat(bank.guard.debts().open()).hasSize(1);
            assertThat(bank.guard.grants().active()).hasSize(1);
        }
    }

    @Test
    @DisplayName("wall 15: who broke the glass for another one owes the review as well")
    void debtOfWhoActed() {
        try (Bank bank = new Bank(
                clock,
                People.of(person("ana"), person("zoe"), person("mia", "FINANCE")),
                builder -> builder.channel(new Ear()),
                asking(glass()))) {
            Attempt acting = bank.pay(1).through(Subject.user("zoe")).breakGlass(EMERGENCY);
            assertThatCall(() -> acting.call(() -> "paid")).ran();
            Debt debt = bank.guard.debts().open().get(0);
            assertThat(debt.person()).isEqualTo("ana");
            clock.advance(Duration.ofDays(1));
            Attempt next = bank.guard
                    .attempt("pay")
                    .by(Subject.user("zoe"))
                    .with("amount", 1)
                    .breakGlass(EMERGENCY);
            assertThatCall(() -> next.call(() -> "paid")).isDenied().because(Reason.BREAK_GLASS_DEBT);
        }
    }

    @Test
    @DisplayName("a vote cannot make an action reckon with a number of a milliard decimal places")
    void endlessCeiling() {
        try (Bank bank = new Bank(clock, STAFF, builder -> {}, ask("ask"))) {
            Attempt attempt = bank.guard.attempt("pay").by(Bank.ANA).withCeiling("amount", new BigDecimal("5000.00"));
            assertThat(refusal(attempt)).isEqualTo(Reason.APPROVAL_PENDING);
            ApprovalRequest asked = bank.pending();
            for (String most : new String[] {"1E-999999999", "1E-35"}) {
                Vote vote = Vote.approve(asked, MIA)
                        .narrowedTo(asked.requirement().grant().withCeiling("amount", new BigDecimal(most)));
                assertThat(bank.guard.approvals().vote(asked.id(), vote).reason())
                        .isEqualTo(Reason.CEILING_UNFIT);
            }
            Vote fine = Vote.approve(asked, MIA)
                    .narrowedTo(asked.requirement().grant().withCeiling("amount", new BigDecimal("1000.125")));
            assertThat(bank.guard.approvals().vote(asked.id(), fine).reason()).isEqualTo(Reason.VOTE_COUNTED);
        }
    }

    @Test
    @DisplayName(
            "R27: an approval is flagged that comes too fast after a change, after information, or after its stage opened")
    void quickAfterwards() {
        try (Bank bank = new Bank(
                clock,
                People.of(person("ana"), person("mia", "FINANCE"), person("tom", "FINANCE", "CFO")),
                builder -> {},
                asking("\"stages\": [{\"by\": {\"role\": \"FINANCE\"}, \"people\": 1},"
                        + " {\"step\": 2, \"by\": {\"role\": \"CFO\"}, \"people\": 1}]"))) {
            assertThat(refusal(bank.pay(1))).isEqualTo(Reason.APPROVAL_PENDING);
            String id = bank.pending().id();
            clock.advance(Duration.ofMinutes(1));
            assertThat(refusal(bank.pay(2).changing(id))).isEqualTo(Reason.APPROVAL_PENDING);
            bank.approvedBy(MIA);
            bank.approvedBy(TOM);
            clock.advance(Duration.ofMinutes(1));
            assertThat(refusal(bank.pay(3))).isEqualTo(Reason.APPROVAL_PENDING);
            clock.advance(Duration.ofMinutes(1));
            bank.guard.approvals().say(bank.pending().id(), Ref.user("ana"), Note.Kind.INFORMATION, "see ticket 7");
            bank.approvedBy(MIA);
            clock.advance(Duration.ofSeconds(2));
            bank.approvedBy(TOM);
            assertThat(bank.records(Kind.VOTED))
                    .extracting(AuditRecord::details)
                    .extracting((Map<String, Object> details) -> details.get("quick"))
                    .containsExactly(true, true, true, null);
        }
    }

    @Test
    @DisplayName("wall 2: an extension cannot be changed into something else that goes on under its name")
    void extensionOfSomethingElse() {
        try (Bank bank = new Bank(clock, STAFF, builder -> {}, ask("ask", "\"grant\": {\"uses\": 5}"))) {
            assertThat(refusal(bank.pay(1))).isEqualTo(Reason.APPROVAL_PENDING);
            bank.approvedBy(MIA);
            String grant = bank.guard.grants().active().get(0).id();
            assertThat(refusal(bank.pay(1).extending(grant))).isEqualTo(Reason.APPROVAL_PENDING);
            ApprovalRequest extension = bank.pending();
            assertThat(extension.extendsGrant()).contains(grant);
            assertThat(refusal(bank.pay(1_000_000).changing(extension.id()))).isEqualTo(Reason.CHANGE_UNFIT);
            assertThat(bank.pending()).isEqualTo(extension);
        }
    }

    @Test
    @DisplayName("what is only observed uses up no quota: it keeps no enforced call from asking")
    void observedTakesNoQuota() {
        AskingLimits one = new AskingLimits(new Bucket(1, Duration.ofHours(1)), new Bucket(1, Duration.ofHours(1)), 1);
        String look = ask("look").replace("[\"pay\"]", "[\"look\"]");
        try (Bank bank = new Bank(
                clock, STAFF, builder -> builder.askingLimits(one).rollout("look", Rollout.NOTIFY), ask("ask"), look)) {
            for (int i = 0; i < 3; i++) {
                Attempt seen = bank.guard.attempt("look").by(Bank.ANA).with("page", i);
                assertThatCall(() -> seen.call(() -> "seen")).ran();
            }
            assertThat(refusal(bank.pay(1))).isEqualTo(Reason.APPROVAL_PENDING);
        }
    }

    /** Takes everything away as soon as a use begins, out of its own append. */
    private static final class Rash implements InlineAuditSink {

        private final InlineAuditSink sink;
        final AtomicReference<Bank> bank = new AtomicReference<>();

        Rash(InlineAuditSink sink) {
            this.sink = sink;
        }

        @Override
        public void append(List<AuditRecord> records) throws Exception {
            if (records.stream().anyMatch(each -> each.kind() == Kind.USE_BEGUN)) {
                bank.get().guard.grants().revokeEverything(MIA, "strange");
            }
            sink.append(records);
        }
    }

    @Test
    @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
    @DisplayName(
            "wall 1: a sink that takes grants away out of its own append fails, and does not stop the guard for ever")
    void rashSink() {
        AtomicReference<Rash> rash = new AtomicReference<>();
        try (Bank bank = new Bank(
                clock,
                STAFF,
                sink -> {
                    rash.set(new Rash(sink));
                    return rash.get();
                },
                builder -> {},
                ask("ask"))) {
            rash.get().bank.set(bank);
            assertThat(refusal(bank.pay(1))).isEqualTo(Reason.APPROVAL_PENDING);
            bank.approvedBy(MIA);
            assertThatCall(() -> bank.pay(1).call(() -> "paid")).because(Reason.AUDIT_UNAVAILABLE);
            assertThat(bank.guard.grants().revokeEverything(MIA, "strange")).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("a full kind of entry refuses fast: it is not looked through each time while nothing in it is over")
    void fullShelf() {
        int limit = 50_000;
        GrantStore store = GrantStores.memory(clock, limit);
        Journal none = records -> {};
        Instant until = clock.instant().plus(Duration.ofHours(1));
        for (int i = 0; i < limit; i++) {
            String key = "" + i;
            store.changeEntry("k", key, (entry, now) -> put(key, until), none);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> store.changeEntry("k", "one more", (entry, now) -> put("one more", until), none))
                    .isInstanceOf(StoreFullException.class);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100L * limit);
        store.changeEntry("k", "7", (entry, now) -> put("7", now), none);
        assertThat(store.<Boolean>changeEntry("k", "one more", (entry, now) -> put("one more", until), none))
                .isTrue();
        clock.advance(Duration.ofHours(1));
        assertThat(store.<Boolean>changeEntry(
                        "k", "and more", (entry, now) -> put("and more", now.plusSeconds(9)), none))
                .isTrue();
    }

    private static GrantStore.Step<StoreEntry, Boolean> put(String key, Instant until) {
        return GrantStore.Step.to(new StoreEntry("k", key, Map.of(), until), true);
    }
}
