package io.jitapproval.benchmarks;

import io.jitapproval.Subject;
import io.jitapproval.spi.SubjectResolver;
import java.util.Optional;

/** The subject of a thread, as web frameworks keep it. Ours and the hand-coded calls read the same one. */
final class CurrentUser implements SubjectResolver {

    private static final ThreadLocal<Subject> CURRENT = new ThreadLocal<>();

    static void is(Subject subject) {
        CURRENT.set(subject);
    }

    static Subject get() {
        return CURRENT.get();
    }

    @Override
    public Optional<Subject> subject() {
        return Optional.ofNullable(CURRENT.get());
    }
}
