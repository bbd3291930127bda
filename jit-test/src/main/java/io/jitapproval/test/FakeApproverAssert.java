package io.jitapproval.test;

import static java.util.Objects.requireNonNull;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.Ref;
import io.jitapproval.ShownArgument;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about what approvers were asked. Counts and descriptions can come in either order:
 *
 * <pre>{@code
 * assertThat(approver).wasAskedOnce().forAction("payment.refund").showing("amount", "5000");   // once in all, for that
 * assertThat(approver).forAction("payment.refund").wasAskedOnce();                             // once for that
 * }</pre>
 *
 * <p>A description alone asserts nothing: it narrows what a count before or after it is about.
 */
public final class FakeApproverAssert extends AbstractAssert<FakeApproverAssert, FakeApprover> {

    private static final int ANY = -1;
    private static final int NOT_SAID = -2;

    private final List<ApprovalRequest> seen;
    private final List<Function<ApprovalRequest, String>> details = new ArrayList<>();
    private final StringBuilder described = new StringBuilder();
    private List<ApprovalRequest> fitting;
    private int count = NOT_SAID;

    FakeApproverAssert(FakeApprover approver) {
        super(approver, FakeApproverAssert.class);
        seen = requireNonNull(approver, "approver").requests();
        fitting = seen;
    }

    /**
     * There was at least one such request.
     *
     * @return this
     */
    public FakeApproverAssert wasAsked() {
        return expect(ANY);
    }

    /**
     * There was exactly one such request.
     *
     * @return this
     */
    public FakeApproverAssert wasAskedOnce() {
        return expect(1);
    }

    /**
     * There was an exact number of such requests.
     *
     * @param times how many
     * @return this
     */
    public FakeApproverAssert wasAsked(int times) {
        return expect(times);
    }

    /**
     * There was no such request.
     *
     * @return this
     */
    public FakeApproverAssert wasNotAsked() {
        return expect(0);
    }

    /**
     * Requests for an action.
     *
     * @param action the action's name
     * @return this
     */
    public FakeApproverAssert forAction(String action) {
        return narrow(" for " + action, request -> request.action().equals(action));
    }

    /**
     * Requests on a resource.
     *
     * @param type the resource's type
     * @param id   its id
     * @return this
     */
    public FakeApproverAssert onResource(String type, String id) {
        Ref resource = new Ref(type, id);
        return narrow(" on " + resource, request -> request.resource().equals(resource));
    }

    /**
     * Requests of a subject.
     *
     * @param subject a user's id, or another subject as {@code type/id}
     * @return this
     */
    public FakeApproverAssert by(String subject) {
        Ref ref = subject.indexOf('/') < 0 ? Ref.user(subject) : Ref.parse(subject);
        details.add(request -> " by " + request.subject());
        return narrow(" by " + ref, request -> request.subject().equals(ref));
    }

    /**
     * Requests that show an argument to approvers.
     *
     * @param argument the argument's name
     * @param text     its value as people read it
     * @return this
     */
    public FakeApproverAssert showing(String argument, String text) {
        details.add(FakeApproverAssert::shown);
        return narrow(
                " showing " + argument + " " + text,
                request -> request.arguments().stream()
                        .anyMatch(shown ->
                                shown.name().equals(argument) && shown.text().equals(text)));
    }

    /**
     * Requests that do not show the value of an argument: they hide it or do not have it.
     *
     * @param argument the argument's name
     * @return this
     */
    public FakeApproverAssert notShowing(String argument) {
        details.add(FakeApproverAssert::shown);
        return narrow(
                " not showing " + argument,
                request -> request.arguments().stream()
                        .noneMatch(shown -> shown.name().equals(argument) && !shown.hidden()));
    }

    /**
     * Requests for which the requester gave a reason.
     *
     * @param reason the whole reason
     * @return this
     */
    public FakeApproverAssert withReason(String reason) {
        details.add(request -> " because \"" + request.reason() + "\"");
        return narrow(" because \"" + reason + "\"", request -> request.reason().equals(reason));
    }

    private FakeApproverAssert narrow(String description, Predicate<ApprovalRequest> condition) {
        described.append(description);
        fitting = fitting.stream().filter(condition).toList();
        return check();
    }

    private FakeApproverAssert expect(int times) {
        count = times;
        return check();
    }

    private FakeApproverAssert check() {
        if (count == NOT_SAID || (count == ANY ? !fitting.isEmpty() : fitting.size() == count)) {
            return this;
        }
        String saw = seen.isEmpty() ? "none" : seen.stream().map(this::describe).collect(Collectors.joining("; "));
        throw failure("expected %s", number() + described + ", saw: " + saw);
    }

    private String number() {
        return switch (count) {
            case ANY -> "at least one request";
            case 0 -> "no request";
            case 1 -> "one request";
            default -> count + " requests";
        };
    }

    private String describe(ApprovalRequest request) {
        return request.action() + " on " + request.resource()
                + details.stream()
                        .map(detail -> detail.apply(request))
                        .distinct()
                        .collect(Collectors.joining())
                + " (" + state(actual, request) + ")";
    }

    /** {@return the state for people: pending since when, by the time that has passed since the approver was made} */
    static String state(FakeApprover approver, ApprovalRequest request) {
        State state = request.stateAt(approver.now());
        Instant since = request.decidedAt().orElse(state == State.PENDING ? request.createdAt() : request.decideBy());
        Duration passed = Duration.between(approver.start(), since);
        String clock = (passed.toHours() == 0 ? "" : String.format("%02d:", passed.toHours()))
                + String.format("%02d:%02d", passed.toMinutesPart(), passed.toSecondsPart());
        return state.word() + " since " + clock;
    }

    static String shown(ApprovalRequest request) {
        return request.arguments().isEmpty()
                ? " showing nothing"
                : " showing "
                        + request.arguments().stream()
                                .map(argument -> argument.name() + " " + text(argument))
                                .collect(Collectors.joining(", "));
    }

    private static String text(ShownArgument argument) {
        return argument.text() + (argument.bound() ? "" : " (unbound)");
    }
}
