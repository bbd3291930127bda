package io.jitapproval.core.feedback.adoption;

import io.jitapproval.core.Proposal;
import io.jitapproval.core.SuggestionSettings;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.StoreEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the certificates accepted in a period may be wrong with, all together: by Bonferroni at most the sum of their δ. Those of one run
 * share one δ. What is spent is never given back, not even if the acceptance comes to nothing in the end.
 */
final class Budget {

    static final String KIND = "suggestion-budget";

    private static final String KEY = "spent";
    private static final Duration KEPT = Duration.ofDays(36_525);
    private static final double ROUNDING = 1e-9;

    private final GrantStore store;
    private final Journal journal;
    private final SuggestionSettings settings;

    Budget(GrantStore store, Journal journal, SuggestionSettings settings) {
        this.store = store;
        this.journal = journal;
        this.settings = settings;
    }

    /** Why a certificate cannot be accepted; empty if it can, and then it is spent if it is to be. */
    String spend(Proposal proposal, boolean really) {
        return store.changeEntry(
                KIND,
                KEY,
                (current, now) -> {
                    Map<String, String> spent =
                            current(current.map(StoreEntry::data).orElse(Map.of()), now);
                    if (spent.containsKey(proposal.run())) {
                        return Step.nothing("");
                    }
                    double delta = 1 - proposal.confidence();
                    double before = sum(spent);
                    if (before + delta > settings.budget() + ROUNDING) {
                        return Step.nothing(String.format(
                                java.util.Locale.ROOT,
                                "%.4f of %.4f are spent in %s, and this one takes %.4f",
                                before,
                                settings.budget(),
                                settings.period(),
                                delta));
                    }
                    if (!really) {
                        return Step.nothing("");
                    }
                    spent.put(proposal.run(), now + " " + delta);
                    return Step.to(new StoreEntry(KIND, KEY, spent, now.plus(KEPT)), "");
                },
                journal);
    }

    /** What is spent in the period that ends now. */
    double spent() {
        return store.changeEntry(
                KIND,
                KEY,
                (current, now) ->
                        Step.nothing(sum(current(current.map(StoreEntry::data).orElse(Map.of()), now))),
                journal);
    }

    private Map<String, String> current(Map<String, String> data, Instant now) {
        Map<String, String> spent = new LinkedHashMap<>();
        data.forEach((run, line) -> {
            Instant at = Instant.parse(line.substring(0, line.indexOf(' ')));
            if (at.plus(settings.period()).isAfter(now)) {
                spent.put(run, line);
            }
        });
        return spent;
    }

    private static double sum(Map<String, String> spent) {
        return spent.values().stream()
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }
}
