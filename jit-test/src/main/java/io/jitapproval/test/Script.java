package io.jitapproval.test;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Ref;
import io.jitapproval.Vote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who answers what. A person's answer to a request is looked up once: the second look finds nothing. */
final class Script {

    /** Makes a person's vote on a request. */
    interface Ballot {
        Vote vote(ApprovalRequest request, Ref voter);
    }

    /** One rule of one person. */
    record Rule(Predicate<ApprovalRequest> when, Duration delay, boolean once, Ballot ballot) {}

    private record Claim(Ref voter, String requestId) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Ref, List<Rule>> rules = new LinkedHashMap<>();
    private final Set<Claim> claims = new HashSet<>();
    private final Set<Ref> open = new HashSet<>();
    private @Nullable Ballot rest;
    private boolean silenceWanted;

    Ref open(Ref voter) {
        locked(() -> open.add(voter));
        return voter;
    }

    void add(Ref voter, Rule rule) {
        locked(() -> {
            open.remove(voter);
            rules.computeIfAbsent(voter, one -> new ArrayList<>()).add(rule);
            return null;
        });
    }

    void rest(Ballot ballot) {
        locked(() -> rest = ballot);
    }

    void silence() {
        locked(() -> {
            reset();
            silenceWanted = true;
            return null;
        });
    }

    void reset() {
        locked(() -> {
            rules.clear();
            claims.clear();
            open.clear();
            rest = null;
            silenceWanted = false;
            return null;
        });
    }

    boolean silenceWanted() {
        return locked(() -> silenceWanted);
    }

    Optional<String> unfinished() {
        return locked(() -> open.stream().map(Ref::toString).sorted().findFirst());
    }

    Collection<Ref> voters() {
        return locked(() -> List.copyOf(rules.keySet()));
    }

    /** The rule by which a person answers, if there is one and the person has not been heard on this request. */
    Optional<Rule> find(Ref voter, ApprovalRequest request) {
        for (Rule rule : locked(() -> List.copyOf(rules.getOrDefault(voter, List.of())))) {
            if (rule.when().test(request) && take(voter, request, rule)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    /** What somebody without a rule answers, if anything was said and the person has not been heard on this request. */
    Optional<Ballot> findRest(Ref voter, ApprovalRequest request) {
        return locked(() ->
                rest != null && claims.add(new Claim(voter, request.id())) ? Optional.of(rest) : Optional.empty());
    }

    /** The rule has not answered after all. */
    void keep(Ref voter, String requestId, Rule rule) {
        locked(() -> {
            claims.remove(new Claim(voter, requestId));
            List<Rule> current = rules.computeIfAbsent(voter, one -> new ArrayList<>());
            if (!current.contains(rule)) {
                current.add(0, rule);
            }
            return null;
        });
    }

    /** Everybody is to be heard on a request again. */
    void forget(String requestId) {
        locked(() -> claims.removeIf(claim -> claim.requestId().equals(requestId)));
    }

    private boolean take(Ref voter, ApprovalRequest request, Rule rule) {
        return locked(() -> {
            List<Rule> current = rules.getOrDefault(voter, List.of());
            if (!current.contains(rule) || !claims.add(new Claim(voter, request.id()))) {
                return false;
            }
            if (rule.once()) {
                current.remove(rule);
            }
            return true;
        });
    }

    private <T extends @Nullable Object> T locked(java.util.function.Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "rules of " + voters();
    }
}
