package io.jitapproval.core.feedback.adoption;

import io.jitapproval.Attempt;
import io.jitapproval.Grant;
import io.jitapproval.JitGuard;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Resource;
import io.jitapproval.Rollout;
import io.jitapproval.Subject;
import io.jitapproval.core.FiledSuggestion.State;
import io.jitapproval.core.Proposal;
import io.jitapproval.core.SuggestionDesk.Answer;
import io.jitapproval.core.SuggestionSettings;
import io.jitapproval.core.feedback.stats.BettingBound;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.GrantStore.EntryChange;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.StoreEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Moves suggestions from one state to the next, each by compare-and-set with one record. */
public final class Desk {

    public static final String ACCEPT = "jit.suggestion.accept";
    public static final String RENEW = "jit.suggestion.renew";
    public static final String RESUME = "jit.suggestion.resume";

    private final JitGuard guard;
    private final GrantStore store;
    private final Journal journal;
    private final SuggestionSettings settings;
    private final Standing standing;
    private final Kept kept;
    private final Budget budget;
    private final Beneficiaries beneficiaries;

    /** Over a guard that was built with the same store, journal, people and standing rules. */
    public Desk(
            JitGuard guard,
            GrantStore store,
            Journal journal,
            PeopleDirectory people,
            SuggestionSettings settings,
            Standing standing) {
        this.guard = guard;
        this.store = store;
        this.journal = journal;
        this.settings = settings;
        this.standing = standing;
        this.kept = new Kept(store, settings);
        this.budget = new Budget(store, journal, settings);
        this.beneficiaries = new Beneficiaries(people);
    }

    Budget budget() {
        return budget;
    }

    Optional<Filed> filed(String id) {
        return store.<Optional<StoreEntry>>changeEntry(
                        Filed.KIND, id, (current, now) -> Step.nothing(current), none -> {})
                .map(Filed::of);
    }

    private static Answer no(Reason reason, String why) {
        return new Answer(reason, why);
    }

    private static Step<StoreEntry, Answer> not(Reason reason, String why) {
        return Step.nothing(no(reason, why));
    }

    public Answer propose(Proposal fresh) {
        Answer refusal = unfit(fresh);
        if (refusal != null) {
            return refusal;
        }
        if (fresh.model().isPresent()) {
            String full = kept.keep(fresh.model().get(), journal);
            if (!full.isEmpty()) {
                return no(Reason.SUGGESTION_UNFIT, full);
            }
        }
        return change(fresh.id(), (current, now) -> {
            Optional<Filed> before = current.map(Filed::of);
            if (before.filter(filed -> filed.staysAway(fresh, now)).isPresent()) {
                return not(
                        Reason.SUGGESTION_DISMISSED,
                        "until " + before.get().until()
                                + ", unless it stands on twice the decisions or half the bound");
            }
            boolean inForce = before.filter(filed -> filed.isInForce(now)).isPresent();
            String digest = fresh.digest();
            boolean same = before.filter(filed -> inForce
                            ? digest.equals(filed.renewal()) || digest.equals(filed.proposal())
                            : digest.equals(filed.proposal())
                                    && (filed.state() == State.PROPOSED || filed.state() == State.SHADOW))
                    .isPresent();
            if (same) {
                return Step.nothing(no(Reason.SUGGESTION_MOVED, ""));
            }
            Filed next = inForce ? before.orElseThrow().renewedBy(digest) : Filed.proposed(fresh, now);
            String what = inForce ? "renewal-proposed" : "proposed";
            return Step.<StoreEntry, Answer>to(
                            next.entry(),
                            no(Reason.SUGGESTION_MOVED, ""),
                            Records.of(next, what, Optional.of(fresh), Monitor.MONITOR, "", version(), now))
                    .keeping(List.of(Kept.entry(fresh, now)));
        });
    }

    private @Nullable Answer unfit(Proposal fresh) {
        if (!fresh.isProved()) {
            return no(Reason.SUGGESTION_UNPROVED, String.join("; ", fresh.refusals()));
        }
        String unfit = RuleLine.unfit(fresh);
        if (unfit.isEmpty()) {
            unfit = standing.whyNotBeside(fresh);
        }
        if (!unfit.isEmpty()) {
            return no(Reason.SUGGESTION_UNFIT, unfit);
        }
        String closed = Closing.why(standing.base(), fresh.action(), store.now());
        return closed.isEmpty() ? null : no(Reason.ACTION_CLOSED, closed);
    }

    public Answer shadow(String id, Ref by, String why) {
        return loaded(change(id, (current, now) -> {
            Optional<Filed> before = current.map(Filed::of);
            if (before.isEmpty()) {
                return not(Reason.SUGGESTION_UNKNOWN, id);
            }
            if (before.get().state() != State.PROPOSED) {
                return not(Reason.SUGGESTION_NOT_READY, "it is " + before.get().stateAt(now));
            }
            return to(before.get().inShadow(by, why, now), "shadow", by, why, now);
        }));
    }

    public Answer dismiss(String id, Ref by, String why, Duration away) {
        return loaded(change(id, (current, now) -> {
            Optional<Filed> before = current.map(Filed::of);
            if (before.isEmpty()) {
                return not(Reason.SUGGESTION_UNKNOWN, id);
            }
            State state = before.get().stateAt(now);
            if (state != State.PROPOSED && state != State.SHADOW) {
                return not(Reason.SUGGESTION_NOT_READY, "it is " + state);
            }
            return to(gone(before.get(), State.DISMISSED, by, why, now, away), "dismissed", by, why, now);
        }));
    }

    public Answer rollBack(String id, Ref by, String why) {
        return loaded(change(id, (current, now) -> {
            Optional<Filed> before = current.map(Filed::of);
            if (before.isEmpty()) {
                return not(Reason.SUGGESTION_UNKNOWN, id);
            }
            if (!before.get().isInForce(now)) {
                return not(Reason.SUGGESTION_NOT_READY, "it is " + before.get().stateAt(now));
            }
            Filed next = gone(before.get(), State.ROLLED_BACK, by, why, now, settings.stayAway());
            return to(next, "rolled-back", by, why, now);
        }));
    }

    private Filed gone(Filed before, State to, Ref by, String why, Instant now, Duration away) {
        return before.away(to, by, why, now, now.plus(away), kept.known(before.proposal()));
    }

    private Step<StoreEntry, Answer> to(Filed next, String what, Ref by, String why, Instant now) {
        return Step.to(
                next.entry(),
                no(Reason.SUGGESTION_MOVED, ""),
                Records.of(next, what, kept.known(next.proposal()), by, why, version(), now));
    }

    private Answer change(String id, EntryChange<Answer> change) {
        filed(id).ifPresent(filed -> kept.proposal(filed.proposal()));
        return store.changeEntry(Filed.KIND, id, change, journal);
    }

    private String version() {
        return guard.policyStatus().version();
    }

    private Answer loaded(Answer answer) {
        if (answer.isDone()) {
            guard.reloadPolicy();
        }
        return answer;
    }

    /** Accepts or renews, through the guard. */
    public Answer accept(String id, Subject by, String why) {
        Optional<Filed> found = filed(id);
        if (found.isEmpty()) {
            return no(Reason.SUGGESTION_UNKNOWN, id);
        }
        boolean renewal = found.get().isInForce(store.now());
        String digest = renewal ? found.get().renewal() : found.get().proposal();
        Optional<Proposal> proposal = digest.isEmpty() ? Optional.empty() : kept.proposal(digest);
        if (proposal.isEmpty()) {
            return no(
                    Reason.SUGGESTION_NOT_READY,
                    renewal ? "it is in force, and nothing would renew it" : "its text or its model is gone");
        }
        Supplier<@Nullable Answer> check = () -> refusal(id, digest, proposal.get(), by.ref());
        Answer refusal = check.get();
        if (refusal != null) {
            return refusal;
        }
        String action = renewal ? RENEW : ACCEPT;
        Attempt attempt = attempt(action, id, by, why)
                .with("proposal", digest)
                .with("title", proposal.get().title())
                .with("rules", proposal.get().rules())
                .with("certificate", Records.certificate(proposal.get()))
                .with(
                        "model",
                        proposal.get().model().map(Proposal.Model::sha256).orElse("none"))
                .with("replay", proposal.get().replay())
                .with("audit", settings.auditShare())
                .with("inForce", settings.inForce().toString());
        Answer answer = attempt.call(use -> {
            Answer late = check.get();
            if (late == null) {
                late = profiting(use.grantId(), proposal.get());
            }
            return late == null ? take(id, digest, proposal.get(), by.ref(), why, renewal) : late;
        });
        return loaded(answer);
    }

    private Attempt attempt(String action, String id, Subject by, String why) {
        Attempt attempt = guard.attempt(action).by(by).on(Resource.of("suggestion", id));
        return why.isBlank() ? attempt : attempt.because(why);
    }

    /** Why it cannot be accepted, whatever policy says; null if it can. */
    private @Nullable Answer refusal(String id, String digest, Proposal proposal, Ref by) {
        Instant now = store.now();
        Filed filed = filed(id).orElse(null);
        if (filed == null || !digest.equals(filed.isInForce(now) ? filed.renewal() : filed.proposal())) {
            return no(Reason.SUGGESTION_NOT_READY, "it has become another one");
        }
        Answer refusal = notReady(filed, proposal, now);
        refusal = refusal == null ? notEnforced(filed.isInForce(now) ? RENEW : ACCEPT) : refusal;
        refusal = refusal == null ? unfit(proposal) : refusal;
        refusal = refusal == null ? beneficiaries.refusal(by, proposal) : refusal;
        if (refusal != null) {
            return refusal;
        }
        String spent = budget.spend(proposal, false);
        return spent.isEmpty() ? null : no(Reason.ERROR_BUDGET_SPENT, spent);
    }

    private @Nullable Answer notReady(Filed filed, Proposal proposal, Instant now) {
        if (!now.isBefore(proposal.expires())) {
            return no(Reason.SUGGESTION_NOT_READY, "its evidence expired " + proposal.expires());
        }
        State state = filed.stateAt(now);
        if (state == State.IN_FORCE || (state == State.PROPOSED && settings.shadowDecisions() == 0)) {
            return null;
        }
        if (state != State.SHADOW) {
            return no(Reason.SUGGESTION_NOT_READY, "it is " + state);
        }
        BettingBound seen = watch(filed, proposal).shadow;
        if (seen.n() < settings.shadowDecisions()) {
            return no(
                    Reason.SUGGESTION_NOT_READY,
                    "people have decided " + seen.n() + " of the " + settings.shadowDecisions()
                            + " requests that it is watched beside");
        }
        return seen.suspends()
                ? no(
                        Reason.SUGGESTION_NOT_READY,
                        "people denied " + (long) seen.wrong() + " of " + seen.n()
                                + " requests that it would have approved")
                : null;
    }

    private @Nullable Answer notEnforced(String action) {
        boolean loose = guard.rollout().entrySet().stream()
                .anyMatch(each -> each.getValue() != Rollout.ENFORCE && fits(each.getKey(), action));
        return loose ? no(Reason.SUGGESTION_NOT_READY, action + " is not enforced") : null;
    }

    private static boolean fits(String pattern, String action) {
        return pattern.endsWith("*")
                ? action.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(action);
    }

    /** Nobody who had to agree may profit either. */
    private @Nullable Answer profiting(Optional<String> grantId, Proposal proposal) {
        for (String person :
                grantId.flatMap(store::grant).map(Grant::approvedBy).orElse(List.of())) {
            Answer refusal = beneficiaries.refusal(person, proposal);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    private Answer take(String id, String digest, Proposal proposal, Ref by, String why, boolean renewal) {
        String person = beneficiaries.person(by).orElseThrow();
        String spent = budget.spend(proposal, true);
        if (!spent.isEmpty()) {
            return no(Reason.ERROR_BUDGET_SPENT, spent);
        }
        return store.changeEntry(
                Filed.KIND,
                id,
                (current, now) -> {
                    Filed before = current.map(Filed::of).orElse(null);
                    boolean ready = before != null
                            && before.isInForce(now) == renewal
                            && digest.equals(renewal ? before.renewal() : before.proposal())
                            && (renewal || notReady(before, now));
                    if (!ready || before == null) {
                        return not(Reason.SUGGESTION_NOT_READY, "it has become another one");
                    }
                    Instant latest = now.plus(settings.inForce());
                    Instant end = latest.isBefore(proposal.expires()) ? latest : proposal.expires();
                    Filed next = before.accepted(digest, by, person, why, now, end);
                    String what = renewal ? "renewed" : "accepted";
                    return Step.to(
                            next.entry(),
                            no(Reason.SUGGESTION_MOVED, ""),
                            Records.of(next, what, Optional.of(proposal), by, why, version(), now));
                },
                journal);
    }

    private boolean notReady(Filed before, Instant now) {
        State state = before.stateAt(now);
        return state == State.SHADOW || (state == State.PROPOSED && settings.shadowDecisions() == 0);
    }

    /** Lets suspended rules answer again, through the guard. */
    public Answer resume(String id, Subject by, String why) {
        Filed filed = filed(id).orElse(null);
        Proposal proposal =
                filed == null ? null : kept.proposal(filed.proposal()).orElse(null);
        if (filed == null || proposal == null) {
            return no(Reason.SUGGESTION_UNKNOWN, id);
        }
        Supplier<@Nullable Answer> check = () -> {
            if (!filed.isInForce(store.now())) {
                return no(Reason.SUGGESTION_NOT_READY, "it is " + filed.stateAt(store.now()));
            }
            Answer loose = notEnforced(RESUME);
            return loose == null ? beneficiaries.refusal(by.ref(), proposal) : loose;
        };
        Answer refusal = check.get();
        if (refusal != null) {
            return refusal;
        }
        Attempt attempt = attempt(RESUME, id, by, why)
                .with("proposal", filed.proposal())
                .with("rules", proposal.rules())
                .with("suspended", watch(filed, proposal).suspended);
        return attempt.call(use -> {
            Answer late = check.get();
            late = late == null ? profiting(use.grantId(), proposal) : late;
            if (late != null) {
                return late;
            }
            for (String rule : RuleLine.ids(proposal)) {
                Reason resumed = guard.rules().resume(rule, by.ref(), why);
                if (resumed != Reason.RULE_RESUMED && resumed != Reason.RULE_UNKNOWN) {
                    return no(resumed, "");
                }
            }
            change(filed, proposal, Watch::resumed);
            return no(Reason.SUGGESTION_MOVED, "");
        });
    }

    Watch watch(Filed filed, Proposal proposal) {
        return store.changeEntry(
                Watch.KIND, filed.id(), (current, now) -> Step.nothing(watch(filed, proposal, current)), journal);
    }

    private Watch watch(Filed filed, Proposal proposal, Optional<StoreEntry> current) {
        return Watch.of(filed.id(), filed.phase(), current, proposal.maxWrong(), settings.monitorConfidence());
    }

    /** What is seen of a suggestion, added to what was seen. */
    interface Seeing {
        void of(Watch watch);
    }

    void change(Filed filed, Proposal proposal, Seeing seeing) {
        store.changeEntry(
                Watch.KIND,
                filed.id(),
                (current, now) -> {
                    Watch watch = watch(filed, proposal, current);
                    seeing.of(watch);
                    return Step.to(watch.entry(now), true);
                },
                journal);
    }

    List<Filed> all() {
        return store.entries(Filed.KIND).stream().map(Filed::of).toList();
    }

    Optional<Proposal> proposal(String digest) {
        return digest.isEmpty() ? Optional.empty() : kept.proposal(digest);
    }
}
