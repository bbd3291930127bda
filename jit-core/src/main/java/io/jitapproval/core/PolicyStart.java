package io.jitapproval.core;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.document.Words;
import io.jitapproval.core.guard.PolicySettings;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.PolicySource;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the policy that a guard starts with, and knows how to read those that follow. */
final class PolicyStart {

    private final Set<String> fulfilled;

    /** With the obligations that somebody fulfils. */
    PolicyStart(Set<String> fulfilled) {
        this.fulfilled = Set.copyOf(fulfilled);
    }

    /** The policy of a source; null if there is none, and then the problems say why. */
    @Nullable
    PolicySettings load(@Nullable PolicySource source, Duration reloadEvery, List<ConfigurationProblem> problems) {
        if (source == null) {
            problems.add(new ConfigurationProblem(
                    "JIT-C001", "policy", "no policy. Set one, for instance .policy(Path.of(\"policy.json\"))"));
            return null;
        }
        Function<Throwable, List<ConfigurationProblem>> faults =
                failure -> failure instanceof JitConfigurationException configuration
                        ? configuration.problems()
                        : List.of(PolicySources.unreadable(source, failure));
        try {
            List<PolicyText> documents = List.copyOf(source.load());
            return new PolicySettings(
                    source,
                    documents,
                    parse(documents),
                    this::parse,
                    faults,
                    source.mayChange() ? Optional.of(reloadEvery) : Optional.empty());
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            problems.addAll(faults.apply(e));
        }
        return null;
    }

    /** A policy whose obligations can all be fulfilled. */
    private Policy parse(List<PolicyText> documents) {
        Policy parsed = Policy.parse(documents);
        List<ConfigurationProblem> unfulfilled = parsed.obligations().stream()
                .filter(id -> !fulfilled.contains(id))
                .map(this::unfulfilled)
                .toList();
        if (!unfulfilled.isEmpty()) {
            throw new JitConfigurationException(unfulfilled);
        }
        return parsed;
    }

    private ConfigurationProblem unfulfilled(String id) {
        boolean hint = Words.closest(id, fulfilled) != null;
        return new ConfigurationProblem(
                "JIT-C006",
                "obligation",
                "the policy carries the obligation " + Words.quote(id)
                        + ", and nobody fulfils it: register a handler with .obligation(id, handler)"
                        + (hint ? Words.hint(id, fulfilled) : ""));
    }
}
