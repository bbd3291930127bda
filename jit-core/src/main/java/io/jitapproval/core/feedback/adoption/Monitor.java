package io.jitapproval.core.feedback.adoption;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Grant;
import io.jitapproval.JitGuard;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Suspension;
import io.jitapproval.core.FiledSuggestion.State;
import io.jitapproval.core.Proposal;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.StoreEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what people and the application say of what suggestions approved or would have approved, and suspends what is wrong too often.
 * Everything it needs is in the store, and each answer is counted once, whichever node looks first.
 */
public final class Monitor {

    static final Ref MONITOR = new Ref("system", "monitor");

    private static final Logger LOG = LoggerFactory.getLogger(Monitor.class);
    private static final String SAMPLED = "sampled";
    private static final String OUTCOME = "outcome";
    private static final Set<String> WRONG = Set.of("reversed", "incident");

    private final Desk desk;
    private final JitGuard guard;
    private final GrantStore store;
    private final Journal journal;
    private final Uses uses;
    private final ReentrantLock looking = new ReentrantLock();

    /** Over the guard's own store and journal, with what was counted of its uses. */
    public Monitor(Desk desk, JitGuard guard, GrantStore store, Journal journal, Uses uses) {
        this.desk = desk;
        this.guard = guard;
        this.store = store;
        this.journal = journal;
        this.uses = uses;
    }

    /** A suggestion whose rules stand in the policy. */
    private record Standing(Filed filed, Proposal proposal, List<String> rules) {

        boolean has(List<String> some) {
            return !Collections.disjoint(rules, some);
        }
    }

    /** Looks once. */
    public void look() {
        looking.lock();
        try {
            Instant now = store.now();
            List<Standing> shadows = new ArrayList<>();
            List<Standing> inForce = new ArrayList<>();
            for (Filed filed : desk.all()) {
                State state = filed.stateAt(now);
                Optional<Proposal> proposal = state == State.SHADOW || state == State.IN_FORCE
                        ? desk.proposal(filed.proposal())
                        : Optional.empty();
                proposal.ifPresent(what ->
                        (state == State.SHADOW ? shadows : inForce).add(new Standing(filed, what, RuleLine.ids(what))));
            }
            for (StoreEntry sample : store.entries(SAMPLED)) {
                sampled(sample, shadows, inForce, now);
            }
            Map<List<String>, Long> counted = uses.take();
            for (Standing each : inForce) {
                count(each, counted, now);
            }
            for (StoreEntry outcome : store.entries(OUTCOME)) {
                outcome(outcome, inForce);
            }
            for (Standing each : inForce) {
                judge(each);
            }
        } finally {
            looking.unlock();
        }
    }

    private void sampled(StoreEntry sample, List<Standing> shadows, List<Standing> inForce, Instant now) {
        Optional<ApprovalRequest> found = store.request(sample.key());
        if (found.filter(request -> request.stateAt(now) == ApprovalRequest.State.PENDING)
                .isPresent()) {
            return;
        }
        String call = sample.data().getOrDefault("call", "");
        if (found.isPresent() && found.get().matchKey().equals(call)) {
            answered(found.get(), sample.data(), shadows, inForce, now);
        }
        store.changeEntry(
                SAMPLED,
                sample.key(),
                (current, then) -> current.isEmpty()
                        ? Step.nothing(false)
                        : Step.to(new StoreEntry(SAMPLED, sample.key(), Map.of(), then), true),
                journal);
    }

    private void answered(
            ApprovalRequest request,
            Map<String, String> data,
            List<Standing> shadows,
            List<Standing> inForce,
            Instant now) {
        String call = request.matchKey();
        boolean yes = request.stateAt(now) == ApprovalRequest.State.APPROVED;
        boolean no = request.stateAt(now) == ApprovalRequest.State.DENIED
                && request.outcome().filter(Reason.APPROVAL_DENIED::equals).isPresent();
        List<String> audited = List.of(data.getOrDefault("audited", ""));
        List<String> shadowed = "permit".equals(data.get("shadow"))
                ? data.getOrDefault("shadowRules", "").lines().toList()
                : List.of();
        for (Standing each : inForce) {
            if (each.has(audited) && !request.createdAt().isBefore(each.filed().since())) {
                desk.change(each.filed(), each.proposal(), watch -> {
                    if (yes || no) {
                        watch.audited(
                                request.id(), call, no, request.decidedAt().orElse(now));
                    } else {
                        watch.unanswered(request.id());
                    }
                });
            }
        }
        for (Standing each : shadows) {
            if (each.has(shadowed) && !request.createdAt().isBefore(each.filed().since())) {
                desk.change(each.filed(), each.proposal(), watch -> {
                    if (yes || no) {
                        watch.shadowed(request.id(), call, no);
                    } else {
                        watch.unanswered(request.id());
                    }
                });
            }
        }
    }

    private void count(Standing each, Map<List<String>, Long> counted, Instant now) {
        long of = counted.entrySet().stream()
                .filter(entry -> each.has(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        if (of > 0) {
            desk.change(each.filed(), each.proposal(), watch -> watch.used(of, now));
        }
    }

    private void outcome(StoreEntry outcome, List<Standing> inForce) {
        String word = outcome.data().getOrDefault("outcome", "");
        if (!WRONG.contains(word)) {
            return;
        }
        int slash = outcome.key().indexOf('/');
        Optional<Grant> grant = slash < 0
                ? store.request(outcome.key()).flatMap(ApprovalRequest::grantId).flatMap(store::grant)
                : store.grant(outcome.key().substring(0, slash));
        for (Standing each : inForce) {
            if (grant.filter(given -> each.has(given.automatic())
                            && !given.grantedAt().isBefore(each.filed().since()))
                    .isPresent()) {
                desk.change(
                        each.filed(),
                        each.proposal(),
                        watch -> watch.reported(grant.get().id(), word.equals("incident")));
            }
        }
    }

    private void judge(Standing each) {
        Set<String> suspended =
                guard.rules().suspended().stream().map(Suspension::rule).collect(Collectors.toSet());
        Watch watch = desk.watch(each.filed(), each.proposal());
        if (!watch.suspended.isEmpty()) {
            if (each.rules().stream().noneMatch(suspended::contains)) {
                desk.change(each.filed(), each.proposal(), Watch::resumed);
            }
            return;
        }
        String alarm = watch.alarm();
        if (alarm.isEmpty()) {
            return;
        }
        boolean all = true;
        for (String rule : each.rules()) {
            all &= guard.rules().suspend(rule, MONITOR, alarm) == Reason.RULE_SUSPENDED;
        }
        LOG.warn(
                "Suggestion {} is suspended until a person resumes it: {}",
                each.filed().id(),
                alarm);
        if (all) {
            desk.change(each.filed(), each.proposal(), seen -> seen.suspended = alarm);
        }
    }
}
