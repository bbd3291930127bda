package io.jitapproval.core.grant;

import io.jitapproval.Grant;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.ShownArgument;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore.Change;
import io.jitapproval.spi.GrantStore.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What may become of a grant. Every method gives a pure function of the stored grant and the store's instant; each change of
 * state carries its one record.
 */
public final class GrantLife {

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
                return Step.to(next, new Begun(next, null), used(next, now, arguments.apply(next), details));
            }
            if (grant.state() == Grant.State.ACTIVE && grant.stateAt(now) == Grant.State.EXPIRED) {
                Grant expired = grant.ended(Grant.State.EXPIRED);
                return Step.to(expired, new Begun(expired, refusal), ended(expired, now, refusal, Optional.empty()));
            }
            return Step.nothing(new Begun(grant, refusal));
        };
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
     * The grant's time is over.
     *
     * @return the change; its result is the grant afterwards
     */
    public static Change<Grant, Grant> expire() {
        return (grant, now) -> {
            if (grant.state() != Grant.State.ACTIVE || grant.stateAt(now) != Grant.State.EXPIRED) {
                return Step.nothing(grant);
            }
            Grant expired = grant.ended(Grant.State.EXPIRED);
            Reason why =
                    grant.uses() == 0 && !now.isBefore(grant.useBy()) ? Reason.APPROVAL_UNUSED : Reason.GRANT_EXPIRED;
            return Step.to(expired, expired, ended(expired, now, why, Optional.empty()));
        };
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
            return Step.nothing(
                    switch (grant.stateAt(now)) {
                        case EXHAUSTED -> Reason.GRANT_EXHAUSTED;
                        case REVOKED -> Reason.GRANT_REVOKED;
                        case RETURNED -> Reason.GRANT_RETURNED;
                        case EXPIRED, ACTIVE -> Reason.GRANT_EXPIRED;
                    });
        }
        boolean returned = end == Grant.State.RETURNED;
        Grant next = grant.ended(end);
        AuditRecord record = ended(
                next,
                now,
                returned ? Reason.GRANT_RETURNED : Reason.GRANT_REVOKED,
                Optional.of(by),
                why.isEmpty() ? Map.of() : Map.of("why", why));
        return Step.to(next, returned ? Reason.GIVEN_BACK : Reason.REVOKED, record);
    }

    private static AuditRecord used(
            Grant grant, Instant now, List<ShownArgument> arguments, Map<String, Object> details) {
        return record(Kind.USE_BEGUN, grant, now, Integer.toString(grant.uses()), basis(grant), arguments, details);
    }

    private static Reason basis(Grant grant) {
        return grant.automatic().isEmpty() ? Reason.APPROVED : Reason.AUTO_APPROVED;
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
