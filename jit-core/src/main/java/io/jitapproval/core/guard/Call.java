package io.jitapproval.core.guard;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.Ref;
import io.jitapproval.Resource;
import io.jitapproval.ShownArgument;
import io.jitapproval.Subject;
import io.jitapproval.core.binding.Binding;
import io.jitapproval.core.binding.BindingInput;
import io.jitapproval.core.binding.BindingInput.Party;
import io.jitapproval.core.binding.UnsupportedArgumentException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One call, frozen. Its binding is computed when it is first needed; it belongs to one thread at a time. */
final class Call {

    /** What a fresh request is known by before it has an id of its own. */
    private static final String BINDING_CONTEXT = "binding";

    final EvaluationRequest request;
    final Ref subject;
    final List<Ref> actors;
    final Ref resource;
    final String reason;
    final @Nullable Duration waitAtMost;

    private final Freezing freezing;
    private final List<Argument> arguments;
    private final boolean mutable;
    private final boolean hides;
    private @Nullable Binding binding;
    private @Nullable String matchKey;

    Call(
            Freezing freezing,
            EvaluationRequest request,
            List<Argument> arguments,
            String reason,
            @Nullable Duration waitAtMost) {
        this.freezing = freezing;
        this.request = request;
        this.subject = request.subject().ref();
        this.actors = request.actors().isEmpty()
                ? List.of()
                : request.actors().stream().map(Subject::ref).toList();
        this.resource = request.resource().ref();
        this.arguments = arguments;
        this.reason = reason;
        this.waitAtMost = waitAtMost;
        boolean anyMutable = false;
        boolean anyHidden = false;
        for (Argument argument : arguments) {
            anyMutable |= argument.bound() && !freezing.freezer().isDeeplyImmutable(argument.live());
            anyHidden |= argument.hidden();
        }
        this.mutable = anyMutable;
        this.hides = anyHidden;
    }

    String action() {
        return request.action().name();
    }

    /** The copies to run with, in the order of the arguments. */
    @Nullable
    Object[] frozenArguments() {
        @Nullable Object[] values = new Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments.get(i).frozen();
        }
        return values;
    }

    String matchKey() {
        if (matchKey == null) {
            matchKey = binding().hex();
        }
        return matchKey;
    }

    private Binding binding() {
        if (binding == null) {
            binding = digest(Argument::frozen);
        }
        return binding;
    }

    /**
     * Whether what the action is about to use is still what was frozen. What cannot change needs no second digest; what can no
     * longer be frozen has changed.
     */
    boolean unchanged() {
        if (!mutable) {
            return true;
        }
        try {
            return digest(Argument::live).equals(binding());
        } catch (UnsupportedArgumentException changed) {
            return false;
        }
    }

    private Binding digest(Function<Argument, @Nullable Object> value) {
        String[] names = new String[arguments.size()];
        @Nullable Object[] values = new Object[arguments.size()];
        int bound = 0;
        for (Argument argument : arguments) {
            if (argument.bound()) {
                Object now = value.apply(argument);
                names[bound] = argument.name();
                values[bound++] = argument.hidden() ? committed(argument.name(), now) : now;
            }
        }
        Resource on = request.resource();
        return Binding.of(
                new BindingInput(
                        "",
                        new Party(subject.type(), subject.id()),
                        actors.isEmpty()
                                ? List.of()
                                : actors.stream()
                                        .map(actor -> new Party(actor.type(), actor.id()))
                                        .toList(),
                        action(),
                        new Party(resource.type(), resource.id()),
                        on.properties(),
                        new NamedValues(names, values, bound)),
                freezing.freezer());
    }

    /** A secret enters the digest only under the guard's key, so that the digest is no oracle for it. */
    private Map<String, String> committed(String name, @Nullable Object value) {
        return Map.of("c", freezing.commit(BINDING_CONTEXT, action() + "/" + name, value));
    }

    /**
     * The arguments as people and records see them.
     *
     * @param context salts the commitments to hidden values: the id of the request or use that shows them
     */
    List<ShownArgument> shown(String context) {
        List<ShownArgument> shown = new ArrayList<>(arguments.size());
        for (Argument argument : arguments) {
            shown.add(new ShownArgument(
                    argument.name(),
                    argument.hidden() ? freezing.commit(context, argument.name(), argument.frozen()) : argument.plain(),
                    argument.bound(),
                    argument.hidden()));
        }
        return shown;
    }

    /** The names of the hidden arguments. */
    Set<String> hidden() {
        if (!hides) {
            return Set.of();
        }
        Set<String> names = new HashSet<>();
        arguments.stream().filter(Argument::hidden).forEach(argument -> names.add(argument.name()));
        return names;
    }

    List<Ref> requesters() {
        if (actors.isEmpty()) {
            return List.of(subject);
        }
        List<Ref> all = new ArrayList<>();
        all.add(subject);
        all.addAll(actors);
        return all;
    }
}
