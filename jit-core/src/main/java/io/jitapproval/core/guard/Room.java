package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.Grant;
import io.jitapproval.core.grant.GrantLife;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.StoreFullException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Makes room in a full store: what is over is written down as over. */
final class Room {

    private final GrantStore store;
    private final Journal journal;
    private final Consumer<String> expire;

    /** @param expire writes down what time has done to a request */
    Room(GrantStore store, Journal journal, Consumer<String> expire) {
        this.store = store;
        this.journal = journal;
        this.expire = expire;
    }

    /** Runs a change; if the store is full, once more after what has expired was written down. */
    <R> R making(Supplier<R> change) {
        try {
            return change.get();
        } catch (StoreFullException full) {
            if (sweep() == 0) {
                throw full;
            }
            return change.get();
        }
    }

    private int sweep() {
        int swept = 0;
        Instant now = store.now();
        for (ApprovalRequest request : store.pendingRequests()) {
            if (request.stateAt(now) != State.PENDING) {
                expire.accept(request.id());
                swept++;
            }
        }
        List<Grant> over = new ArrayList<>(store.voidedGrants());
        store.activeGrants().stream()
                .filter(grant -> grant.stateAt(now) == Grant.State.EXPIRED)
                .forEach(over::add);
        for (Grant grant : over) {
            store.changeGrant(grant.id(), GrantLife.expire(), journal);
            swept++;
        }
        return swept;
    }
}
