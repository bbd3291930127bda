package io.jitapproval.examples.samples;

import io.jitapproval.JitGuard;
import io.jitapproval.Subject;
import io.jitapproval.core.Attributes;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.Jit;
import io.jitapproval.core.PolicySources;
import io.jitapproval.core.TimeSources;
import io.jitapproval.spi.AttributeResolver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** A policy of several documents, and an attribute from outside. */
final class Application {

    private Application() {}

    /** Scores subjects. */
    interface Scores {
        int of(Subject subject);
    }

    static JitGuard guard() {
        JitGuard guard = Jit.guard()
                .policy(PolicySources.together(
                        PolicySources.directory(Path.of("policies")),
                        PolicySources.classpath(Application.class.getClassLoader(), "base-policy.yaml")))
                .reloadPolicyEvery(Duration.ofSeconds(10))
                .audit(AuditSinks.jsonLines(Path.of("audit.jsonl")))
                .build();
        return guard;
    }

    static AttributeResolver risk(Scores scores) {
        AttributeResolver risk = Attributes.from(
                        "risk-engine",
                        Set.of("context.risk"),
                        (attribute, request) -> Optional.of(scores.of(request.subject())))
                .within(Duration.ofMillis(200))
                .kept(
                        Duration.ofMinutes(1),
                        10_000,
                        request -> request.subject().id(),
                        TimeSources.system());
        return risk;
    }
}
