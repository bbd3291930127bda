package io.jitapproval.examples.samples;

import static io.jitapproval.examples.samples.ForeignSystems.emptyDatabase;

import io.jitapproval.spi.GrantStore;
import io.jitapproval.test.contract.GrantStoreContract;
import java.time.InstantSource;

class MyStoreContractTest extends GrantStoreContract {
    @Override
    protected GrantStore store(InstantSource clock, int limit) {
        return new MyStore(emptyDatabase(), clock, limit);
    }
}
