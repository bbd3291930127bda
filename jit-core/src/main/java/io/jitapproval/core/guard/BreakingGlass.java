package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApproverSelector;
import io.jitapproval.BreakGlass;
import io.jitapproval.Debt;
import io.jitapproval.Decision;
import io.jitapproval.GrantClock;
import io.jitapproval.GrantScope;
import io.jitapproval.GrantTerms;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Requirement;
import io.jitapproval.Way;
import io.jitapproval.core.approval.GlassLife;
import io.jitapproval.core.approval.GlassLife.Emergency;
import io.jitapproval.core.approval.Tidings;
import io.jitapproval.core.guard.Evaluator.Answer;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Emergencies: whether policy allows one to the requester, and the request, grant, alarm and debt of it in one step. */
final class BreakingGlass {

    private static final Logger LOG = LoggerFactory.getLogger(BreakingGlass.class);

    private final PeopleDirectory people;
    private final boolean silent;
    private final Asking asking;
    private final Dispatcher dispatcher;
    private final Tidings tidings;
    private final Relatives relatives;
    private final DebtDesk debts;
    private final Ids ids;

    BreakingGlass(
            GuardSettings settings,
            Asking asking,
            Dispatcher dispatcher,
            Tidings tidings,
            Relatives relatives,
            DebtDesk debts,
            Ids ids) {
        this.people = settings.people();
        this.silent = settings.channels().isEmpty();
        this.asking = asking;
        this.dispatcher = dispatcher;
        this.tidings = tidings;
        this.relatives = relatives;
        this.debts = debts;
        this.ids = ids;
    }

    /** An emergency that policy allows. */
    record Broken(Requirement required, BreakGlass terms, Decision decision, Emergency emergency, List<Debt> debts) {}

    /**
     * Whether policy allows this requester an emergency.
     *
     * @throws io.jitapproval.ActionDeniedException if it does not
     */
    Broken allowed(Call call, Requirement required, Answer answer, Phase phase) throws Exception {
        BreakGlass allowed = required.breakGlass().orElse(null);
        if (allowed == null) {
            throw refused(
                    call,
                    Reason.BREAK_GLASS_NOT_ALLOWED,
                    answer,
                    "",
                    "Make the call without breakGlass to ask people.");
        }
        phase.enter(Reason.PEOPLE_UNAVAILABLE);
        BreakGlass terms = relatives.resolve(allowed, answer);
        List<Person> requesters = requesters(call, terms, answer);
        Set<String> barred = requesters.stream().map(Person::id).collect(Collectors.toCollection(LinkedHashSet::new));
        List<Person> alarm = new ArrayList<>(relatives.named(terms.alarm()).values());
        alarm.removeIf(person -> GlassLife.isAmong(person.id(), barred));
        if (silent) {
            throw refused(
                    call,
                    Reason.BREAK_GLASS_UNHEARD,
                    answer,
                    "the guard has no channel that takes the alarm to anybody",
                    "Register a channel with channel(…) on the guard.");
        }
        if (alarm.isEmpty() || !GlassLife.canReview(terms.review(), reviewers(terms, barred))) {
            throw refused(
                    call,
                    Reason.BREAK_GLASS_UNHEARD,
                    answer,
                    alarm.isEmpty() ? "the alarm finds nobody" : "the review finds not enough people",
                    "Name more people in the people directory or in the policy.");
        }
        phase.enter(Reason.STORE_UNAVAILABLE);
        Emergency emergency =
                new Emergency(call.grounds.emergency(), requesters.get(0).id(), barred, alarm, ids.unguessable());
        Broken broken = new Broken(narrowed(required, terms), terms, answer.decision(), emergency, debts.of(barred));
        pay(call, broken, debts.now());
        return broken;
    }

    /** The people behind the subject and whoever acts for it, the subject first: policy allows it to each of them, or to none. */
    private List<Person> requesters(Call call, BreakGlass terms, Answer answer) throws Exception {
        List<Person> requesters = new ArrayList<>();
        for (Ref requester : call.requesters()) {
            Optional<Person> person = people.find(requester);
            if (person.isEmpty()) {
                throw notYours(call, answer, requester + " is nobody whom the people directory knows");
            }
            for (Way way : terms.by()) {
                if (!GlassLife.isAmong(
                        person.get().id(), relatives.named(way.by()).keySet())) {
                    throw notYours(call, answer, "it allows it to " + selectors(way));
                }
            }
            requesters.add(person.get());
        }
        return requesters;
    }

    private static String selectors(Way way) {
        return way.by().stream().map(ApproverSelector::toString).collect(Collectors.joining(" or "));
    }

    private Map<String, Set<ApproverSelector>> reviewers(BreakGlass terms, Set<String> barred) throws Exception {
        Map<String, Set<ApproverSelector>> as = new LinkedHashMap<>();
        for (Way way : terms.review()) {
            for (ApproverSelector selector : way.by()) {
                for (String id : relatives.named(Set.of(selector)).keySet()) {
                    if (!GlassLife.isAmong(id, barred)) {
                        as.computeIfAbsent(id, person -> new LinkedHashSet<>()).add(selector);
                    }
                }
            }
        }
        return as;
    }

    /** For exactly this call, once, and no longer than the emergency lasts. */
    private static Requirement narrowed(Requirement required, BreakGlass terms) {
        return new Requirement(
                required.stages(),
                required.decideWithin(),
                required.useWithin().compareTo(terms.within()) <= 0 ? required.useWithin() : terms.within(),
                required.grant().narrowest(new GrantTerms(GrantScope.EXACT, terms.within(), 1, GrantClock.APPROVAL)),
                required.reason(),
                required.ticket(),
                required.votes(),
                required.course(),
                Optional.of(terms),
                required.closedToMachines());
    }

    /** The request that the emergency answers. Its alarm is in the outbox when this returns: no channel holds up an emergency. */
    ApprovalRequest submit(Call call, Broken broken) {
        Map<String, Object> known = Details.with(Map.of(), call);
        ApprovalRequest request =
                asking.brokenGlass(call, broken.required(), broken.decision(), ids.unguessable(), made -> {
                    pay(call, broken, made.createdAt());
                    return GlassLife.broken(made, broken.terms(), broken.emergency(), tidings, known);
                });
        LOG.warn(
                "{} broke the glass to run {} on {}, request {}",
                call.subject,
                call.action(),
                call.resource,
                request.id());
        dispatcher.kick();
        return request;
    }

    /** Whoever has not paid gets no more. */
    private static void pay(Call call, Broken broken, Instant now) {
        List<Debt> overdue =
                broken.debts().stream().filter(debt -> debt.isOverdue(now)).toList();
        if (!overdue.isEmpty()) {
            Debt first = overdue.get(0);
            throw Refusals.denied(
                    call,
                    Reason.BREAK_GLASS_DEBT,
                    broken.decision(),
                    "the review of " + first.action() + " of " + Refusals.toSecond(first.since()) + " was due "
                            + Refusals.toSecond(first.due()) + ", debt " + first.id(),
                    "Have it reviewed, or make the call without breakGlass to ask people.");
        }
    }

    private static RuntimeException notYours(Call call, Answer answer, String detail) {
        return refused(
                call, Reason.BREAK_GLASS_NOT_YOURS, answer, detail, "Make the call without breakGlass to ask people.");
    }

    private static RuntimeException refused(Call call, Reason reason, Answer answer, String detail, String advice) {
        return Refusals.denied(call, reason, answer.explained(call.hidden()), detail, advice);
    }
}
