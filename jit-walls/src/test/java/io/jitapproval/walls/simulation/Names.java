package io.jitapproval.walls.simulation;

import java.util.HashMap;
import java.util.Map;

/** Short names for ids, in the order in which they are met: a trace can be read, and compared. */
final class Names {

    private final Map<String, String> names = new HashMap<>();

    String of(String id) {
        int slash = id.indexOf('/');
        return id.isEmpty()
                ? ""
                : slash < 0
                        ? names.computeIfAbsent(id, unnamed -> "#" + (names.size() + 1))
                        : of(id.substring(0, slash)) + id.substring(slash);
    }
}
