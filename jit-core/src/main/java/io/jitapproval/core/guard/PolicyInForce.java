package io.jitapproval.core.guard;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.PolicyStatus;
import io.jitapproval.PolicyStatus.Refused;
import io.jitapproval.core.intercept.AnnotationScanner.Scan;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy that decides at this moment. A newer one takes its place as a whole, so that whoever decides sees one or the other;
 * one with a fault takes nobody's place.
 */
final class PolicyInForce {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyInForce.class);

    /** After so many looks that each found something else, somebody has to be told. */
    private static final int MOST_UNSETTLED = 3;

    private static final List<ConfigurationProblem> UNSETTLED = List.of(
            new ConfigurationProblem(
                    "JIT-C007",
                    "policy",
                    "it read differently at each of the last " + MOST_UNSETTLED
                            + " looks, and only what two looks in a row find"
                            + " takes over: let load() return the same text and order for the same policy, or let the writer finish"));

    /** The documents, what was made of them, and that with the rules from annotations. */
    private record Loaded(List<PolicyText> documents, Policy written, Policy policy, PolicyStatus status) {}

    private final Callable<List<PolicyText>> source;
    private final Function<List<PolicyText>, Policy> parse;
    private final Function<Throwable, List<ConfigurationProblem>> problems;
    private final InstantSource clock;
    private final ReentrantLock reloading = new ReentrantLock();
    private final InlineRules inline = new InlineRules();
    private volatile Loaded loaded;
    /** What the last look found; under the lock. */
    private List<PolicyText> seen = List.of();
    /** How many looks in a row found what the one before had not found; under the lock. */
    private int unsettled;

    PolicyInForce(PolicySettings settings, InstantSource clock) {
        this.source = settings.source()::load;
        this.parse = settings.parse();
        this.problems = settings.problems();
        this.clock = clock;
        this.loaded = load(settings.documents(), settings.policy());
    }

    Policy policy() {
        return loaded.policy;
    }

    PolicyStatus status() {
        return loaded.status;
    }

    /** Adds the rules that annotations bring with them; what is wrong with those is returned, and then none is added. */
    List<ConfigurationProblem> declare(Scan scan) {
        reloading.lock();
        try {
            List<ConfigurationProblem> wrong = inline.declare(scan);
            if (wrong.isEmpty()) {
                Loaded now = loaded;
                Loaded next = load(now.documents, now.written);
                loaded = new Loaded(
                        next.documents,
                        next.written,
                        next.policy,
                        status(next.status, now.status.loadedAt(), now.status.refused()));
            }
            return wrong;
        } finally {
            reloading.unlock();
        }
    }

    /**
     * Looks at the documents again, and takes over changed ones when two looks have found the same: a file that is being written
     * may be half of a policy, and well-formed. Whatever goes wrong, also an error, is in the status.
     */
    void look() {
        reloading.lock();
        try {
            List<PolicyText> documents = List.copyOf(source.call());
            boolean settled = documents.equals(loaded.documents) || documents.equals(seen);
            seen = documents;
            unsettled = settled ? 0 : Math.min(unsettled + 1, MOST_UNSETTLED);
            if (settled) {
                use(documents);
            } else if (unsettled == MOST_UNSETTLED) {
                refuse(UNSETTLED);
            }
        } catch (Throwable failure) {
            Failures.keepInterrupt(failure);
            refuse(problems.apply(failure));
        } finally {
            reloading.unlock();
        }
    }

    /** Looks at the documents again. Never throws for what is wrong with them: that is in the status. */
    PolicyStatus reload() {
        reloading.lock();
        try {
            List<PolicyText> documents = List.copyOf(source.call());
            unsettled = 0;
            use(documents);
        } catch (Throwable failure) {
            Failures.keepInterrupt(failure);
            refuse(problems.apply(failure));
        } finally {
            reloading.unlock();
        }
        return loaded.status;
    }

    private void use(List<PolicyText> documents) {
        if (!documents.equals(loaded.documents)) {
            takeOver(load(documents, parse.apply(documents)));
        } else if (!loaded.status.isHealthy()) {
            LOG.info("The policy documents are again those in force, {}", loaded.policy.version());
            refused(Optional.empty());
        }
    }

    private void takeOver(Loaded next) {
        String before = loaded.policy.version();
        loaded = next;
        LOG.info(
                "Policy {} is in force, with {} rules from {}; before it was {}",
                next.policy.version(),
                next.status.rules(),
                next.status.origins(),
                before);
    }

    private void refuse(List<ConfigurationProblem> found) {
        Optional<Refused> before = loaded.status.refused();
        if (before.isPresent() && before.get().problems().equals(found)) {
            return;
        }
        refused(Optional.of(new Refused(clock.instant(), found)));
        LOG.error(
                "The changed policy is refused; {} stays in force: {}",
                loaded.policy.version(),
                new JitConfigurationException(found).getMessage());
    }

    private void refused(Optional<Refused> refused) {
        PolicyStatus now = loaded.status;
        loaded = new Loaded(loaded.documents, loaded.written, loaded.policy, status(now, now.loadedAt(), refused));
    }

    private static PolicyStatus status(PolicyStatus of, Instant loadedAt, Optional<Refused> refused) {
        return new PolicyStatus(of.version(), of.origins(), of.rules(), loadedAt, refused);
    }

    private Loaded load(List<PolicyText> documents, Policy written) {
        List<Policy> unwritten = inline.all().stream()
                .filter(each -> !written.covers(each.action()))
                .map(InlineRules.Inline::rule)
                .toList();
        Policy policy = written.and(unwritten);
        List<String> origins = documents.stream().map(PolicyText::origin).toList();
        PolicyStatus status =
                new PolicyStatus(policy.version(), origins, policy.size(), clock.instant(), Optional.empty());
        return new Loaded(List.copyOf(documents), written, policy, status);
    }
}
