package io.jitapproval.core;

import io.jitapproval.Demand;
import io.jitapproval.core.policy.FieldOrder;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The {@code approval} of a rule: who is asked, and what counts. Either {@link #by}, or {@link #stage} once or more. Each other
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
        Map<String, Object> stage = new LinkedHashMap<>();
        stage.put("by", by.data());
        stage.put("people", BigDecimal.valueOf(people));
        entries.add("stages", stage);
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
