package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Reason;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the channels. A channel that fails or hangs harms no other, and never the request. */
final class Notifier {

    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

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
        this.clock = settings.store()::now;
    }

    /** Asks, and returns when every channel took the notice, failed or ran out of time. */
    void ask(ApprovalRequest request, List<Person> people) throws InterruptedException {
        tell(new ApprovalNotice(request.id() + "/asked", ApprovalNotice.Kind.ASKED, request, people));
    }

    /** Tells the end, without waiting. */
    void end(ApprovalRequest request) {
        if (channels.isEmpty()) {
            return;
        }
        ApprovalNotice notice =
                new ApprovalNotice(request.id() + "/ended", ApprovalNotice.Kind.ENDED, request, List.of());
        try {
            executor.execute(() -> {
                try {
                    tell(notice);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.warn("Nobody was told that request {} ended: too many notices are under way", request.id());
        }
    }

    private void tell(ApprovalNotice notice) throws InterruptedException {
        Map<ApprovalChannel, Optional<Future<?>>> deliveries = new LinkedHashMap<>();
        for (ApprovalChannel channel : channels) {
            deliveries.put(channel, start(channel, notice));
        }
        long deadline = System.nanoTime() + limit.toNanos();
        List<AuditRecord> records = new ArrayList<>();
        for (Map.Entry<ApprovalChannel, Optional<Future<?>>> delivery : deliveries.entrySet()) {
            String failure = delivery.getValue().isEmpty()
                    ? "too many notices are under way"
                    : await(delivery.getValue().get(), deadline);
            records.add(record(delivery.getKey(), notice, failure));
        }
        try {
            journal.append(records);
        } catch (RuntimeException e) {
            LOG.warn(
                    "What the channels did with request {} is not on record",
                    notice.request().id(),
                    e);
        }
    }

    private Optional<Future<?>> start(ApprovalChannel channel, ApprovalNotice notice) {
        try {
            return Optional.of(executor.submit(() -> {
                channel.deliver(notice);
                return null;
            }));
        } catch (RejectedExecutionException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String await(Future<?> delivery, long deadline) throws InterruptedException {
        try {
            delivery.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return null;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            LOG.warn("A channel failed to deliver", cause);
            return cause.getClass().getSimpleName();
        } catch (TimeoutException e) {
            delivery.cancel(true);
            return "time limit";
        } catch (InterruptedException e) {
            delivery.cancel(true);
            throw e;
        }
    }

    private AuditRecord record(ApprovalChannel channel, ApprovalNotice notice, @Nullable String failure) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("channel", channel.name());
        details.put("notice", notice.kind().name().toLowerCase(java.util.Locale.ROOT));
        if (failure != null) {
            details.put("failure", failure);
        }
        return RequestRecords.of(
                failure == null ? Kind.NOTIFIED : Kind.NOTIFY_FAILED,
                notice.request(),
                clock.instant(),
                Optional.empty(),
                notice.request().outcome().orElse(Reason.APPROVAL_PENDING),
                details);
    }
}
