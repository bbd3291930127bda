package io.jitapproval.core.guard;

import static java.util.Objects.requireNonNull;

import io.jitapproval.JitApprovalException;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.binding.UnsupportedArgumentException;
import io.jitapproval.core.guard.Freezing.Given;
import io.jitapproval.spi.SubjectResolver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes calls: finds out who acts and freezes what they hand over, or refuses. */
final class CallFactory {

    private static final Ref UNKNOWN = new Ref("unknown", "unknown");

    private final SubjectResolver resolver;
    private final Freezing freezing;
    private final CallRecords records;

    CallFactory(SubjectResolver resolver, Freezing freezing, CallRecords records) {
        this.resolver = resolver;
        this.freezing = freezing;
        this.records = records;
    }

    /**
     * Freezes a call.
     *
     * @param subject who acts; null if the resolver says
     * @param actors  who acts for the subject; where the resolver says who acts, its actors come after these
     * @throws JitApprovalException if it is unknown who acts, or a value cannot be frozen
     */
    Call freeze(
            @Nullable Subject subject,
            List<Subject> actors,
            String action,
            Resource resource,
            Map<String, @Nullable Object> context,
            List<Given> given,
            boolean runsOnCopies,
            Grounds grounds,
            @Nullable Duration waitAtMost) {
        Caller caller = subject != null ? new Caller(subject, actors) : caller(action, resource, actors);
        try {
            return freezing.freeze(
                    caller.subject(),
                    caller.actors(),
                    action,
                    resource,
                    context,
                    given,
                    runsOnCopies,
                    grounds,
                    waitAtMost,
                    subject == null ? List.copyOf(actors) : null);
        } catch (UnsupportedArgumentException e) {
            throw unsupported(action, caller.subject().ref(), resource.ref(), e);
        } catch (Throwable failure) {
            throw failed(action, caller.subject().ref(), resource.ref(), failure);
        }
    }

    /**
     * The call with its subject as it is now, where the resolver can say; on the thread of the call, after it waited.
     *
     * @throws JitApprovalException if it is unknown who acts now, or it is somebody else
     */
    Call refreshed(Call call) {
        List<Subject> through = call.through;
        if (through == null) {
            return call;
        }
        Caller now = caller(call.action(), call.request.resource(), through);
        List<Ref> actors = now.actors().stream().map(Subject::ref).toList();
        if (!now.subject().ref().equals(call.subject) || !actors.equals(call.actors)) {
            throw refuse(
                    call.action(),
                    call.subject,
                    call.resource,
                    Reason.SUBJECT_UNRESOLVED,
                    "while the call waited, somebody else came to act on its thread",
                    "Keep the caller signed in while the call waits.");
        }
        return new Call(call, now.subject());
    }

    /**
     * Copies of arguments that nobody else can change.
     *
     * @throws JitApprovalException if one cannot be frozen
     */
    @Nullable
    Object[] copies(String action, List<Given> given) {
        @Nullable Object[] copies = new Object[given.size()];
        for (int i = 0; i < copies.length; i++) {
            Given one = given.get(i);
            try {
                copies[i] = freezing.freezer().copy(one.value(), one.declared());
            } catch (UnsupportedArgumentException e) {
                throw unsupported(action, UNKNOWN, Resource.NONE.ref(), e.within(one.name()));
            } catch (Throwable failure) {
                throw failed(action, UNKNOWN, Resource.NONE.ref(), failure);
            }
        }
        return copies;
    }

    /** Refuses a call for which somebody else's code fails before the guard is asked. */
    JitApprovalException failed(String action, Throwable failure) {
        return failed(action, UNKNOWN, Resource.NONE.ref(), failure);
    }

    private JitApprovalException failed(String action, Ref subject, Ref resource, Throwable failure) {
        Reason reason = Failures.reason(failure, Reason.GUARD_FAILED);
        records.refused(action, subject, resource, reason);
        return Refusals.unavailable(action, reason, failure);
    }

    private JitApprovalException unsupported(
            String action, Ref subject, Ref resource, UnsupportedArgumentException failure) {
        return refuse(
                action,
                subject,
                resource,
                Reason.ARGUMENT_UNSUPPORTED,
                failure.getMessage(),
                "Pass a value that cannot change, or register an ArgumentCodec for its type.");
    }

    /** Refuses what is not even a call yet. */
    JitApprovalException refuse(String action, Ref subject, Ref resource, Reason reason, String detail, String advice) {
        records.refused(action, subject, resource, reason);
        return Refusals.denied(reason, action, subject, resource, detail, advice);
    }

    private record Caller(Subject subject, List<Subject> actors) {}

    private Caller caller(String action, Resource resource, List<Subject> actors) {
        Optional<Subject> subject;
        List<Subject> all;
        try {
            subject = requireNonNull(resolver.subject(), "the subject resolver's answer");
            all = actors.isEmpty() ? resolver.actors() : concat(actors, resolver.actors());
        } catch (Throwable failure) {
            records.refused(action, UNKNOWN, resource.ref(), Reason.SUBJECT_UNRESOLVED);
            throw Refusals.unavailable(action, Failures.reason(failure, Reason.SUBJECT_UNRESOLVED), failure);
        }
        if (subject.isEmpty()) {
            throw refuse(
                    action,
                    UNKNOWN,
                    resource.ref(),
                    Reason.SUBJECT_UNRESOLVED,
                    "",
                    "Name the subject with by(…), or give the guard a subject resolver that knows who is calling.");
        }
        return new Caller(subject.get(), all);
    }

    private static List<Subject> concat(List<Subject> first, List<Subject> second) {
        List<Subject> all = new java.util.ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
