package io.jitapproval.examples.samples;

import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.GuardBuilder;
import io.jitapproval.core.Jit;
import java.nio.file.Path;

/** A guard that knows a type of somebody's own. */
final class LaterSample {

    private LaterSample() {}

    static GuardBuilder builder(Path policy) {
        GuardBuilder builder = Jit.guard().policy(policy).audit(AuditSinks.memory(1000));
        builder.returnType(new Tasks());
        return builder;
    }
}
