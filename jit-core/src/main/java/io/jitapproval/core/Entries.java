package io.jitapproval.core;

import static java.util.Objects.requireNonNull;

import io.jitapproval.core.policy.FieldOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields of one object of a document while it is built, each set once. */
final class Entries {

    private final String owner;
    private final FieldOrder order;
    private final Map<String, Object> values = new LinkedHashMap<>();

    /**
     * @param owner what messages call the object
     * @param order the fields that it can have, in the order in which they are written
     */
    Entries(String owner, FieldOrder order) {
        this.owner = owner;
        this.order = order;
    }

    void set(String name, Object value) {
        if (values.putIfAbsent(name, requireNonNull(value, name)) != null) {
            throw new IllegalStateException(owner + ": '" + name + "' was already set");
        }
    }

    /** Adds an entry to the object behind a field. */
    void put(String name, String key, Object value) {
        requireNonNull(key, "name");
        @SuppressWarnings("unchecked")
        Map<String, Object> object =
                (Map<String, Object>) values.computeIfAbsent(name, each -> new LinkedHashMap<String, Object>());
        if (object.putIfAbsent(key, value) != null) {
            throw new IllegalStateException(owner + ": '" + name + "' has '" + key + "' already");
        }
    }

    /** Adds an item to the list behind a field. */
    void add(String name, Object value) {
        @SuppressWarnings("unchecked")
        List<Object> list = (List<Object>) values.computeIfAbsent(name, each -> new ArrayList<>());
        list.add(value);
    }

    /** What was set. */
    Map<String, Object> data() {
        Map<String, Object> data = new LinkedHashMap<>();
        for (String name : order.names()) {
            Object value = values.get(name);
            if (value != null) {
                data.put(name, value);
            }
        }
        return Collections.unmodifiableMap(data);
    }
}
