package io.jitapproval.spi;

import io.jitapproval.Subject;
import java.util.List;
import java.util.Optional;

/** Says who is calling. Used by annotated methods, and by attempts that name no subject. */
@FunctionalInterface
public interface SubjectResolver {

    /**
     * Who acts at this moment.
     *
     * <p><b>Threads:</b> called on the thread of the guarded call, once for each call; must be thread-safe. <b>Blocking:</b>
     * should not block; the guard sets no time limit. <b>Throwing:</b> anything thrown denies the call.
     *
     * @return the subject; empty if nobody can be told, which denies the call
     * @throws Exception if it fails
     */
    Optional<Subject> subject() throws Exception;

    /**
     * Who acts for the subject, nearest to the call first. Called right after {@link #subject()} on the same thread; the
     * same rules hold. By default nobody does.
     *
     * @return the actors; none of them may approve the subject's requests
     * @throws Exception if it fails
     */
    default List<Subject> actors() throws Exception {
        return List.of();
    }
}
