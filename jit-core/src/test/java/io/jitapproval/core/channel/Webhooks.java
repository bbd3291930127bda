package io.jitapproval.core.channel;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Reason;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.ApprovalNotice.Kind;
import io.jitapproval.spi.TimeSource;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;

/** Webhooks for tests. */
final class Webhooks {

    /** Published with Standard Webhooks. */
    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    static final String OLDER = "whsec_b2xkZXIgc2VjcmV0IG9mIHRoaXJ0eS10d28gYnl0ZXM=";
    static final Duration TIMEOUT = Duration.ofSeconds(15);

    private Webhooks() {}

    static ApprovalNotice asked() {
        return asked(Requests.refund());
    }

    static ApprovalNotice asked(ApprovalRequest request) {
        return new ApprovalNotice(request.id() + "/asked", Kind.ASKED, request, List.of(Requests.MIA, Requests.TOM));
    }

    static ApprovalNotice ended() {
        ApprovalRequest ended = Requests.ended(Requests.refund(), ApprovalRequest.State.DENIED, Reason.APPROVAL_DENIED);
        return new ApprovalNotice(ended.id() + "/ended", Kind.ENDED, ended, List.of());
    }

    static WebhookChannel of(URI uri, WebhookTargets targets) {
        return new WebhookChannel(settings(uri, targets));
    }

    static WebhookSettings settings(URI uri, WebhookTargets targets) {
        return settings(uri, targets, new HandAlarms(), defaultTls());
    }

    static WebhookSettings settings(URI uri, WebhookTargets targets, TimeSource time, SSLContext tls) {
        return new WebhookSettings(
                "webhook",
                uri,
                WebhookKeys.of(List.of(SECRET, OLDER)),
                targets,
                URI.create("/refunds"),
                tls,
                Duration.ofSeconds(3),
                TIMEOUT,
                time);
    }

    static SSLContext defaultTls() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
