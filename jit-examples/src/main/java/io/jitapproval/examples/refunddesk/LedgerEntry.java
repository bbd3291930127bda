package io.jitapproval.examples.refunddesk;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of the ledger.
 *
 * @param number    the line's number, from 1
 * @param arguments what was done, in numbers and texts
 */
record LedgerEntry(int number, Map<String, ? extends @Nullable Object> arguments) {

    LedgerEntry {
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }
}
