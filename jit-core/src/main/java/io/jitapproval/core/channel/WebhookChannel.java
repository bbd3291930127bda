package io.jitapproval.core.channel;

import io.jitapproval.spi.ApprovalDigest;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.DigestingApprovalChannel;
import io.jitapproval.spi.RetryLaterException;
import io.jitapproval.spi.UndeliverableException;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Posts each notice, and each digest, as a signed event. Holds nothing between two notices but whether the receiver is gone. */
public final class WebhookChannel implements DigestingApprovalChannel {

    private final WebhookSettings settings;
    private final HttpPost post;
    private volatile boolean gone;

    /**
     * A channel of its own.
     *
     * @param settings checked
     */
    public WebhookChannel(WebhookSettings settings) {
        this.settings = settings;
        this.post = new HttpPost(settings);
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public void deliver(ApprovalNotice notice) throws IOException {
        send(NoticeEvent.id(notice.id()), NoticeEvent.json(notice, settings.source()));
    }

    @Override
    public void deliverDigest(ApprovalDigest digest) throws IOException {
        send(NoticeEvent.id(digest.id()), NoticeEvent.json(digest, settings.source()));
    }

    private void send(String id, byte[] body) throws IOException {
        if (gone) {
            throw gone();
        }
        List<InetAddress> addresses =
                settings.targets().addresses(WebhookSettings.host(settings.uri()), settings.https());
        String timestamp = Long.toString(settings.time().instant().getEpochSecond());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("User-Agent", "jit-approval");
        headers.put("Content-Type", NoticeEvent.CONTENT_TYPE);
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", timestamp);
        headers.put("webhook-signature", settings.keys().sign(id, timestamp, body));
        HttpAnswer answer = post.send(addresses, headers, body);
        if (!answer.isSuccess()) {
            fail(answer);
        }
    }

    private void fail(HttpAnswer answer) throws IOException {
        int status = answer.status();
        if (status == 410) {
            gone = true;
            throw gone();
        }
        String told = settings + " answered " + status;
        if (status == 429 || status >= 500) {
            Instant now = settings.time().instant();
            Optional<Duration> wait = answer.wait(now);
            if (wait.isPresent()) {
                throw new RetryLaterException(told + ", and wants to be left alone for " + wait.get(), wait.get());
            }
        }
        throw new IOException(
                told + (status >= 300 && status < 400 ? ": redirects are not followed; name the place itself" : ""));
    }

    private UndeliverableException gone() {
        return new UndeliverableException(settings + " answered 410: it wants no more notices, and gets none until the "
                + "next start. Remove the channel, or mend the receiver");
    }

    /** {@return the name, and where to, without path, query and secrets} */
    @Override
    public String toString() {
        return settings.toString();
    }
}
