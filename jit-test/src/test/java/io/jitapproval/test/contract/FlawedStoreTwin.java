package io.jitapproval.test.contract;

import io.jitapproval.spi.GrantStore;
import java.time.InstantSource;
import java.util.Optional;

/** Run by {@link GrantStoreContractTest} alone, on the flaw that it sets; its name keeps Surefire from running it. */
class FlawedStoreTwin extends GrantStoreContract {

    static FlawedStore.Flaw flaw = FlawedStore.Flaw.NONE;

    @Override
    int rounds(int many) {
        return many / 25;
    }

    @Override
    protected GrantStore store(InstantSource clock, int limit) {
        return new FlawedStore(clock, limit, flaw);
    }

    @Override
    protected Optional<GrantStore> sibling(GrantStore first, InstantSource clock, int limit) {
        return Optional.of(first);
    }
}
