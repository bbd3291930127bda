package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Reason;
import io.jitapproval.VoteTerms;
import io.jitapproval.core.approval.RequestRecords;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.Person;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the channels, each notice on a thread of its own and for a limited time. A channel that fails or hangs harms no other,
 * and never the request.
 */
final class Notifier {

    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
    private static final String NOTHING_FAILED = "";

    private final List<ApprovalChannel> channels;
    private final Duration limit;
    private final ExecutorService executor;
    private final Journal journal;
    private final InstantSource clock;

    Notifier(GuardSettings settings, ExecutorService executor, Journal journal) {
        this.channels = settings.channels();
        this.limit = settings.channelTimeLimit();
        this.executor = executor;
        this.journal = journal;
        this.clock = settings.time();
    }

    /** Asks, and returns when every channel took the notice, failed, or ran out of time. */
    void ask(ApprovalRequest request, List<Person> people) throws InterruptedException {
        ApprovalNotice notice = new ApprovalNotice(request.id() + "/asked", ApprovalNotice.Kind.ASKED, request, people);
        List<Delivery> deliveries = new ArrayList<>();
        told(request).forEach(channel -> deliveries.add(new Delivery(channel, notice)));
        for (Delivery delivery : deliveries) {
            delivery.done.join();
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while people were asked");
        }
    }

    /** Tells the end, without waiting. */
    void end(ApprovalRequest request) {
        ApprovalNotice notice =
                new ApprovalNotice(request.id() + "/ended", ApprovalNotice.Kind.ENDED, request, List.of());
        told(request).forEach(channel -> new Delivery(channel, notice));
    }

    /** Sounds the alarm on all channels, without waiting: no channel holds up an emergency. */
    void alarm(ApprovalRequest request, List<Person> people) {
        ApprovalNotice notice = new ApprovalNotice(request.id() + "/1", ApprovalNotice.Kind.ALARM, request, people);
        channels.forEach(channel -> new Delivery(channel, notice));
    }

    /** The names of all channels, but for one that cannot say its own. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (ApprovalChannel channel : channels) {
            try {
                names.add(channel.name());
            } catch (Throwable failure) {
                Failures.keepInterrupt(failure);
                LOG.warn("A channel that cannot say its name is not told", failure);
            }
        }
        return names;
    }

    /** Those by which votes may come: whoever could not answer is not told. */
    private List<ApprovalChannel> told(ApprovalRequest request) {
        VoteTerms votes = request.requirement().votes();
        return votes.channels().isEmpty()
                ? channels
                : channels.stream().filter(channel -> takes(votes, channel)).toList();
    }

    private static boolean takes(VoteTerms votes, ApprovalChannel channel) {
        try {
            return votes.allowsChannel(channel.name());
        } catch (Throwable failure) {
            Failures.keepInterrupt(failure);
            LOG.warn("A channel that cannot say its name is not told", failure);
            return false;
        }
    }

    /** One notice on its way through one channel; settled once, by the channel or by the time limit. */
    private final class Delivery {

        private final ApprovalChannel channel;
        private final ApprovalNotice notice;
        private final AtomicBoolean settled = new AtomicBoolean();
        private final CompletableFuture<Boolean> done = new CompletableFuture<>();

        Delivery(ApprovalChannel channel, ApprovalNotice notice) {
            this.channel = channel;
            this.notice = notice;
            try {
                Future<?> running = executor.submit(this::deliver);
                CompletableFuture.delayedExecutor(limit.toNanos(), TimeUnit.NANOSECONDS)
                        .execute(() -> {
                            if (settle("time limit of " + limit)) {
                                running.cancel(true);
                            }
                        });
            } catch (RejectedExecutionException e) {
                settle("too many notices are under way");
            }
        }

        private void deliver() {
            try {
                channel.deliver(notice);
                settle(NOTHING_FAILED);
            } catch (Throwable failure) {
                LOG.warn("Channel {} failed to deliver", channel.name(), failure);
                settle(failure.getClass().getSimpleName());
            }
        }

        private boolean settle(String failure) {
            if (!settled.compareAndSet(false, true)) {
                return false;
            }
            try {
                journal.append(List.of(record(channel, notice, failure)));
            } catch (RuntimeException unrecorded) {
                LOG.warn("What {} did with {} is not on record", channel.name(), notice.request(), unrecorded);
            } finally {
                done.complete(true);
            }
            return true;
        }
    }

    private AuditRecord record(ApprovalChannel channel, ApprovalNotice notice, String failure) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("channel", channel.name());
        details.put("notice", notice.kind().name().toLowerCase(Locale.ROOT));
        if (!failure.isEmpty()) {
            details.put("failure", failure);
        }
        return RequestRecords.of(
                failure.isEmpty() ? Kind.NOTIFIED : Kind.NOTIFY_FAILED,
                notice.request(),
                clock.instant(),
                Optional.empty(),
                notice.request().outcome().orElse(Reason.APPROVAL_PENDING),
                details);
    }
}
