package io.jitapproval.core.policy;

import java.util.Map;

/**
 * What a document names for its rules.
 *
 * @param conditions by name, in the order of the document
 * @param calendars  by name, in the order of the document
 * @param attributes the types of attributes by path, as the document declares them; no evaluation looks at them
 */
record Definitions(
        Map<String, Condition.Named> conditions, Map<String, Calendar> calendars, Map<String, String> attributes) {

    static final Definitions NONE = new Definitions(Map.of(), Map.of(), Map.of());
}
