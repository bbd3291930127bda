package io.jitapproval.walls.desk;

import io.jitapproval.GrantTerms;
import io.jitapproval.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** An approval desk as a caller and an approver see it. The same checks run on ours and on the broken ones. */
interface Desk {

    /** How a call ended. */
    enum Outcome {
        RAN,
        PENDING,
        DENIED,
        EXPIRED,
        CANCELLED,
        UNREACHABLE
    }

    /** A person: roles, and the identities besides {@code user/<id>}. */
    record Member(String id, Set<String> roles, Set<String> aliases) {

        static Member of(String id, String... roles) {
            return new Member(id, Set.of(roles), Set.of());
        }
    }

    /** What the desk's one rule asks for and gives. */
    record Rules(int people, GrantTerms terms, Duration decideWithin, Duration useWithin) {

        static Rules standard() {
            return new Rules(1, GrantTerms.DEFAULT, Duration.ofMinutes(30), Duration.ofMinutes(15));
        }

        Rules asking(int number) {
            return new Rules(number, terms, decideWithin, useWithin);
        }

        Rules giving(GrantTerms wider) {
            return new Rules(people, wider, decideWithin, useWithin);
        }

        Rules usedWithin(Duration limit) {
            return new Rules(people, terms, decideWithin, limit);
        }
    }

    record Call(String subject, String action, String order, Map<String, ?> arguments) {

        static Call refund(String subject, int amount) {
            return new Call(subject, "payment.refund", "42", Map.of("amount", amount));
        }

        Call on(String other) {
            return new Call(subject, action, other, arguments);
        }

        Call doing(String other) {
            return new Call(subject, other, order, arguments);
        }
    }

    /** Makes the call and says how it ended; asks if it has to, and does not wait. */
    Outcome call(Call call);

    /** The request that the last pending call made or joined. */
    String lastRequest();

    /** Casts a vote; says whether it was counted. */
    boolean vote(String request, String voter, Verdict verdict, Optional<GrantTerms> narrowed);

    default boolean approve(String request, String voter) {
        return vote(request, voter, Verdict.APPROVE, Optional.empty());
    }

    default boolean deny(String request, String voter) {
        return vote(request, voter, Verdict.DENY, Optional.empty());
    }

    /** Makes the call and waits for people; what happens meanwhile is given the request's id. Says how the call ended. */
    Outcome waiting(Call call, Consumer<String> meanwhile);

    boolean withdraw(String request, String by);

    boolean revokeGrantOf(String request);

    boolean returnGrantOf(String request, String holder);

    void takeRole(String person, String role);

    void advance(Duration time);

    /** How often the action ran. */
    int ran();
}
