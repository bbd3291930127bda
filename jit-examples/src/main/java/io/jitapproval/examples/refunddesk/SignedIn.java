package io.jitapproval.examples.refunddesk;

import io.jitapproval.Ref;
import io.jitapproval.Subject;
import io.jitapproval.spi.SubjectResolver;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who sits at the desk on this thread right now. */
final class SignedIn implements SubjectResolver {

    private static final ThreadLocal<@Nullable Subject> CURRENT = new ThreadLocal<>();

    void in(Subject subject) {
        CURRENT.set(subject);
    }

    void out() {
        CURRENT.remove();
    }

    @Override
    public Optional<Subject> subject() {
        return Optional.ofNullable(CURRENT.get());
    }

    Ref who() {
        return subject().map(Subject::ref).orElseThrow(() -> new IllegalStateException("nobody is signed in"));
    }
}
