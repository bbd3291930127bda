package io.jitapproval.core.analysis;

import io.jitapproval.core.document.Node.Place;
import io.jitapproval.core.document.Words;
import io.jitapproval.core.policy.PolicyView.RuleView;
import java.util.Set;
import java.util.TreeSet;

/** Compares the actions of the rules with those of the code. */
final class InventoryChecks {

    private InventoryChecks() {}

    static void look(Lint lint, Set<String> inventory) {
        Set<String> ruled = new TreeSet<>();
        for (RuleView rule : lint.policy().rules()) {
            for (String pattern : rule.actions()) {
                Set<String> fitting = new TreeSet<>(inventory);
                fitting.removeIf(name -> !ActionMap.fits(pattern, name));
                ruled.addAll(fitting);
                if (fitting.isEmpty()) {
                    missing(lint, rule, pattern, inventory);
                }
            }
        }
        Set<String> unruled = new TreeSet<>(inventory);
        unruled.removeAll(ruled);
        String origin = lint.sources().documents().isEmpty()
                ? ""
                : lint.sources().documents().get(0).origin();
        for (String action : unruled) {
            lint.add(
                    Check.NO_RULE,
                    origin,
                    new Place(1, 1),
                    "no rule names the action " + Words.quote(action) + " of the code: the default decides alone",
                    "add a rule for it");
        }
    }

    private static void missing(Lint lint, RuleView rule, String pattern, Set<String> inventory) {
        boolean prefix = pattern.endsWith("*");
        String what = prefix ? " names actions " : " names the action ";
        String closest = prefix ? null : Words.closest(pattern, inventory);
        lint.add(
                Check.NO_CODE,
                rule,
                "actions",
                "the rule " + Words.quote(rule.id()) + what + Words.quote(pattern) + ", but the code has "
                        + (prefix ? "none that begins so" : "no such action"),
                closest == null
                        ? "take it out, or guard the action in the code"
                        : "did you mean " + Words.quote(closest) + "?");
    }
}
