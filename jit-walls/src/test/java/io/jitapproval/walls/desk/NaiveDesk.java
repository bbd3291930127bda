package io.jitapproval.walls.desk;

import io.jitapproval.GrantClock;
import io.jitapproval.GrantScope;
import io.jitapproval.GrantTerms;
import io.jitapproval.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An approval desk as teams write it in an afternoon, for one thread. Without a bug it passes every check; with one it must
 * fail the check of that bug, or the check has no power.
 */
final class NaiveDesk implements Desk {

    enum Bug {
        /** "Allow always" remembers the action alone. */
        SCOPE_IS_ACTION,
        /** A vote may give more than was asked. */
        VOTE_WIDENS,
        /** A vote counts for every account. */
        ACCOUNT_IS_PERSON,
        /** The requester may approve. */
        SELF_APPROVAL,
        /** The requester may approve under another account. */
        SELF_APPROVAL_BY_ALIAS,
        /** People who are excluded lower the number needed. */
        EXCLUSION_LOWERS_QUORUM,
        /** Nobody notices that a quorum cannot be reached. */
        UNREACHABLE_WAITS,
        /** Roles are those of the time of asking. */
        STALE_ROLES,
        /** Whoever is not known may vote. */
        UNKNOWN_MAY_VOTE,
        /** An approval after a denial wins. */
        LATE_APPROVAL_WINS,
        /** A request never expires. */
        NO_DECIDE_BY,
        /** An approval can stay unused for ever. */
        NO_USE_BY,
        /** The grant's clock starts when asking. */
        CLOCK_FROM_REQUEST,
        /** A grant is good at the very instant of its end. */
        END_IS_INCLUSIVE,
        /** A grant from the first use counts from the approval. */
        FIRST_USE_IGNORED,
        /** Uses are not counted. */
        USES_NOT_COUNTED,
        /** A timeout is reported as a denial. */
        TIMEOUT_IS_DENIAL,
        /** A withdrawal is reported as a denial. */
        CANCEL_IS_DENIAL,
        /** Revoking only hides the grant. */
        REVOKE_IS_COSMETIC,
        /** Everybody may withdraw. */
        ANYBODY_WITHDRAWS
    }

    private static final class Request {
        String id = "";
        Call call = Call.refund("", 0);
        Outcome state = Outcome.PENDING;
        Instant askedAt = Instant.EPOCH;
        Set<String> eligible = Set.of();
        int needed;
        Map<String, Verdict> votes = new HashMap<>();
        Optional<Ticket> grant = Optional.empty();
        GrantTerms terms = GrantTerms.DEFAULT;
    }

    private static final class Ticket {
        Call call = Call.refund("", 0);
        GrantTerms terms = GrantTerms.DEFAULT;
        Instant from = Instant.EPOCH;
        Instant firstUse = Instant.MAX;
        Instant useBy = Instant.MAX;
        int uses;
        boolean gone;
    }

    private final Set<Bug> bugs;
    private final Rules rules;
    private final Map<String, Set<String>> roles = new HashMap<>();
    private final Map<String, String> aliases = new HashMap<>();
    private final List<Request> requests = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-05T09:00:00Z");
    private int ran;
    private String last = "";

    NaiveDesk(Set<Bug> bugs, Rules rules, Member... members) {
        this.bugs = bugs;
        this.rules = rules;
        for (Member member : members) {
            roles.put(member.id(), new HashSet<>(member.roles()));
            aliases.put(member.id(), member.id());
            aliases.put("user/" + member.id(), member.id());
            member.aliases().forEach(alias -> aliases.put(alias, member.id()));
        }
    }

    private boolean has(Bug bug) {
        return bugs.contains(bug);
    }

    @Override
    public Outcome call(Call call) {
        if (!call.action().startsWith("payment.")) {
            return Outcome.DENIED;
        }
        for (Request request : requests) {
            Ticket grant = request.grant.orElse(null);
            if (grant != null && covers(grant, call)) {
                grant.uses++;
                grant.firstUse = grant.firstUse.equals(Instant.MAX) ? now : grant.firstUse;
                ran++;
                return Outcome.RAN;
            }
        }
        for (Request request : requests) {
            if (request.call.equals(call) && state(request) == Outcome.PENDING) {
                last = request.id;
                return Outcome.PENDING;
            }
        }
        return ask(call);
    }

    private boolean covers(Ticket grant, Call call) {
        if (grant.gone && !has(Bug.REVOKE_IS_COSMETIC)) {
            return false;
        }
        boolean sameOrder = grant.call.order().equals(call.order());
        boolean inScope = grant.call.subject().equals(call.subject())
                && grant.call.action().equals(call.action())
                && (has(Bug.SCOPE_IS_ACTION)
                        || grant.terms.scope() == GrantScope.ACTION
                        || (grant.terms.scope() == GrantScope.RESOURCE && sameOrder)
                        || (sameOrder && grant.call.arguments().equals(call.arguments())));
        boolean unused = grant.uses == 0;
        if (!inScope || (!has(Bug.USES_NOT_COUNTED) && grant.uses >= grant.terms.uses())) {
            return false;
        }
        if (unused && !has(Bug.NO_USE_BY) && !now.isBefore(grant.useBy)) {
            return false;
        }
        boolean fromFirst = grant.terms.clock() == GrantClock.FIRST_USE && !has(Bug.FIRST_USE_IGNORED);
        Instant from = fromFirst ? grant.firstUse : grant.from;
        if (unused && (fromFirst || has(Bug.NO_USE_BY))) {
            return true;
        }
        Instant end = from.plus(grant.terms.within());
        return now.isBefore(end) || (has(Bug.END_IS_INCLUSIVE) && now.equals(end));
    }

    private Outcome ask(Call call) {
        Request request = new Request();
        request.id = "r" + requests.size();
        request.call = call;
        request.askedAt = now;
        request.terms = rules.terms();
        request.needed = rules.people();
        Set<String> eligible = new HashSet<>();
        roles.forEach((id, has) -> {
            if (has.contains("FINANCE")) {
                eligible.add(id);
            }
        });
        boolean requesterHadRole = eligible.remove(person(call.subject()));
        if (requesterHadRole && has(Bug.EXCLUSION_LOWERS_QUORUM)) {
            request.needed--;
        }
        request.eligible = eligible;
        if (eligible.size() < request.needed && !has(Bug.UNREACHABLE_WAITS)) {
            return Outcome.UNREACHABLE;
        }
        requests.add(request);
        last = request.id;
        if (request.needed == 0) {
            grant(request, rules.terms());
            return call(call);
        }
        return Outcome.PENDING;
    }

    private String person(String voter) {
        return aliases.getOrDefault(voter, "?" + voter);
    }

    private Outcome state(Request request) {
        boolean late = !now.isBefore(request.askedAt.plus(rules.decideWithin()));
        return request.state == Outcome.PENDING && late && !has(Bug.NO_DECIDE_BY) ? Outcome.EXPIRED : request.state;
    }

    @Override
    public boolean vote(String id, String voter, Verdict verdict, Optional<GrantTerms> narrowed) {
        Request request = find(id);
        Outcome state = state(request);
        if (state != Outcome.PENDING && !(state == Outcome.DENIED && has(Bug.LATE_APPROVAL_WINS))) {
            return false;
        }
        String person = person(voter);
        boolean known = aliases.containsKey(voter);
        if (!known && !has(Bug.UNKNOWN_MAY_VOTE)) {
            return false;
        }
        boolean own = person.equals(person(request.call.subject()));
        boolean ownAllowed =
                has(Bug.SELF_APPROVAL) || (has(Bug.SELF_APPROVAL_BY_ALIAS) && !voter.equals(request.call.subject()));
        boolean mayVote = has(Bug.STALE_ROLES)
                ? request.eligible.contains(person) || own
                : !known || roles.get(person).contains("FINANCE");
        if ((own && !ownAllowed) || !mayVote) {
            return false;
        }
        String slot = has(Bug.ACCOUNT_IS_PERSON) ? voter : person;
        if (request.votes.containsKey(slot)) {
            return false;
        }
        GrantTerms terms = narrowed.orElse(request.terms);
        if (!terms.isWithin(rules.terms()) && !has(Bug.VOTE_WIDENS)) {
            return false;
        }
        request.votes.put(slot, verdict);
        request.terms = narrowed.isEmpty() ? request.terms : terms;
        if (verdict == Verdict.DENY) {
            request.state = Outcome.DENIED;
        } else if (request.votes.values().stream()
                        .filter(v -> v == Verdict.APPROVE)
                        .count()
                >= request.needed) {
            request.state = Outcome.RAN;
            grant(request, request.terms);
        }
        return true;
    }

    private void grant(Request request, GrantTerms terms) {
        Ticket ticket = new Ticket();
        ticket.call = request.call;
        ticket.terms = terms;
        ticket.from = has(Bug.CLOCK_FROM_REQUEST) ? request.askedAt : now;
        ticket.useBy = now.plus(rules.useWithin());
        request.grant = Optional.of(ticket);
    }

    private Request find(String id) {
        return requests.stream().filter(r -> r.id.equals(id)).findFirst().orElseThrow();
    }

    @Override
    public String lastRequest() {
        return last;
    }

    @Override
    public Outcome waiting(Call call, Consumer<String> meanwhile) {
        call(call);
        Request request = find(last);
        meanwhile.accept(request.id);
        return switch (state(request)) {
            case RAN -> call(call);
            case EXPIRED -> has(Bug.TIMEOUT_IS_DENIAL) ? Outcome.DENIED : Outcome.EXPIRED;
            case CANCELLED -> has(Bug.CANCEL_IS_DENIAL) ? Outcome.DENIED : Outcome.CANCELLED;
            case PENDING, DENIED, UNREACHABLE -> state(request);
        };
    }

    @Override
    public boolean withdraw(String id, String by) {
        Request request = find(id);
        boolean may = person(by).equals(person(request.call.subject())) || has(Bug.ANYBODY_WITHDRAWS);
        if (state(request) != Outcome.PENDING || !may) {
            return false;
        }
        request.state = Outcome.CANCELLED;
        return true;
    }

    @Override
    public boolean revokeGrantOf(String id) {
        Ticket grant = find(id).grant.orElseThrow();
        boolean was = !grant.gone;
        grant.gone = true;
        return was;
    }

    @Override
    public boolean returnGrantOf(String id, String holder) {
        return person(holder).equals(person(find(id).call.subject())) && revokeGrantOf(id);
    }

    @Override
    public void takeRole(String person, String role) {
        roles.get(person).remove(role);
    }

    @Override
    public void advance(Duration time) {
        now = now.plus(time);
    }

    @Override
    public int ran() {
        return ran;
    }
}
