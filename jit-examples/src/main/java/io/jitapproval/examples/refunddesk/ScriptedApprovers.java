package io.jitapproval.examples.refunddesk;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Approvals;
import io.jitapproval.Vote;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.InteractiveApprovalChannel;
import io.jitapproval.spi.TimeSource;
import io.jitapproval.test.TestClock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** People whose answers are known in advance, on a simulated clock. */
final class ScriptedApprovers implements Answering, InteractiveApprovalChannel {

    private final String title;
    private final Script script;
    private final TestClock time;
    private @Nullable Approvals approvals;
    private Map<String, @Nullable Object> inHand = Map.of();

    ScriptedApprovers(String title, Script script) {
        this.title = title;
        this.script = script;
        this.time =
                new TestClock(script.startsAt().orElseGet(() -> Instant.now().truncatedTo(ChronoUnit.SECONDS)));
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
    public void answered() {
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
    public void deliver(ApprovalNotice notice) {
        if (notice.kind() == ApprovalNotice.Kind.ASKED) {
            ApprovalRequest request = notice.request();
            for (Script.Answer answer : script.answers()) {
                if (answer.match().matches(request)) {
                    time.alarm(request.createdAt().plus(answer.after()), () -> give(answer, request));
                }
            }
        }
    }

    private void give(Script.Answer answer, ApprovalRequest request) {
        Approvals desk = approvals;
        if (desk == null
                || desk.find(request.id())
                        .map(ApprovalRequest::decidedAt)
                        .filter(at -> at.isPresent())
                        .isPresent()) {
            return;
        }
        answer.meanwhile().forEach(this::slipIn);
        Vote vote = new Vote(
                answer.by(),
                answer.verdict(),
                answer.reason(),
                request.shown(),
                answer.narrowed(request.requirement().grant()),
                name());
        desk.vote(request.id(), vote);
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
