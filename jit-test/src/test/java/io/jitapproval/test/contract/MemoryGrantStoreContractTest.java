package io.jitapproval.test.contract;

import io.jitapproval.core.GrantStores;
import io.jitapproval.spi.GrantStore;
import java.time.InstantSource;

class MemoryGrantStoreContractTest extends GrantStoreContract {

    @Override
    protected GrantStore store(InstantSource clock, int limit) {
        return GrantStores.memory(clock, limit);
    }
}
