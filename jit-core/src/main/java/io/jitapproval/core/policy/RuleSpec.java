package io.jitapproval.core.policy;

import io.jitapproval.Effect;
import io.jitapproval.Obligation;
import io.jitapproval.Requirement;
import io.jitapproval.core.document.Node.Place;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rule as its document says it, checked.
 *
 * @param id          its id
 * @param actions     exact names, and beginnings that end in {@code *}
 * @param resources   empty means any
 * @param when        null means always
 * @param effect      its effect
 * @param requirement for {@code require-approval} what it asks, for {@code auto-approve} what it gives
 * @param obligations what it wants done with the decision
 * @param validity    null means always
 * @param mode        whether it counts
 * @param audit       the share of what it would approve that goes to people all the same, in [0, 1]
 * @param about       what it says to people
 * @param origin      where it stands
 */
record RuleSpec(
        String id,
        List<String> actions,
        List<ResourcePattern> resources,
        @Nullable Condition when,
        Effect effect,
        Optional<Requirement> requirement,
        List<Obligation> obligations,
        @Nullable Validity validity,
        Mode mode,
        BigDecimal audit,
        About about,
        Origin origin) {

    RuleSpec {
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
        obligations = List.copyOf(obligations);
    }

    /** Whether a rule counts. */
    enum Mode {
        /** It does. */
        ENFORCE,
        /** It never does; the evaluation says what would be if it did. */
        SHADOW
    }

    /** How much depends on what a rule is about. */
    enum Risk {
        LOW,
        MEDIUM,
        HIGH,
        CRITICAL;

        /** The word in a document. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * When a rule exists.
     *
     * @param notBefore from this instant on; null means from ever
     * @param expires   from this instant on no more; null means for ever
     */
    record Validity(@Nullable Instant notBefore, @Nullable Instant expires) {

        boolean contains(Instant now) {
            return (notBefore == null || !now.isBefore(notBefore)) && (expires == null || now.isBefore(expires));
        }

        /** Why it does not contain the instant, for people. */
        String whyNot(Instant now) {
            return notBefore != null && now.isBefore(notBefore)
                    ? "rule begins " + notBefore
                    : "rule expired " + expires;
        }
    }

    /**
     * What a rule says to people; nothing here decides.
     *
     * @param because why it is there; empty if it does not say
     * @param owner   who answers for it; null if it does not say
     * @param ticket  where it was decided; null if it does not say
     * @param risk    null if it does not say
     */
    record About(
            String because,
            @Nullable String owner,
            @Nullable String ticket,
            @Nullable Risk risk) {}

    /**
     * Where a rule stands.
     *
     * @param document the origin of its document
     * @param place    where in it the rule begins
     */
    record Origin(String document, Place place) {}

    String because() {
        return about.because();
    }
}
