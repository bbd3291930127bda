package io.jitapproval.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that the guard keeps beside requests and grants, such as a stand-in, a debt or a cool-down. To the store it is a few
 * texts under a name.
 *
 * @param kind  what it is; with {@code key} its name
 * @param key   which one
 * @param data  what is kept, by name
 * @param until from this instant on the store may forget it
 */
public record StoreEntry(String kind, String key, Map<String, String> data, Instant until) {

    /**
     * Checks that everything is there and copies the map.
     *
     * @param kind  as above
     * @param key   as above
     * @param data  as above
     * @param until as above
     */
    public StoreEntry {
        requireNonNull(kind, "kind");
        requireNonNull(key, "key");
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        requireNonNull(until, "until");
    }
}
