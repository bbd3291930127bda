package io.jitapproval.lincheck;

import io.jitapproval.Grant;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.ForwardingGrantStore;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.Journal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** The broken twin: reads a grant and then writes it, without a lock. */
final class UnlockedStore extends ForwardingGrantStore {

    private final GrantStore store;
    private final Map<String, Grant> written = new ConcurrentHashMap<>();

    UnlockedStore(GrantStore store) {
        super(store);
        this.store = store;
    }

    @Override
    public <R> Optional<R> changeGrant(String grantId, Change<Grant, R> change, Journal journal) {
        return grant(grantId).map(current -> {
            Step<Grant, R> step = change.apply(current, store.now());
            LockSupport.parkNanos(1);
            Grant next = step.next();
            if (next != null) {
                written.put(grantId, next);
            }
            return step.result();
        });
    }

    @Override
    public void voidGrants(Voiding which, Function<Instant, List<AuditRecord>> records, Journal journal) {
        store.voidGrants(which, records, journal);
        written.replaceAll((id, grant) -> grant.withVoided());
    }

    @Override
    public Optional<Grant> grant(String grantId) {
        return Optional.ofNullable(written.get(grantId)).or(() -> store.grant(grantId));
    }
}
