package io.jitapproval.core.guard;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.GuardedUse;
import io.jitapproval.Ref;
import io.jitapproval.Resource;
import io.jitapproval.ShownArgument;
import io.jitapproval.Subject;
import io.jitapproval.core.binding.ArgumentFreezer;
import io.jitapproval.core.binding.Binding;
import io.jitapproval.core.binding.BindingInput;
import io.jitapproval.core.binding.BindingInput.Party;
import io.jitapproval.core.binding.UnsupportedArgumentException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
    final Grounds grounds;
    final @Nullable Duration waitAtMost;

    /** The actors that the caller named where the resolver said who acts and can be asked again; otherwise null. */
    final @Nullable List<Subject> through;

    /** What the caller wants of a request that it may need; set right after freezing. */
    Wishes wishes = Wishes.NONE;

    private final Freezing freezing;
    private final List<Argument> arguments;
    private final Allowance allowance;
    private final boolean mutable;
    private final boolean hides;
    private @Nullable Binding binding;
    private @Nullable String matchKey;
    private Ahead ahead = Ahead.NONE;
    /** What policy last said of it; null before it was asked. */
    private Evaluator.@Nullable Answer answer;

    private Sampling.@Nullable Draw draw;

    /** The same call once more, for an action that runs on copies. */
    Call anew() {
        List<Argument> own = mutable
                ? arguments.stream()
                        .map(argument -> argument.anew(freezing.freezer()))
                        .toList()
                : arguments;
        Call again =
                new Call(freezing, request, own, new Allowance(own, allowance.isTaken()), grounds, waitAtMost, through);
        again.wishes = wishes;
        return again;
    }

    /** The same call of a subject whose properties may have changed since. */
    Call(Call asked, Subject now) {
        this.freezing = asked.freezing;
        this.request = new EvaluationRequest(
                now, asked.request.actors(), asked.request.action(), asked.request.resource(), asked.request.context());
        this.subject = asked.subject;
        this.actors = asked.actors;
        this.resource = asked.resource;
        this.arguments = asked.arguments;
        this.allowance = asked.allowance;
        this.grounds = asked.grounds;
        this.waitAtMost = asked.waitAtMost;
        this.through = asked.through;
        this.mutable = asked.mutable;
        this.hides = asked.hides;
        this.binding = asked.binding;
        this.matchKey = asked.matchKey;
        this.ahead = asked.ahead;
        this.wishes = asked.wishes;
    }

    Call(
            Freezing freezing,
            EvaluationRequest request,
            List<Argument> arguments,
            Allowance allowance,
            Grounds grounds,
            @Nullable Duration waitAtMost,
            @Nullable List<Subject> through) {
        this.freezing = freezing;
        this.request = request;
        this.subject = request.subject().ref();
        this.actors = request.actors().isEmpty()
                ? List.of()
                : request.actors().stream().map(Subject::ref).toList();
        this.resource = request.resource().ref();
        this.arguments = arguments;
        this.allowance = allowance;
        this.grounds = grounds;
        this.waitAtMost = waitAtMost;
        this.through = through;
        boolean anyMutable = false;
        boolean anyHidden = false;
        for (Argument argument : arguments) {
            anyMutable |= !freezing.freezer().isDeeplyImmutable(argument.live());
            anyHidden |= argument.hidden();
        }
        this.mutable = anyMutable;
        this.hides = anyHidden;
    }

    String action() {
        return request.action().name();
    }

    /** When and after which others its grant is to begin. */
    Ahead ahead() {
        return ahead;
    }

    void ahead(Ahead other) {
        ahead = other;
    }

    void answered(Evaluator.Answer said, Sampling.@Nullable Draw drawn) {
        answer = said;
        draw = drawn;
    }

    /** Whether people were drawn to look at it although a rule would answer; null if no rule wanted that. */
    Sampling.@Nullable Draw draw() {
        return draw;
    }

    /** What was known when policy last decided on it, as far as it belongs on record. */
    Map<String, Object> attributes() {
        return answer == null ? Map.of() : answer.attributes(hidden());
    }

    /** What it may use of the numbers that can be lowered. */
    Allowance allowance() {
        return allowance;
    }

    /** What its action may use; once it is cleared. */
    GuardedUse use() {
        return allowance.use(action(), arguments);
    }

    /** What to run with once it is cleared, in the order of the arguments: copies, and numbers no higher than approved. */
    @Nullable
    Object[] frozenArguments() {
        @Nullable Object[] values = new Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = allowance.of(arguments.get(i));
        }
        return values;
    }

    List<Argument> arguments() {
        return arguments;
    }

    /** For a call that was kept: its arguments are the plain ones, but it is the same call. */
    void recognisedBy(String key) {
        matchKey = key;
    }

    /** Properties as policies see them. */
    Map<String, @Nullable Object> plain(Map<String, @Nullable Object> properties) {
        return freezing.plain(properties);
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
            return digest(Argument::live).equals(binding()) && unboundUnchanged();
        } catch (UnsupportedArgumentException changed) {
            return false;
        }
    }

    /** What is shown without being bound may differ from call to call, but not within one. */
    private boolean unboundUnchanged() {
        ArgumentFreezer freezer = freezing.freezer();
        for (Argument argument : arguments) {
            if (!argument.bound()
                    && !Arrays.equals(freezer.canonical(argument.live()), freezer.canonical(argument.frozen()))) {
                return false;
            }
        }
        return true;
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
                        on.properties().isEmpty() ? Map.of() : committed("/resource", on.properties()),
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
                    argument.hidden(),
                    argument.lowerable()));
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
