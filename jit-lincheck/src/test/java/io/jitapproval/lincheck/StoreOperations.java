package io.jitapproval.lincheck;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequestBuilder;
import io.jitapproval.ApproverSelector;
import io.jitapproval.Grant;
import io.jitapproval.GrantTerms;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Requirement;
import io.jitapproval.Stage;
import io.jitapproval.core.GrantStores;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.GrantStore.Submission;
import io.jitapproval.spi.GrantStore.Voiding;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.StoreEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StringGen;

/** What threads do to one store: its operations in any interleaving must come out as in some order of theirs. */
@Param(name = "id", gen = StringGen.class, conf = "1:ab")
public class StoreOperations {

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final Journal JOURNAL = records -> {};
    private static final Ref ANA = Ref.user("ana");
    private static final Requirement REQUIREMENT = new Requirement(
            Set.of(new Stage(Set.of(new ApproverSelector(ApproverSelector.Kind.ROLE, "FINANCE")), 1)),
            Duration.ofMinutes(30),
            Duration.ofMinutes(15),
            GrantTerms.DEFAULT,
            false,
            false);

    private final GrantStore store;

    /** On the memory store. */
    public StoreOperations() {
        this(GrantStores.memory(InstantSource.fixed(NOW)));
    }

    StoreOperations(GrantStore store) {
        this.store = store;
        store.submit("standing", now -> new Submission(ended("r0"), Optional.of(grant("g0", 2)), List.of()), JOURNAL);
    }

    private static ApprovalRequest request(String id) {
        return new ApprovalRequestBuilder()
                .id(id)
                .digest("digest")
                .subject(ANA)
                .action("pay")
                .resource(new Ref("order", "42"))
                .requirement(REQUIREMENT)
                .policy("policy")
                .binding("binding")
                .matchKey("key")
                .createdAt(NOW)
                .decideBy(NOW.plus(Duration.ofMinutes(30)))
                .eligible(1)
                .build();
    }

    private static ApprovalRequest ended(String id) {
        return request(id).ended(ApprovalRequest.State.APPROVED, Reason.APPROVED, NOW, Optional.empty());
    }

    private static Grant grant(String id, int uses) {
        return new Grant(
                id,
                "request-of-" + id,
                Grant.State.ACTIVE,
                ANA,
                List.of(),
                "pay",
                new Ref("order", "42"),
                new GrantTerms(
                        GrantTerms.DEFAULT.scope(), GrantTerms.DEFAULT.within(), uses, GrantTerms.DEFAULT.clock()),
                REQUIREMENT,
                "policy",
                "binding",
                "key",
                List.of("mia"),
                List.of(),
                NOW,
                NOW,
                NOW.plusSeconds(900),
                Optional.of(NOW.plusSeconds(900)),
                0,
                List.of(),
                false);
    }

    private static Step<Grant, Integer> begun(Grant grant, Instant now) {
        if (grant.stateAt(now) != Grant.State.ACTIVE) {
            return Step.nothing(0);
        }
        Grant next = grant.begun(now);
        return Step.to(next, next.uses());
    }

    /** {@return the number of the use that began; 0 if none did} */
    @Operation
    public int begin() {
        return store.changeGrant("g0", StoreOperations::begun, JOURNAL).orElse(-1);
    }

    /** {@return the use of a grant that an approval created; -1 if there is none} */
    @Operation
    public int beginGiven(@Param(name = "id") String id) {
        return store.changeGrant("g" + id, StoreOperations::begun, JOURNAL).orElse(-1);
    }

    /** {@return how many uses of the standing grant have begun, and whether it was voided} */
    @Operation
    public String look() {
        return store.grant("g0")
                .map(grant -> grant.uses() + " " + grant.voided())
                .orElse("none");
    }

    /** Voids everything. */
    @Operation
    public void voidAll() {
        store.voidGrants(Voiding.EVERYTHING, now -> List.of(), JOURNAL);
    }

    /** {@return the request under the key} */
    @Operation
    public String ask(@Param(name = "id") String id) {
        return store.submit("key", now -> new Submission(request(id), Optional.empty(), List.of()), JOURNAL)
                .id();
    }

    /** {@return whether it is approved now} */
    @Operation
    public String approve(@Param(name = "id") String id) {
        return store.changeRequest(
                        id,
                        (request, now) -> request.state() != ApprovalRequest.State.PENDING
                                ? Step.<ApprovalRequest, String>nothing("ended")
                                : new Step<>(
                                        request.ended(
                                                ApprovalRequest.State.APPROVED,
                                                Reason.APPROVED,
                                                now,
                                                Optional.of("g" + id)),
                                        grant("g" + id, 1),
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        "approved"),
                        JOURNAL)
                .orElse("unknown");
    }

    /** {@return what the entry counts now} */
    @Operation
    public int count() {
        return store.changeEntry(
                "count",
                "one",
                (current, now) -> {
                    int next = 1
                            + current.map(entry -> Integer.parseInt(entry.data().get("n")))
                                    .orElse(0);
                    return Step.to(
                            new StoreEntry("count", "one", Map.of("n", Integer.toString(next)), now.plusSeconds(60)),
                            next);
                },
                JOURNAL);
    }
}
