package io.jitapproval.core.intercept;

import io.jitapproval.Continuation;
import io.jitapproval.InlineApproval;
import io.jitapproval.spi.AsyncReturnType.Bridge;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the annotation on one method means, resolved once. Immutable. */
public final class GuardedMethod {

    /**
     * One parameter.
     *
     * @param name      its name where the annotation stands
     * @param sensitive whether any declaration of the method marks it so
     * @param unbound   whether every declaration that carries the annotation marks it so
     * @param type      its most specific declared type, type variables replaced as far as the target's class tells
     * @param lowerable whether any declaration marks it with a ceiling
     */
    public record Parameter(String name, boolean sensitive, boolean unbound, Type type, boolean lowerable) {

        /** One that is taken only as it is. */
        public Parameter(String name, boolean sensitive, boolean unbound, Type type) {
            this(name, sensitive, unbound, type, false);
        }

        /** The class that a copy of an argument has to be an instance of, whichever declaration the call goes through. */
        public Class<?> raw() {
            return Types.erase(type);
        }
    }

    private final Method method;
    private final String where;
    private final String action;
    private final List<InlineApproval> approval;
    private final ResourceTemplate resource;
    private final TextTemplate reason;
    private final TextTemplate ticket;
    private final Continuation continuation;
    private final Duration waitAtMost;
    private final List<Parameter> parameters;
    private final @Nullable Bridge bridge;

    GuardedMethod(
            Method method,
            String where,
            Terms terms,
            ResourceTemplate resource,
            TextTemplate reason,
            TextTemplate ticket,
            List<Parameter> parameters,
            @Nullable Bridge bridge) {
        this.method = method;
        this.where = where;
        this.action = terms.action();
        this.approval = terms.approval();
        this.resource = resource;
        this.reason = reason;
        this.ticket = ticket;
        this.continuation = terms.continuation();
        this.waitAtMost = terms.waitAtMost();
        this.parameters = List.copyOf(parameters);
        this.bridge = bridge;
    }

    /** What the annotation says that does not depend on the parameters. */
    record Terms(String action, List<InlineApproval> approval, Continuation continuation, Duration waitAtMost) {}

    /** The method that runs: of the target's class, or the default of an interface. */
    public Method method() {
        return method;
    }

    /** The action's name. */
    public String action() {
        return action;
    }

    /** What to ask where no document has a rule for the action; empty or one. */
    public List<InlineApproval> approval() {
        return approval;
    }

    /** On what it acts. */
    public ResourceTemplate resource() {
        return resource;
    }

    /** Why the caller wants it. */
    public TextTemplate reason() {
        return reason;
    }

    /** The ticket that the call belongs to. */
    public TextTemplate ticket() {
        return ticket;
    }

    /** How the call goes on when people have to be asked. */
    public Continuation continuation() {
        return continuation;
    }

    /** How long {@link Continuation#WAIT} waits at most. */
    public Duration waitAtMost() {
        return waitAtMost;
    }

    /** The parameters in the order of the arguments, but for a last one that takes the outcome. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** How its calls are answered where the outcome comes later; null where the call itself returns or throws it. */
    public @Nullable Bridge bridge() {
        return bridge;
    }

    /** The declaration that carries the annotation, such as {@code com.acme.Refunds.refund(String, BigDecimal)}. */
    @Override
    public String toString() {
        return where;
    }
}
