package io.jitapproval.core;

import static java.util.Objects.requireNonNull;

import io.jitapproval.AskingLimits;
import io.jitapproval.ConfigurationProblem;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.Rollout;
import io.jitapproval.core.guard.GuardSettings;
import io.jitapproval.core.guard.PolicySettings;
import io.jitapproval.core.policy.Recorded;
import io.jitapproval.spi.ActionPreview;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.ArgumentCodec;
import io.jitapproval.spi.AsyncReturnType;
import io.jitapproval.spi.AttributeResolver;
import io.jitapproval.spi.AuditSink;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.ObligationHandler;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.PolicySource;
import io.jitapproval.spi.ReplayExecutor;
import io.jitapproval.spi.SubjectResolver;
import io.jitapproval.spi.TimeSource;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Configures a guard. A policy and an audit sink are needed; everything else has a default. A setting that takes one value
 * can be set once. Faults of configuration are collected and told all at once by {@link #build()}.
 *
 * <p>Not thread-safe; good for one guard.
 */
public final class GuardBuilder {

    /** How long an audit sink may take for the records of one change, by default: 2 seconds. */
    public static final Duration DEFAULT_AUDIT_TIME_LIMIT = Duration.ofSeconds(2);

    /** How long a channel may take for one notice, by default: 5 seconds. */
    public static final Duration DEFAULT_CHANNEL_TIME_LIMIT = Duration.ofSeconds(5);

    /** How often the guard looks at a policy that may change, by default: every 5 seconds. */
    public static final Duration DEFAULT_RELOAD_EVERY = Duration.ofSeconds(5);

    /** Neither time limit can be longer than this: one hour. */
    public static final Duration LONGEST_TIME_LIMIT = Duration.ofHours(1);

    /** How many bytes a commitment key has: 32. */
    public static final int COMMITMENT_KEY_BYTES = 32;

    private @Nullable PolicySource policy;
    private @Nullable SubjectResolver subject;
    private @Nullable PeopleDirectory people;
    private @Nullable AuditSink audit;
    private @Nullable GrantStore store;
    private @Nullable TimeSource time;
    private byte @Nullable [] commitmentKey;
    private @Nullable Duration auditTimeLimit;
    private @Nullable Duration channelTimeLimit;
    private @Nullable Duration reloadEvery;
    private @Nullable AskingLimits askingLimits;
    private @Nullable Recorded recorded;
    private @Nullable SuggestionSettings suggestions;
    private final Map<String, Rollout> rollout = new LinkedHashMap<>();
    private final List<AttributeResolver> attributes = new ArrayList<>();
    private final Map<String, ObligationHandler> obligations = new LinkedHashMap<>();
    private final Map<String, ActionPreview> previews = new LinkedHashMap<>();
    private final Map<String, ReplayExecutor> replays = new LinkedHashMap<>();
    private final List<ApprovalChannel> channels = new ArrayList<>();
    private final List<ArgumentCodec<?>> codecs = new ArrayList<>();
    private final List<AsyncReturnType> returnTypes = new ArrayList<>();

    GuardBuilder() {}

    /**
     * The policy, from a file.
     *
     * @param file a policy document in JSON or YAML; looked at again and again, see {@link PolicySources#file}
     * @return this
     * @throws IllegalStateException if the policy was set before
     */
    public GuardBuilder policy(Path file) {
        return policy(PolicySources.file(file));
    }

    /**
     * The policy.
     *
     * @param source where it comes from
     * @return this
     * @throws IllegalStateException if it was set before
     * @see PolicySources
     */
    public GuardBuilder policy(PolicySource source) {
        policy = once(policy, source, "policy");
        return this;
    }

    /**
     * How often to look at a policy that {@linkplain PolicySource#mayChange may change}, such as a file.
     *
     * @param pause the time between two looks; positive; by default {@link #DEFAULT_RELOAD_EVERY}
     * @return this
     * @throws IllegalStateException    if it was set before
     * @throws IllegalArgumentException if it is not positive or longer than {@link #LONGEST_TIME_LIMIT}
     */
    public GuardBuilder reloadPolicyEvery(Duration pause) {
        reloadEvery = once(reloadEvery, positive(pause, "reloadPolicyEvery"), "reloadPolicyEvery");
        return this;
    }

    /**
     * Who is calling, for annotated methods and for attempts that name no subject. By default nobody can tell, and such
     * calls are denied.
     *
     * @param resolver the resolver
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public GuardBuilder subject(SubjectResolver resolver) {
        subject = once(subject, resolver, "subject");
        return this;
    }

    /**
     * Who is who. By default nobody is known, so nobody can approve and a call that needs approval is denied at once.
     *
     * @param directory the directory
     * @return this
     * @throws IllegalStateException if it was set before
     * @see People
     */
    public GuardBuilder people(PeopleDirectory directory) {
        people = once(people, directory, "people");
        return this;
    }

    /**
     * One more supplier of attributes that requests do not carry. Asked in the order in which they are added; after them,
     * the people directory supplies {@code subject.roles} and {@code subject.groups}.
     *
     * @param resolver the resolver
     * @return this
     */
    public GuardBuilder attributes(AttributeResolver resolver) {
        attributes.add(requireNonNull(resolver, "resolver"));
        return this;
    }

    /**
     * One more model that says how much evidence there is for a request: for {@code evidence.NAME.score} (a number), {@code
     * evidence.NAME.novel} (whether the request holds something that the model has never seen) and {@code evidence.NAME.model} (its
     * hash) in conditions. Asked for these paths alone, and no other resolver is asked for them: nothing that a request carries can
     * stand in their place. What no model says is unknown, whatever {@code ifAbsent} and {@code exists} say.
     *
     * @param model the model; one that is held in memory has a {@linkplain AttributeResolver#timeLimit() time limit} of zero
     * @return this
     */
    public GuardBuilder evidence(AttributeResolver model) {
        attributes.add(GuardSettings.evidence(requireNonNull(model, "model")));
        return this;
    }

    /**
     * Fulfils an obligation that policy may carry. Without a handler for each obligation in the policy the guard does not
     * start; whoever fulfils one on their own, reading {@link io.jitapproval.Decision#obligations()}, registers a handler that
     * does nothing.
     *
     * @param id      the obligation's id; not blank
     * @param handler the handler
     * @return this
     * @throws IllegalArgumentException if the id is blank
     * @throws IllegalStateException    if there is a handler for that id
     */
    public GuardBuilder obligation(String id, ObligationHandler handler) {
        if (id.isBlank()) {
            throw new IllegalArgumentException("an obligation's id must not be blank");
        }
        if (obligations.putIfAbsent(id, requireNonNull(handler, "handler")) != null) {
            throw new IllegalStateException("obligation '" + id + "' already has a handler");
        }
        return this;
    }

    /**
     * Computes what an action would do, for approvers to see before they decide. Asked only when people are about to be asked.
     *
     * @param action  the action's name; not blank
     * @param preview computes it, without changing anything
     * @return this
     * @throws IllegalArgumentException if the name is blank
     * @throws IllegalStateException    if there is a preview for that action
     */
    public GuardBuilder preview(String action, ActionPreview preview) {
        return named(previews, action, preview, "preview");
    }

    /**
     * Runs approved calls of an action without their caller, for {@link io.jitapproval.Attempt#replay()} and for methods with {@link
     * io.jitapproval.Continuation#REPLAY} whose process is gone.
     *
     * @param action   the action's name; not blank
     * @param executor runs the call
     * @return this
     * @throws IllegalArgumentException if the name is blank
     * @throws IllegalStateException    if there is an executor for that action
     */
    public GuardBuilder replay(String action, ReplayExecutor executor) {
        return named(replays, action, executor, "executor");
    }

    private <T> GuardBuilder named(Map<String, T> all, String action, T one, String what) {
        if (action.isBlank()) {
            throw new IllegalArgumentException("an action's name must not be blank");
        }
        if (all.putIfAbsent(action, requireNonNull(one, what)) != null) {
            throw new IllegalStateException("action '" + action + "' already has its " + what);
        }
        return this;
    }

    /**
     * One more way to reach people. Without any, requests wait in {@link io.jitapproval.Approvals} until somebody looks.
     *
     * @param channel the channel; its name must differ from those of the other channels
     * @return this
     * @see Channels
     */
    public GuardBuilder channel(ApprovalChannel channel) {
        channels.add(requireNonNull(channel, "channel"));
        return this;
    }

    /**
     * Where the record goes.
     *
     * @param sink the sink
     * @return this
     * @throws IllegalStateException if it was set before
     * @see AuditSinks
     */
    public GuardBuilder audit(AuditSink sink) {
        audit = once(audit, sink, "audit");
        return this;
    }

    /**
     * Where requests and grants are kept. By default {@link GrantStores#memory}.
     *
     * @param grantStore the store
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public GuardBuilder store(GrantStore grantStore) {
        store = once(store, grantStore, "store");
        return this;
    }

    /**
     * Where time comes from. By default {@link TimeSources#system()}.
     *
     * @param source the source
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public GuardBuilder time(TimeSource source) {
        time = once(time, source, "time");
        return this;
    }

    /**
     * One more type of argument that can be frozen.
     *
     * @param codec the codec
     * @return this
     */
    public GuardBuilder codec(ArgumentCodec<?> codec) {
        codecs.add(requireNonNull(codec, "codec"));
        return this;
    }

    /**
     * One more way in which annotated methods may give their outcome later, beside by a {@link
     * java.util.concurrent.CompletionStage}. Asked in the order in which they are added.
     *
     * @param type the type
     * @return this
     */
    public GuardBuilder returnType(AsyncReturnType type) {
        returnTypes.add(requireNonNull(type, "type"));
        return this;
    }

    /**
     * The secret under which sensitive values are committed to in the record. Whoever holds it can prove later what a value
     * was; whoever does not learns nothing. By default a random one that lasts as long as the guard, so that nothing can be
     * proved afterwards.
     *
     * @param key {@value #COMMITMENT_KEY_BYTES} random bytes; copied
     * @return this
     * @throws IllegalStateException    if it was set before
     * @throws IllegalArgumentException if the key has another length
     */
    public GuardBuilder commitmentKey(byte[] key) {
        if (key.length != COMMITMENT_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "commitmentKey must have " + COMMITMENT_KEY_BYTES + " bytes, but had " + key.length);
        }
        commitmentKey = once(commitmentKey, key.clone(), "commitmentKey");
        return this;
    }

    /**
     * How long the audit sink may take for the records of one change; after that the action is denied.
     *
     * @param limit the limit; positive; by default {@link #DEFAULT_AUDIT_TIME_LIMIT}
     * @return this
     * @throws IllegalStateException    if it was set before
     * @throws IllegalArgumentException if it is not positive or longer than {@link #LONGEST_TIME_LIMIT}
     */
    public GuardBuilder auditTimeLimit(Duration limit) {
        auditTimeLimit = once(auditTimeLimit, positive(limit, "auditTimeLimit"), "auditTimeLimit");
        return this;
    }

    /**
     * How long a channel may take for one notice; after that the guard goes on without it.
     *
     * @param limit the limit; positive; by default {@link #DEFAULT_CHANNEL_TIME_LIMIT}
     * @return this
     * @throws IllegalStateException    if it was set before
     * @throws IllegalArgumentException if it is not positive or longer than {@link #LONGEST_TIME_LIMIT}
     */
    public GuardBuilder channelTimeLimit(Duration limit) {
        channelTimeLimit = once(channelTimeLimit, positive(limit, "channelTimeLimit"), "channelTimeLimit");
        return this;
    }

    /**
     * How often people may be asked.
     *
     * @param limits the limits; by default {@link AskingLimits#DEFAULT}
     * @return this
     * @throws IllegalStateException if they were set before
     */
    public GuardBuilder askingLimits(AskingLimits limits) {
        askingLimits = once(askingLimits, limits, "askingLimits");
        return this;
    }

    /**
     * How far the guard has come with an action. Whatever is not {@link Rollout#ENFORCE} protects nothing: the guard says so in the log
     * and on record when it starts. Of several patterns the longest counts that fits.
     *
     * @param action the action's name, or a prefix that ends in an asterisk
     * @param mode   the mode; by default every action is enforced
     * @return this
     * @throws IllegalArgumentException if the name is blank, or has an asterisk elsewhere
     * @throws IllegalStateException    if it was set before for this name
     */
    public GuardBuilder rollout(String action, Rollout mode) {
        int asterisk = action.indexOf('*');
        if (action.isBlank() || (asterisk >= 0 && asterisk < action.length() - 1)) {
            throw new IllegalArgumentException(
                    "an action's name, or a prefix that ends in an asterisk, but was '" + action + "'");
        }
        if (rollout.putIfAbsent(action, requireNonNull(mode, "mode")) != null) {
            throw new IllegalStateException("the rollout of '" + action + "' was already set");
        }
        return this;
    }

    /**
     * Which attributes of subject, resource and context the record keeps of what was known when a decision was made: in the records of
     * requests, of denials, and of uses that policy or a rule allows. By default, and in any case, those that the policy's conditions
     * for the action name, those fetched for them included; never sensitive values, and nothing is fetched for the record's sake.
     *
     * <pre>{@code
     * .recordAttributes("subject.department", "context.*", "!subject.salary")
     * }</pre>
     *
     * @param patterns paths, each with what is below it, or beginnings that end in an asterisk; with an exclamation mark before it, what
     *                 is left out, whoever names it
     * @return this
     * @throws IllegalArgumentException if one of them begins with none of {@code subject}, {@code resource} and {@code context}, or
     *                                  has its asterisk elsewhere than at its end
     * @throws IllegalStateException    if they were set before
     */
    public GuardBuilder recordAttributes(String... patterns) {
        recorded = once(recorded, Recorded.of(List.of(patterns)), "recordAttributes");
        return this;
    }

    /**
     * Opens the desk where suggestions become policy: {@link MethodGuard#suggestions()}. Rules that were accepted there stand beside the
     * policy's documents, which the guard then looks at again and again.
     *
     * @param settings how suggestions are handled
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public GuardBuilder suggestions(SuggestionSettings settings) {
        suggestions = once(suggestions, settings, "suggestions");
        return this;
    }

    /**
     * Reads the policy, connects the channels and starts the guard.
     *
     * @return the guard
     * @throws JitConfigurationException with every fault that was found; then nothing has started
     */
    public MethodGuard build() {
        List<ConfigurationProblem> problems = new ArrayList<>();
        TimeSource clock = Optional.ofNullable(time).orElseGet(TimeSources::system);
        GrantStore kept = Optional.ofNullable(store).orElseGet(() -> GrantStores.memory(clock));
        Suggesting suggesting =
                suggestions == null || policy == null ? null : new Suggesting(policy, kept, suggestions);
        if (suggesting != null) {
            attributes.add(GuardSettings.evidence(suggesting.standing()));
        }
        PolicySettings loaded = new PolicyStart(obligations.keySet())
                .load(
                        suggesting == null ? policy : suggesting.standing(),
                        Optional.ofNullable(reloadEvery).orElse(DEFAULT_RELOAD_EVERY),
                        problems);
        AuditSink sink = audit;
        if (sink == null) {
            problems.add(new ConfigurationProblem(
                    "JIT-C002",
                    "audit",
                    "no audit sink: nothing may run unrecorded. Set one, for instance "
                            + ".audit(AuditSinks.jsonLines(Path.of(\"audit.jsonl\")))"));
        }
        Set<String> names = new LinkedHashSet<>();
        for (ApprovalChannel channel : channels) {
            if (!names.add(channel.name())) {
                problems.add(new ConfigurationProblem(
                        "JIT-C003", "channel", "two channels are named '" + channel.name() + "': name them apart"));
            }
        }
        if (loaded == null || sink == null || !problems.isEmpty()) {
            throw new JitConfigurationException(problems);
        }
        PeopleDirectory directory = Optional.ofNullable(people).orElseGet(People::nobody);
        GuardSettings settings = new GuardSettings(
                loaded,
                Optional.ofNullable(subject).orElse(Optional::empty),
                directory,
                List.copyOf(attributes),
                Map.copyOf(obligations),
                Map.copyOf(previews),
                Map.copyOf(replays),
                List.copyOf(channels),
                suggesting == null ? sink : suggesting.uses().beside(sink),
                kept,
                store != null,
                clock,
                List.copyOf(codecs),
                List.copyOf(returnTypes),
                new SecretKeySpec(commitmentKey == null ? randomKey() : commitmentKey, "HmacSHA256"),
                Optional.ofNullable(auditTimeLimit).orElse(DEFAULT_AUDIT_TIME_LIMIT),
                Optional.ofNullable(channelTimeLimit).orElse(DEFAULT_CHANNEL_TIME_LIMIT),
                Optional.ofNullable(askingLimits).orElse(AskingLimits.DEFAULT),
                Collections.unmodifiableMap(new LinkedHashMap<>(rollout)));
        return MethodGuard.start(
                settings.recording(Optional.ofNullable(recorded).orElse(Recorded.NAMED), suggesting != null),
                suggesting);
    }

    private static byte[] randomKey() {
        byte[] key = new byte[COMMITMENT_KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    private static Duration positive(Duration limit, String name) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, but was " + limit);
        }
        if (limit.compareTo(LONGEST_TIME_LIMIT) > 0) {
            throw new IllegalArgumentException(name + " must be at most " + LONGEST_TIME_LIMIT + ", but was " + limit);
        }
        return limit;
    }

    private static <T> T once(@Nullable T before, T now, String name) {
        if (before != null) {
            throw new IllegalStateException(name + " was already set");
        }
        return requireNonNull(now, name);
    }
}
