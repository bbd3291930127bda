package io.jitapproval.core;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an approval of one stage and a stage say alike. */
final class Stages {

    private Stages() {}

    static Map<String, Object> way(Approvers by, int people) {
        Map<String, Object> way = new LinkedHashMap<>();
        way.put("by", by.data());
        way.put("people", BigDecimal.valueOf(people));
        return way;
    }

    static Map<String, Object> also(Duration after, Approvers by, String... channels) {
        Map<String, Object> escalation = new LinkedHashMap<>();
        escalation.put("after", after.toString());
        escalation.put("by", by.data());
        return by(escalation, channels);
    }

    static Map<String, Object> instead(Duration after, Approvers by, String... channels) {
        Map<String, Object> escalation = new LinkedHashMap<>(also(after, by));
        escalation.put("instead", true);
        return by(escalation, channels);
    }

    static Map<String, Object> only(Duration after, String... channels) {
        Map<String, Object> escalation = new LinkedHashMap<>();
        escalation.put("after", after.toString());
        return by(escalation, channels);
    }

    private static Map<String, Object> by(Map<String, Object> escalation, String... channels) {
        if (channels.length > 0) {
            escalation.put("channels", Literals.texts("channels", channels));
        }
        return escalation;
    }
}
