package io.jitapproval.core.approval;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApproverSelector;
import io.jitapproval.Reason;
import io.jitapproval.spi.Person;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may vote on a request at an instant, and in whose place. After the end an approver may think better of it. */
final class Seats {

    private final ApprovalRequest request;
    private final Electorate electorate;
    private final Instant now;
    private final Set<ApproverSelector> open;
    private final Set<ApproverSelector> later;
    private final boolean pending;

    Seats(ApprovalRequest request, Electorate electorate, Instant now) {
        this.request = request;
        this.electorate = electorate;
        this.now = now;
        Standing standing = Standing.of(request, now);
        this.open = standing.openTo();
        this.later = standing.laterTo();
        this.pending = request.state() == ApprovalRequest.State.PENDING;
    }

    /**
     * A place to vote at, or why there is none.
     *
     * @param reason    {@link Reason#VOTE_COUNTED} if there is one
     * @param as        as whom
     * @param standsFor in whose place
     */
    record Seat(Reason reason, Set<ApproverSelector> as, Optional<String> standsFor) {

        private static Seat none(Reason why) {
            return new Seat(why, Set.of(), Optional.empty());
        }

        boolean isFree() {
            return reason == Reason.VOTE_COUNTED;
        }
    }

    /** In their own place if they have one, otherwise in that of the first person for whom they stand in and who has not voted. */
    Seat of(String person) {
        if (electorate.excludes(person) || !electorate.nameless().isEmpty()) {
            return Seat.none(Reason.SEPARATION_OF_DUTIES);
        }
        if (pending && request.votes().stream().anyMatch(vote -> vote.person().equals(person))) {
            return Seat.none(Reason.ALREADY_VOTED);
        }
        Set<ApproverSelector> own = electorate.placesOf(person);
        if (isOpen(own)) {
            return isTaken(person)
                    ? Seat.none(Reason.PLACE_TAKEN)
                    : new Seat(Reason.VOTE_COUNTED, own, Optional.empty());
        }
        boolean taken = false;
        boolean early = isLater(own);
        for (String principal : electorate.principals(person, now)) {
            Set<ApproverSelector> theirs = electorate.placesOf(principal);
            if (isOpen(theirs) && !isTaken(principal)) {
                return new Seat(Reason.VOTE_COUNTED, theirs, Optional.of(principal));
            }
            taken |= isOpen(theirs);
            early |= isLater(theirs);
        }
        if (taken) {
            return Seat.none(Reason.PLACE_TAKEN);
        }
        return Seat.none(early ? Reason.NOT_OPEN_YET : Reason.VOTER_NOT_ELIGIBLE);
    }

    /** Whether a person is named at all, now or later, or stands in for somebody who is. */
    boolean isNamed(String person) {
        if (electorate.excludes(person) || !electorate.nameless().isEmpty()) {
            return false;
        }
        return electorate.named().containsKey(person)
                || electorate.principals(person, now).stream().anyMatch(electorate.named()::containsKey);
    }

    private boolean isOpen(Set<ApproverSelector> as) {
        return !Collections.disjoint(as, open);
    }

    private boolean isLater(Set<ApproverSelector> as) {
        return !Collections.disjoint(as, later);
    }

    /** A person and whoever stands in for them are one place. */
    private boolean isTaken(String person) {
        return pending
                && request.votes().stream()
                        .anyMatch(vote -> vote.person().equals(person)
                                || vote.standsFor().filter(person::equals).isPresent());
    }

    /** Those who may vote now and have not. */
    List<Person> free() {
        return everybody().stream().filter(person -> of(person.id()).isFree()).toList();
    }

    /** Those of them who may because one of these selectors names them, or somebody for whom they stand in. */
    List<Person> freeAs(Collection<ApproverSelector> selectors) {
        return everybody().stream()
                .filter(person -> {
                    Seat seat = of(person.id());
                    return seat.isFree() && !Collections.disjoint(seat.as(), selectors);
                })
                .toList();
    }

    private Collection<Person> everybody() {
        Map<String, Person> all = new LinkedHashMap<>(electorate.named());
        electorate.away().forEach(all::putIfAbsent);
        return all.values();
    }
}
