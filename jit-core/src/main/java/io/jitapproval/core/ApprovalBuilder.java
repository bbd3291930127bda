package io.jitapproval.core;

import io.jitapproval.Course.AtDecideBy;
import io.jitapproval.Demand;
import io.jitapproval.core.policy.FieldOrder;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The {@code approval} of a rule: who is asked, and what counts. {@link #by}, or {@link #way} once or more, or {@link #stage}
 * once or more. Each other
 * setting can be set once; what is not set, the document leaves out. Whether a value is within its bounds is told by {@link
 * PolicyBuilder#build}.
 *
 * <p>Not thread-safe.
 */
public final class ApprovalBuilder {

    private final Entries entries = new Entries("approval", FieldOrder.APPROVAL);

    ApprovalBuilder() {}

    /**
     * {@code by}: who may approve.
     *
     * @param approvers the approvers
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public ApprovalBuilder by(Approvers approvers) {
        entries.set("by", approvers.data());
        return this;
    }

    /**
     * {@code people}: how many different people have to approve.
     *
     * @param number from 1 to 1000; by default 1
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public ApprovalBuilder people(int number) {
        entries.set("people", BigDecimal.valueOf(number));
        return this;
    }

    /**
     * {@code any}: one more way to fill it; any one is enough.
     *
     * @param by     who may approve
     * @param people how many different people have to, from 1 to 1000
     * @return this
     */
    public ApprovalBuilder way(Approvers by, int people) {
        entries.add("any", Stages.way(by, people));
        return this;
    }

    /**
     * {@code escalate}: who may approve too, when it has stayed open for a while.
     *
     * @param after    how long after it opened; positive
     * @param by       who may approve from then on too
     * @param channels the names of channels that are told then as well; may be none
     * @return this
     */
    public ApprovalBuilder escalate(Duration after, Approvers by, String... channels) {
        entries.add("escalate", Stages.also(after, by, channels));
        return this;
    }

    /**
     * {@code escalate} with {@code instead}: who may approve in the place of others, when it has stayed open for a while. Votes that were
     * cast before still count.
     *
     * @param after    how long after it opened; positive
     * @param by       who may approve from then on
     * @param channels the names of channels that are told then as well; may be none
     * @return this
     */
    public ApprovalBuilder escalateInstead(Duration after, Approvers by, String... channels) {
        entries.add("escalate", Stages.instead(after, by, channels));
        return this;
    }

    /**
     * {@code escalate} without people: which channels are told, when it has stayed open for a while.
     *
     * @param after    how long after it opened; positive
     * @param channels the channels' names
     * @return this
     */
    public ApprovalBuilder escalateBy(Duration after, String... channels) {
        entries.add("escalate", Stages.only(after, channels));
        return this;
    }

    /**
     * One more of the {@code stages}, filled by one person.
     *
     * @param by who may approve in it
     * @return this
     */
    public ApprovalBuilder stage(Approvers by) {
        entries.add("stages", Map.of("by", by.data()));
        return this;
    }

    /**
     * One more of the {@code stages}.
     *
     * @param by     who may approve in it
     * @param people how many different people have to, from 1 to 1000
     * @return this
     */
    public ApprovalBuilder stage(Approvers by, int people) {
        entries.add("stages", Stages.way(by, people));
        return this;
    }

    /**
     * One more of the {@code stages}.
     *
     * @param terms says who, and when
     * @return this
     */
    public ApprovalBuilder stage(Consumer<StageBuilder> terms) {
        StageBuilder builder = new StageBuilder();
        terms.accept(builder);
        entries.add("stages", builder.data());
        return this;
    }

    /**
     * {@code decideWithin}: how long they may take.
     *
     * @param length positive, at most 31 days; by default one hour
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public ApprovalBuilder decideWithin(Duration length) {
        entries.set("decideWithin", length.toString());
        return this;
    }

    /**
     * {@code atDecideBy}: what happens when nobody decided in time.
     *
     * @param end the end; by default {@link AtDecideBy#EXPIRE}
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public ApprovalBuilder atDecideBy(AtDecideBy end) {
        entries.set("atDecideBy", end.word());
        return this;
    }

    /**
     * {@code remindAfter}: how long after being told those who have not voted are reminded, then after twice that time, and so on.
     *
     * @param length positive, at most 31 days; by default nobody is reminded
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public ApprovalBuilder remindAfter(Duration length) {
        entries.set("remindAfter", length.toString());
        return this;
    }

    /**
     * {@code tell.atMost}: how many people are told when a stage opens.
     *
     * @param people at least 1; by default 10
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public ApprovalBuilder tellAtMost(int people) {
        entries.put("tell", "atMost", BigDecimal.valueOf(people));
        return this;
    }

    /**
     * {@code tell.first}: whom to tell before others, such as those on call.
     *
     * @param approvers the people
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public ApprovalBuilder tellFirst(Approvers approvers) {
        entries.put("tell", "first", approvers.data());
        return this;
    }

    /**
     * {@code denials}: how many people's denials end the request.
     *
     * @param people at least 1; by default 1: one denial is final
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public ApprovalBuilder denials(int people) {
        entries.set("denials", BigDecimal.valueOf(people));
        return this;
    }

    /**
     * {@code coolDown}: how long after a denial the same call is not asked again.
     *
     * @param length not negative, at most 31 days; by default 5 minutes
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public ApprovalBuilder coolDown(Duration length) {
        entries.set("coolDown", length.toString());
        return this;
    }

    /**
     * {@code authors}: whether the owners of the rules that ask may vote.
     *
     * @param allowed true for {@code allowed}, false for {@code never}; by default true
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public ApprovalBuilder authors(boolean allowed) {
        entries.set("authors", allowed ? "allowed" : "never");
        return this;
    }

    /**
     * {@code recheck}: when it is tested whether those who approve are the ones to ask.
     *
     * @param atUse true for {@code use}, when the grant is used as well; false for {@code vote} alone, the default
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public ApprovalBuilder recheck(boolean atUse) {
        entries.set("recheck", atUse ? "use" : "vote");
        return this;
    }

    /**
     * {@code breakGlass}: what is allowed in an emergency. By default nothing is.
     *
     * @param terms says what
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public ApprovalBuilder breakGlass(Consumer<BreakGlassBuilder> terms) {
        BreakGlassBuilder builder = new BreakGlassBuilder();
        terms.accept(builder);
        entries.set("breakGlass", builder.data());
        return this;
    }

    /**
     * {@code reason}: whether the requester has to give one.
     *
     * @param demand with one form at most; by default {@link Demand#OPTIONAL}
     * @return this
     * @throws IllegalStateException    if it was set before
     * @throws IllegalArgumentException if it has several forms
     */
    public ApprovalBuilder reason(Demand demand) {
        return demand("reason", demand);
    }

    /**
     * {@code reason}: the requester has to give one in this form.
     *
     * @param pattern a regular expression in the syntax of RE2 that must fit the reason as a whole
     * @param hint    what to write, for people
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public ApprovalBuilder reason(String pattern, String hint) {
        return form("reason", pattern, hint);
    }

    /**
     * {@code ticket}: whether the requester has to name one.
     *
     * @param demand with one form at most; by default {@link Demand#OPTIONAL}
     * @return this
     * @throws IllegalStateException    if it was set before
     * @throws IllegalArgumentException if it has several forms
     */
    public ApprovalBuilder ticket(Demand demand) {
        return demand("ticket", demand);
    }

    /**
     * {@code ticket}: the requester has to name one in this form.
     *
     * @param pattern a regular expression in the syntax of RE2 that must fit the ticket as a whole
     * @param hint    what to write, for people
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public ApprovalBuilder ticket(String pattern, String hint) {
        return form("ticket", pattern, hint);
    }

    /**
     * {@code channels}: by which channels votes may come, and which alone are told.
     *
     * @param names the channels' names; by default any
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public ApprovalBuilder channels(String... names) {
        entries.set("channels", Literals.texts("channels", names));
        return this;
    }

    /**
     * {@code assurance}: how voters may have been authenticated.
     *
     * @param words words such as {@code mfa}, of which a vote must carry one; by default any
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public ApprovalBuilder assurance(String... words) {
        entries.set("assurance", Literals.texts("assurance", words));
        return this;
    }

    /**
     * {@code autoApproval}: whether an {@code auto-approve} rule may answer in people's place.
     *
     * @param allowed true for {@code allowed}, false for {@code never}; by default true
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public ApprovalBuilder autoApproval(boolean allowed) {
        entries.set("autoApproval", allowed ? "allowed" : "never");
        return this;
    }

    private ApprovalBuilder demand(String name, Demand demand) {
        if (demand.forms().size() > 1) {
            throw new IllegalArgumentException("'" + name + "' has one form in a document, but here are "
                    + demand.forms().size());
        }
        for (Demand.Form form : demand.forms()) {
            return form(name, form.pattern(), form.hint());
        }
        entries.set(name, demand.required() ? "required" : "optional");
        return this;
    }

    private ApprovalBuilder form(String name, String pattern, String hint) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("pattern", pattern);
        form.put("hint", hint);
        entries.set(name, form);
        return this;
    }

    Map<String, Object> data() {
        return entries.data();
    }
}
