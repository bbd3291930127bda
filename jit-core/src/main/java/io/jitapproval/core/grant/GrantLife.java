package io.jitapproval.core.grant;

import io.jitapproval.Grant;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.ShownArgument;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore.Change;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.GrantStore.Voiding;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What may become of a grant. Every method gives a pure function of the stored grant and the store's instant; each change of
 * state carries its one record.
 */
public final class GrantLife {

    /** What a record names that is about any subject or resource. */
    private static final Ref ANY = new Ref("any", "any");

    private GrantLife() {}

    /**
     * What came of the attempt to begin a use.
     *
     * @param grant   the grant afterwards
     * @param refusal why no use began; null if one did
     */
    public record Begun(Grant grant, @Nullable Reason refusal) {}

    /**
     * A use begins.
     *
     * @param call      what the grant has to cover
     * @param arguments the call's arguments for the record of this grant's use
     * @param details   what else the record says
     * @return the change
     */
    public static Change<Grant, Begun> begin(
            Coverage call, Function<Grant, List<ShownArgument>> arguments, Map<String, Object> details) {
        return (grant, now) -> {
            Reason refusal = call.whyNot(grant, now);
            if (refusal == null) {
                Grant next = grant.begun(now);
                return Step.to(
                        next,
                        new Begun(next, null),
                        used(next, now, arguments.apply(next), ranWith(call, next, details)));
            }
            Step<Grant, Grant> over = over(grant, now);
            Grant after = over.result();
            return new Step<>(over.next(), null, over.records(), List.of(), List.of(), new Begun(after, refusal));
        };
    }

    /** Where a number ran lower than asked, the record says what was approved and what ran. */
    private static Map<String, Object> ranWith(Coverage call, Grant grant, Map<String, Object> details) {
        Map<String, BigDecimal> lowered = call.lowered(grant);
        if (grant.terms().ceilings().isEmpty() && lowered.isEmpty()) {
            return details;
        }
        Map<String, Object> all = new LinkedHashMap<>(details);
        all.put("ceilings", grant.terms().ceilings());
        Map<String, BigDecimal> ran = new TreeMap<>(call.numbers());
        ran.keySet().retainAll(grant.terms().ceilings().keySet());
        ran.putAll(lowered);
        all.put("ranWith", ran);
        return all;
    }

    /**
     * A use ends.
     *
     * @param use     the use's number
     * @param details how it ended
     * @return the change; its result is the grant afterwards
     */
    public static Change<Grant, Grant> end(int use, Map<String, Object> details) {
        return (grant, now) -> {
            Grant next = grant.useEnded(use);
            return Step.to(
                    next,
                    next,
                    record(Kind.USE_ENDED, next, now, Integer.toString(use), basis(next), List.of(), details));
        };
    }

    /**
     * The grant's time is over, or it was voided, and that is written down.
     *
     * @return the change; its result is the grant afterwards
     */
    public static Change<Grant, Grant> expire() {
        return GrantLife::over;
    }

    private static Step<Grant, Grant> over(Grant grant, Instant now) {
        Grant.State state = grant.stateAt(now);
        if (grant.state() != Grant.State.ACTIVE || state == Grant.State.ACTIVE) {
            return Step.nothing(grant);
        }
        if (state == Grant.State.REVOKED) {
            return writtenDown(grant, now, Optional.empty(), Map.of());
        }
        Grant expired = grant.ended(state);
        Reason why = grant.uses() == 0 && !now.isBefore(grant.useBy()) ? Reason.APPROVAL_UNUSED : Reason.GRANT_EXPIRED;
        return Step.to(expired, expired, ended(expired, now, why, Optional.empty()));
    }

    /**
     * The grant was voided with others, and that is written down.
     *
     * @param by  who voided them
     * @param why why; may be empty
     * @return the change; its result is whether it is written down now
     */
    public static Change<Grant, Boolean> voided(Ref by, String why) {
        return (grant, now) -> {
            if (!grant.voided() || grant.state() != Grant.State.ACTIVE) {
                return Step.nothing(false);
            }
            Step<Grant, Grant> down = writtenDown(grant, now, Optional.of(by), why(why));
            return new Step<>(down.next(), null, down.records(), List.of(), List.of(), true);
        };
    }

    private static Step<Grant, Grant> writtenDown(
            Grant grant, Instant now, Optional<Ref> by, Map<String, Object> more) {
        Grant revoked = grant.ended(Grant.State.REVOKED);
        Map<String, Object> details = new LinkedHashMap<>(more);
        details.put("voided", true);
        return Step.to(revoked, revoked, ended(revoked, now, Reason.GRANT_REVOKED, by, details));
    }

    /**
     * The one record of a voiding.
     *
     * @param which which grants
     * @param now   when
     * @param by    who
     * @param why   why; may be empty
     * @return the record
     */
    public static AuditRecord voiding(Voiding which, Instant now, Ref by, String why) {
        Map<String, Object> details = new LinkedHashMap<>(why(why));
        which.subject().ifPresent(subject -> details.put("subject", subject.toString()));
        which.action().ifPresent(action -> details.put("action", action));
        return new AuditRecord(
                now,
                Kind.GRANTS_VOIDED,
                which.subject().orElse(ANY),
                List.of(),
                which.action().orElse("*"),
                ANY,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.of(by),
                Reason.GRANT_REVOKED,
                List.of(),
                "",
                "",
                details);
    }

    private static Map<String, Object> why(String why) {
        return why.isEmpty() ? Map.of() : Map.of("why", why);
    }

    /**
     * The holder gives it back.
     *
     * @param by        who gives it back
     * @param canonical maps an identity to what it is compared by
     * @return the change; its result is {@link Reason#GIVEN_BACK} or why not
     */
    public static Change<Grant, Reason> giveBack(Ref by, UnaryOperator<Ref> canonical) {
        return (grant, now) -> {
            Ref holder = canonical.apply(by);
            boolean holds = holder.equals(canonical.apply(grant.subject()))
                    || grant.actors().stream().map(canonical).anyMatch(holder::equals);
            return holds ? endEarly(grant, now, Grant.State.RETURNED, by, "") : Step.nothing(Reason.NOT_THE_HOLDER);
        };
    }

    /**
     * Somebody takes it away.
     *
     * @param by  who
     * @param why why; may be empty
     * @return the change; its result is {@link Reason#REVOKED} or why not
     */
    public static Change<Grant, Reason> revoke(Ref by, String why) {
        return (grant, now) -> endEarly(grant, now, Grant.State.REVOKED, by, why);
    }

    private static Step<Grant, Reason> endEarly(Grant grant, Instant now, Grant.State end, Ref by, String why) {
        if (grant.stateAt(now) != Grant.State.ACTIVE) {
            Reason before = switch (grant.stateAt(now)) {
                case EXHAUSTED -> Reason.GRANT_EXHAUSTED;
                case REVOKED -> Reason.GRANT_REVOKED;
                case RETURNED -> Reason.GRANT_RETURNED;
                case EXPIRED, ACTIVE -> Reason.GRANT_EXPIRED;
            };
            Step<Grant, Grant> over = over(grant, now);
            return new Step<>(over.next(), null, over.records(), List.of(), List.of(), before);
        }
        boolean returned = end == Grant.State.RETURNED;
        Grant next = grant.ended(end);
        AuditRecord record =
                ended(next, now, returned ? Reason.GRANT_RETURNED : Reason.GRANT_REVOKED, Optional.of(by), why(why));
        return Step.to(next, returned ? Reason.GIVEN_BACK : Reason.REVOKED, record);
    }

    private static AuditRecord used(
            Grant grant, Instant now, List<ShownArgument> arguments, Map<String, Object> details) {
        return record(Kind.USE_BEGUN, grant, now, Integer.toString(grant.uses()), basis(grant), arguments, details);
    }

    /** Neither people nor rules approved what runs in an emergency. */
    private static Reason basis(Grant grant) {
        if (!grant.automatic().isEmpty()) {
            return Reason.AUTO_APPROVED;
        }
        return grant.approvedBy().isEmpty() ? Reason.BREAK_GLASS : Reason.APPROVED;
    }

    private static AuditRecord ended(Grant grant, Instant now, Reason reason, Optional<Ref> by) {
        return ended(grant, now, reason, by, Map.of());
    }

    private static AuditRecord ended(
            Grant grant, Instant now, Reason reason, Optional<Ref> by, Map<String, Object> details) {
        return new AuditRecord(
                now,
                Kind.GRANT_ENDED,
                grant.subject(),
                grant.actors(),
                grant.action(),
                grant.resource(),
                List.of(),
                Optional.of(grant.requestId()),
                Optional.of(grant.id()),
                "",
                by,
                reason,
                grant.automatic(),
                grant.policy(),
                grant.binding(),
                details);
    }

    private static AuditRecord record(
            Kind kind,
            Grant grant,
            Instant now,
            String use,
            Reason reason,
            List<ShownArgument> arguments,
            Map<String, Object> details) {
        return new AuditRecord(
                now,
                kind,
                grant.subject(),
                grant.actors(),
                grant.action(),
                grant.resource(),
                arguments,
                Optional.of(grant.requestId()),
                Optional.of(grant.id()),
                use,
                Optional.empty(),
                reason,
                grant.automatic(),
                grant.policy(),
                grant.binding(),
                details);
    }
}
