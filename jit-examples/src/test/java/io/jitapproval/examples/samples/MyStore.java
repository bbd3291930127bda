package io.jitapproval.examples.samples;

import io.jitapproval.core.GrantStores;
import io.jitapproval.spi.ForwardingGrantStore;
import java.time.InstantSource;
import java.util.Objects;

/** A store that stands on another one. */
final class MyStore extends ForwardingGrantStore {

    MyStore(String url, InstantSource clock, int limit) {
        super(GrantStores.memory(clock, limit));
        Objects.requireNonNull(url, "url");
    }
}
