package io.jitapproval.core.guard;

import io.jitapproval.AskingLimits;
import io.jitapproval.Rollout;
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
import io.jitapproval.spi.ReplayExecutor;
import io.jitapproval.spi.SubjectResolver;
import io.jitapproval.spi.TimeSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.BiFunction;
import javax.crypto.SecretKey;

/**
 * Everything that a guard is made of; already checked.
 *
 * @param policy           what decides, and where a newer one comes from
 * @param subject          who is calling
 * @param people           who is who
 * @param attributes       what requests do not carry
 * @param obligations      fulfil what policy wants done, by the obligation's id
 * @param previews         compute what an action would do, by the action's name
 * @param replays          run approved calls, by the action's name
 * @param channels         how people are reached
 * @param audit            where the record goes
 * @param store            where requests and grants are kept
 * @param shared           whether other guards may use that store
 * @param time             the guard's time
 * @param codecs           further types of arguments
 * @param returnTypes      further ways in which methods give their outcome later
 * @param commitmentKey    32 bytes
 * @param auditTimeLimit   for the records of one change
 * @param channelTimeLimit for one notice
 * @param askingLimits     how often people may be asked
 * @param rollout          how far the guard has come with which actions
 * @param pools            makes the guard's own threads, by their name and how many there are at most
 * @param random           what nobody can guess: ids, and by how much pauses differ
 * @param recorded         which attributes go on record
 * @param noted            whether the store keeps which requests are blind samples, or asked beside shadow rules
 */
public record GuardSettings(
        PolicySettings policy,
        SubjectResolver subject,
        PeopleDirectory people,
        List<AttributeResolver> attributes,
        Map<String, ObligationHandler> obligations,
        Map<String, ActionPreview> previews,
        Map<String, ReplayExecutor> replays,
        List<ApprovalChannel> channels,
        AuditSink audit,
        GrantStore store,
        boolean shared,
        TimeSource time,
        List<ArgumentCodec<?>> codecs,
        List<AsyncReturnType> returnTypes,
        SecretKey commitmentKey,
        Duration auditTimeLimit,
        Duration channelTimeLimit,
        AskingLimits askingLimits,
        Map<String, Rollout> rollout,
        BiFunction<String, Integer, ExecutorService> pools,
        SecureRandom random,
        Recorded recorded,
        boolean noted) {

    /** With the record of only those attributes that policy names. */
    public GuardSettings(
            PolicySettings policy,
            SubjectResolver subject,
            PeopleDirectory people,
            List<AttributeResolver> attributes,
            Map<String, ObligationHandler> obligations,
            Map<String, ActionPreview> previews,
            Map<String, ReplayExecutor> replays,
            List<ApprovalChannel> channels,
            AuditSink audit,
            GrantStore store,
            boolean shared,
            TimeSource time,
            List<ArgumentCodec<?>> codecs,
            List<AsyncReturnType> returnTypes,
            SecretKey commitmentKey,
            Duration auditTimeLimit,
            Duration channelTimeLimit,
            AskingLimits askingLimits,
            Map<String, Rollout> rollout,
            BiFunction<String, Integer, ExecutorService> pools,
            SecureRandom random) {
        this(
                policy,
                subject,
                people,
                attributes,
                obligations,
                previews,
                replays,
                channels,
                audit,
                store,
                shared,
                time,
                codecs,
                returnTypes,
                commitmentKey,
                auditTimeLimit,
                channelTimeLimit,
                askingLimits,
                rollout,
                pools,
                random,
                Recorded.NAMED,
                false);
    }

    /** A resolver as it stands among the attributes if it is asked for what models say, and for nothing else. */
    public static AttributeResolver evidence(AttributeResolver model) {
        return new Evidence(model);
    }

    /** The same, with other attributes on record, and with notes of samples or without. */
    public GuardSettings recording(Recorded other, boolean notes) {
        return new GuardSettings(
                policy,
                subject,
                people,
                attributes,
                obligations,
                previews,
                replays,
                channels,
                audit,
                store,
                shared,
                time,
                codecs,
                returnTypes,
                commitmentKey,
                auditTimeLimit,
                channelTimeLimit,
                askingLimits,
                rollout,
                pools,
                random,
                other,
                notes);
    }

    /** With threads and random numbers of its own. */
    public GuardSettings(
            PolicySettings policy,
            SubjectResolver subject,
            PeopleDirectory people,
            List<AttributeResolver> attributes,
            Map<String, ObligationHandler> obligations,
            Map<String, ActionPreview> previews,
            Map<String, ReplayExecutor> replays,
            List<ApprovalChannel> channels,
            AuditSink audit,
            GrantStore store,
            boolean shared,
            TimeSource time,
            List<ArgumentCodec<?>> codecs,
            List<AsyncReturnType> returnTypes,
            SecretKey commitmentKey,
            Duration auditTimeLimit,
            Duration channelTimeLimit,
            AskingLimits askingLimits,
            Map<String, Rollout> rollout) {
        this(
                policy,
                subject,
                people,
                attributes,
                obligations,
                previews,
                replays,
                channels,
                audit,
                store,
                shared,
                time,
                codecs,
                returnTypes,
                commitmentKey,
                auditTimeLimit,
                channelTimeLimit,
                askingLimits,
                rollout,
                Threads::pool,
                new SecureRandom());
    }
}
