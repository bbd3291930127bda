package io.jitapproval.core.guard;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.PolicySource;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What decides, and where a newer one comes from.
 *
 * @param source      where the documents come from
 * @param documents   the documents as they were at the start
 * @param policy      what was made of them
 * @param parse       makes a policy of newer ones; throws what is wrong with them
 * @param problems    words what is wrong when source or documents fail
 * @param reloadEvery how often to look at a source that may change; empty if it may not
 */
public record PolicySettings(
        PolicySource source,
        List<PolicyText> documents,
        Policy policy,
        Function<List<PolicyText>, Policy> parse,
        Function<Throwable, List<ConfigurationProblem>> problems,
        Optional<Duration> reloadEvery) {}
