package io.jitapproval.walls.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The people at first, and their accounts: each has {@code user/mia} and {@code slack/U-mia}. */
final class Staff {

    static final Map<String, Set<String>> ROLES = new TreeMap<>(Map.of(
            "ana", Set.of(),
            "mia", Set.of("FINANCE"),
            "tom", Set.of("FINANCE", "AUDIT"),
            "zoe", Set.of("AUDIT"),
            "kai", Set.of("CFO"),
            "leo", Set.of()));
    static final List<String> PEOPLE = List.of("mia", "tom", "zoe", "kai", "ana", "leo");
    static final List<String> NAMES = List.of("FINANCE", "AUDIT", "CFO", "@mia");
    static final List<String> CALLERS = List.of(
            "user/ana", "user/ana", "user/ana", "user/ana", "user/ana", "slack/U-ana", "user/mia", "user/ghost");
    static final List<String> ACTORS = List.of("", "", "", "", "", "user/tom", "slack/U-zoe", "agent/bot");
    static final List<String> VOTERS = List.of(
            "user/mia",
            "user/tom",
            "user/zoe",
            "user/kai",
            "slack/U-mia",
            "user/ana",
            "slack/U-ana",
            "slack/U-tom",
            "user/leo",
            "user/ghost");

    private Staff() {}

    static Optional<String> person(String identity) {
        String id = identity.startsWith("slack/U-")
                ? identity.substring("slack/U-".length())
                : identity.startsWith("user/") ? identity.substring("user/".length()) : "";
        return PEOPLE.contains(id) ? Optional.of(id) : Optional.empty();
    }
}
