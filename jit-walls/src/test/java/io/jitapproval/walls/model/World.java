package io.jitapproval.walls.model;

import io.jitapproval.GrantTerms;
import io.jitapproval.Reason;
import io.jitapproval.Verdict;
import io.jitapproval.walls.model.Act.Wish;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Everything that is the case, as the model sees it. What time brings has always happened already. */
final class World {

    /** A vote that counts. */
    record Ballot(
            String person,
            Optional<String> standsFor,
            Set<String> as,
            Verdict verdict,
            Optional<GrantTerms> narrowed,
            Instant at) {}

    record Away(String principal, String other, Instant from, Instant until) {}

    static final class Request {
        final int number;
        final Optional<Instant> startsAt;
        Wish wish;
        int version = 1;
        /** It became equal to another one that was pending: calls that are equal to both may find neither. */
        boolean doubled;

        int said;
        Instant begun;
        Instant decideBy;
        Optional<Instant> extended = Optional.empty();
        List<Ballot> votes = new ArrayList<>();
        String state = "pending";
        Optional<Reason> why = Optional.empty();
        Optional<Given> grant = Optional.empty();

        Request(int number, Wish wish, Optional<Instant> startsAt, Instant begun, Instant decideBy) {
            this.number = number;
            this.startsAt = startsAt;
            this.wish = wish;
            this.begun = begun;
            this.decideBy = decideBy;
        }

        boolean pending() {
            return state.equals("pending");
        }

        Request copy() {
            Request copy = new Request(number, wish, startsAt, begun, decideBy);
            copy.version = version;
            copy.doubled = doubled;
            copy.said = said;
            copy.extended = extended;
            copy.votes = new ArrayList<>(votes);
            copy.state = state;
            copy.why = why;
            copy.grant = grant.map(Given::copy);
            return copy;
        }
    }

    /** A grant. */
    static final class Given {
        final GrantTerms terms;
        final List<String> approvedBy;
        final Instant at;
        final Instant notBefore;
        final Instant useBy;
        Optional<Instant> until;
        int used;
        String state = "active";

        Given(
                GrantTerms terms,
                List<String> approvedBy,
                Instant at,
                Instant notBefore,
                Instant useBy,
                Optional<Instant> until) {
            this.terms = terms;
            this.approvedBy = approvedBy;
            this.at = at;
            this.notBefore = notBefore;
            this.useBy = useBy;
            this.until = until;
        }

        boolean active() {
            return state.equals("active");
        }

        Instant lastsUntil() {
            Instant end = until.orElse(Instant.MAX);
            return used == 0 && useBy.isBefore(end) ? useBy : end;
        }

        Given copy() {
            Given copy = new Given(terms, approvedBy, at, notBefore, useBy, until);
            copy.used = used;
            copy.state = state;
            return copy;
        }
    }

    final Plan plan;
    Instant now = Words.START;
    /** The directory answers, but knows nobody. */
    boolean silent;
    /** How many grants are revoked that perhaps nobody has written down yet: a revocation of many failed half way. */
    int unwritten;

    final Map<String, Set<String>> roles = new TreeMap<>();
    final List<Request> requests = new ArrayList<>();
    final Map<String, Away> away = new TreeMap<>();
    final Map<Wish, Instant> coolsUntil = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    final List<String> ran = new ArrayList<>();

    World(Plan plan) {
        this.plan = plan;
        Staff.ROLES.forEach((person, held) -> roles.put(person, new TreeSet<>(held)));
    }

    World copy() {
        World copy = new World(plan);
        copy.now = now;
        copy.silent = silent;
        copy.unwritten = unwritten;
        copy.roles.clear();
        roles.forEach((person, held) -> copy.roles.put(person, new TreeSet<>(held)));
        requests.forEach(request -> copy.requests.add(request.copy()));
        copy.away.putAll(away);
        copy.coolsUntil.putAll(coolsUntil);
        copy.ran.addAll(ran);
        return copy;
    }

    /** Who is behind an identity. */
    Optional<String> person(String identity) {
        return silent ? Optional.empty() : Staff.person(identity).filter(roles::containsKey);
    }

    /** Whether a name such as {@code CFO} or {@code @mia} is one of a person's. */
    boolean is(String person, String name) {
        return !silent
                && roles.containsKey(person)
                && (name.equals("@" + person) || roles.get(person).contains(name));
    }

    /** {@return what can be seen of it} */
    List<String> view() {
        List<String> lines = new ArrayList<>();
        for (Request request : requests) {
            lines.add(Words.request(
                    request.number,
                    request.wish,
                    request.version,
                    request.state,
                    request.pending() ? Optional.of(lastsUntil(request)) : Optional.empty(),
                    request.why.map(Reason::word).orElse(""),
                    request.votes.stream()
                            .map(vote -> Words.vote(
                                    vote.person(),
                                    vote.standsFor(),
                                    vote.verdict().word()))
                            .toList()));
            request.grant.ifPresent(grant -> lines.add(Words.grant(
                    request.number,
                    grant.state,
                    grant.used,
                    grant.terms,
                    grant.notBefore,
                    grant.useBy,
                    grant.until,
                    grant.approvedBy)));
        }
        away.values().stream()
                .filter(each -> each.until().isAfter(now))
                .forEach(each -> lines.add(each.other() + " for " + each.principal() + " from "
                        + Words.time(each.from()) + " until " + Words.time(each.until())));
        lines.add("ran " + ran);
        return lines;
    }

    Instant lastsUntil(Request request) {
        return plan.end() == io.jitapproval.Course.AtDecideBy.ESCALATE && request.extended.isEmpty()
                ? request.decideBy.plusSeconds(60L * plan.decide())
                : request.decideBy;
    }
}
