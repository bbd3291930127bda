package io.jitapproval.core.guard;

import io.jitapproval.Decision;
import io.jitapproval.Effect;
import io.jitapproval.Explanation.Match;
import io.jitapproval.Ref;
import io.jitapproval.Suspension;
import io.jitapproval.core.policy.Withheld;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.StoreEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which rules are suspended, as the store has it. Looked up only where a rule would answer in people's place. */
final class Suspensions {

    /** The kind of entry that suspensions are; its key is the rule's id. */
    static final String KIND = "rule-suspended";

    private static final Logger LOG = LoggerFactory.getLogger(Suspensions.class);

    /** No store may forget one; a hundred years stand for that. */
    private static final Duration KEPT = Duration.ofDays(36_525);

    private static final Withheld UNTOLD =
            rule -> "whether the rule is suspended cannot be told, since the store could not be read";

    private final GrantStore store;

    Suspensions(GrantStore store) {
        this.store = store;
    }

    /** Those that are withheld from a decision; nothing if no rule answers by itself in it. */
    Withheld of(Decision decision) {
        if (!(decision instanceof Decision.Permit permit) || permit.automatic().isEmpty()) {
            return Withheld.NOTHING;
        }
        Withheld withheld = now();
        boolean answers = decision.explanation().rules().stream()
                .anyMatch(rule -> rule.effect() == Effect.AUTO_APPROVE
                        && rule.match() == Match.MATCHED
                        && withheld.why(rule.rule()) != null);
        return answers ? withheld : Withheld.NOTHING;
    }

    /** All that are suspended; every rule if that cannot be told. */
    Withheld now() {
        try {
            List<Suspension> suspended = all(store);
            if (suspended.isEmpty()) {
                return Withheld.NOTHING;
            }
            Map<String, String> why = new HashMap<>();
            suspended.forEach(each -> why.put(each.rule(), text(each)));
            return why::get;
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable failure) {
            Failures.keepInterrupt(failure);
            LOG.warn("Which rules are suspended cannot be told; none answers", failure);
            return UNTOLD;
        }
    }

    private static String text(Suspension suspension) {
        return "rule is suspended since " + Refusals.toSecond(suspension.since()) + " by " + suspension.by()
                + (suspension.why().isEmpty() ? "" : ": " + suspension.why());
    }

    static List<Suspension> all(GrantStore store) {
        List<StoreEntry> entries = store.entries(KIND);
        return entries.isEmpty()
                ? List.of()
                : entries.stream().map(Suspensions::of).toList();
    }

    static StoreEntry entry(Suspension suspension) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("by", suspension.by().toString());
        data.put("why", suspension.why());
        data.put("since", suspension.since().toString());
        return new StoreEntry(KIND, suspension.rule(), data, suspension.since().plus(KEPT));
    }

    static Suspension of(StoreEntry entry) {
        return new Suspension(
                entry.key(),
                Ref.parse(entry.data().getOrDefault("by", "")),
                entry.data().getOrDefault("why", ""),
                Instant.parse(entry.data().getOrDefault("since", "")));
    }
}
