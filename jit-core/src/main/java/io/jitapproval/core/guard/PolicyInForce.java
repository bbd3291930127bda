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

    /** The documents, what was made of them, and that with the rules from annotations. */
    private record Loaded(List<PolicyText> documents, Policy written, Policy policy, PolicyStatus status) {}

    private final Callable<List<PolicyText>> source;
    private final Function<List<PolicyText>, Policy> parse;
    private final Function<Exception, List<ConfigurationProblem>> problems;
    private final InstantSource clock;
    private final ReentrantLock reloading = new ReentrantLock();
    private final InlineRules inline = new InlineRules();
    private volatile Loaded loaded;
    /** What the last look found; under the lock. */
    private List<PolicyText> seen = List.of();

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
     * may be half of a policy, and well-formed.
     */
    void look() {
        reloading.lock();
        try {
            List<PolicyText> documents = source.call();
            boolean settled = documents.equals(loaded.documents) || documents.equals(seen);
            seen = documents;
            if (settled) {
                use(documents);
            }
        } catch (Exception failure) {
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
            use(source.call());
        } catch (Exception failure) {
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
