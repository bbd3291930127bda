package io.jitapproval.examples.refunddesk;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Approvals;
import io.jitapproval.Debt;
import io.jitapproval.JitApprovalException;
import io.jitapproval.JitGuard;
import io.jitapproval.Note;
import io.jitapproval.Reason;
import io.jitapproval.Vote;
import io.jitapproval.VoteReceipt;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.InteractiveApprovalChannel;
import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.spi.TimeSource;
import io.jitapproval.test.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** People whose answers are known in advance, on a simulated clock. */
final class ScriptedApprovers implements Answering, InteractiveApprovalChannel {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String title;
    private final Script script;
    private final TestClock time;
    private final Queue<Aside> asides = new ConcurrentLinkedQueue<>();
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Approvals approvals;
    private volatile @Nullable MethodGuard guard;
    private volatile @Nullable Recorder recorder;
    private Map<String, @Nullable Object> inHand = Map.of();

    ScriptedApprovers(String title, Script script) {
        this.title = title;
        this.script = script;
        this.time = clock(script);
        time.worker(this::isBusy);
    }

    static TestClock clock(Script script) {
        return new TestClock(script.startsAt().orElseGet(() -> Instant.now().truncatedTo(ChronoUnit.SECONDS)));
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public TimeSource time() {
        return time;
    }

    @Override
    public List<ApprovalChannel> channels() {
        return List.of(this);
    }

    @Override
    public void next(Map<String, @Nullable Object> arguments) {
        inHand = arguments;
    }

    @Override
    public void notBefore(Instant at) {
        if (at.isAfter(time.instant())) {
            time.set(at);
        }
    }

    @Override
    public void answered() {
        Recorder records = recorder;
        MethodGuard opened = guard;
        if (records != null && opened != null) {
            Set<String> touched = records.touched();
            settle(records, () -> touched.stream().noneMatch(id -> isOnItsWay(opened, id)));
        }
        time.advance(script.between());
    }

    @Override
    public String name() {
        return "script";
    }

    @Override
    public void connect(Approvals approvers) {
        approvals = approvers;
    }

    @Override
    public void opened(MethodGuard opened, Recorder records) {
        guard = opened;
        recorder = records;
        script.standIns().forEach(away -> name(opened, away));
    }

    /** Who stands in for whom; {@link Reason#STAND_IN_NAMED}, or why not. */
    static Reason name(JitGuard guard, Script.Away away) {
        return guard.approvals().standIns().name(away.person(), away.standIn(), away.from(), away.until());
    }

    @Override
    public List<Aside> asides() {
        List<Aside> taken = new ArrayList<>();
        for (Aside next = asides.poll(); next != null; next = asides.poll()) {
            taken.add(next);
        }
        return taken;
    }

    @Override
    public void deliver(ApprovalNotice notice) {
        ApprovalRequest request = notice.request();
        boolean emergency = notice.kind() == ApprovalNotice.Kind.ALARM;
        if (notice.kind() == ApprovalNotice.Kind.ENDED || !known.add(request.id())) {
            return;
        }
        for (Script.Answer answer : script.answers()) {
            if (answer.act().reviews() == emergency && answer.match().matches(request)) {
                time.alarm(request.createdAt().plus(answer.after()), () -> give(answer, request));
            }
        }
    }

    /** Whether something is still on its way to these people: time would pass before they have heard of it. */
    private boolean isBusy() {
        MethodGuard opened = guard;
        try {
            return opened != null
                    && opened.approvals().pending().stream()
                            .filter(request -> request.requirement().votes().allowsChannel(name()))
                            .anyMatch(request -> isOnItsWay(opened, request.id()));
        } catch (JitApprovalException closed) {
            return false;
        }
    }

    /** What is held back is not: time has to pass for it. */
    private boolean isOnItsWay(MethodGuard opened, String requestId) {
        Instant now = time.instant();
        return opened.deliveries().of(requestId).stream()
                .anyMatch(message -> message.state() == OutboxMessage.State.WAITING
                        && (!message.due().isAfter(now) || message.underWay(now)));
    }

    private void give(Script.Answer answer, ApprovalRequest asked) {
        Approvals desk = approvals;
        JitGuard opened = guard;
        if (desk == null || opened == null) {
            return;
        }
        if (answer.act().reviews()) {
            boolean objects = answer.act() == Script.Act.OBJECT;
            Debt.Finding finding = objects ? Debt.Finding.OBJECTION : Debt.Finding.OK;
            note(
                    answer,
                    asked,
                    "review",
                    Reason.DEBT_REVIEWED,
                    opened.debts().review(asked.id(), answer.by(), finding, answer.reason()));
            return;
        }
        ApprovalRequest request = desk.find(asked.id()).orElse(asked);
        if (request.decidedAt().isPresent()) {
            return;
        }
        switch (answer.act()) {
            case VOTE -> vote(desk, answer, answer.first() ? asked : request);
            case COMMENT -> say(desk, answer, request, Note.Kind.COMMENT);
            case QUESTION -> say(desk, answer, request, Note.Kind.QUESTION);
            case INFORM -> say(desk, answer, request, Note.Kind.INFORMATION);
            case WITHDRAW ->
                note(answer, request, "withdraw", Reason.APPROVAL_CANCELLED, desk.withdraw(request.id(), answer.by()));
            case TAKE_BACK ->
                note(
                        answer,
                        request,
                        "take back",
                        Reason.VOTE_TAKEN_BACK,
                        desk.takeBack(request.id(), answer.by()).reason());
            case REVIEW, OBJECT -> throw new IllegalStateException("reviews are no answers");
        }
        settle(opened, request);
    }

    private void vote(Approvals desk, Script.Answer answer, ApprovalRequest seen) {
        answer.meanwhile().forEach(this::slipIn);
        Vote vote = new Vote(
                answer.by(),
                answer.verdict(),
                answer.reason(),
                seen.shown(),
                answer.narrowed(seen.requirement().grant()),
                name());
        VoteReceipt receipt = desk.vote(seen.id(), vote);
        receipt.moved().forEach(moved -> aside(answer, seen, Step.MOVED_ON, moved));
    }

    private void say(Approvals desk, Script.Answer answer, ApprovalRequest request, Note.Kind kind) {
        Reason reason = desk.say(request.id(), answer.by(), kind, answer.reason());
        note(answer, request, kind.word(), Reason.NOTED, reason);
    }

    /** What was refused is told: not all of it is on record. */
    private void note(Script.Answer answer, ApprovalRequest request, String what, Reason done, Reason reason) {
        if (reason != done) {
            aside(answer, request, Step.REFUSED, what + ": " + reason.text() + " (" + reason.word() + ")");
        }
    }

    private void aside(Script.Answer answer, ApprovalRequest request, String what, String text) {
        asides.add(new Aside(request.id(), time.instant(), Findings.name(answer.by()), what, text));
    }

    /** A call that was kept runs on another thread: no time passes before it has run. */
    private void settle(JitGuard opened, ApprovalRequest request) {
        Recorder records = recorder;
        if (!request.replay() || records == null) {
            return;
        }
        settle(records, () -> !Findings.isUnderWay(opened, request.id()));
    }

    private static void settle(Recorder records, BooleanSupplier done) {
        try {
            records.until(done, PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Somebody changes what the caller holds in its hands: possible where that is a list or an object. */
    @SuppressWarnings("unchecked")
    private void slipIn(String argument, @Nullable Object value) {
        Object held = inHand.get(argument);
        if (held instanceof List<?> list && value instanceof List<?> other) {
            list.clear();
            ((List<@Nullable Object>) list).addAll(other);
        } else if (held instanceof Map<?, ?> map && value instanceof Map<?, ?> other) {
            map.clear();
            ((Map<Object, @Nullable Object>) map).putAll(other);
        }
    }
}
