package io.jitapproval.core;

import static java.util.Objects.requireNonNull;

import io.jitapproval.Ref;
import io.jitapproval.core.channel.TerminalChannel;
import io.jitapproval.spi.InteractiveApprovalChannel;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.InstantSource;

/** Approval channels that come with the library. */
public final class Channels {

    private Channels() {}

    /**
     * Asks on this process's terminal, one request after the other, on a thread of its own. Whoever sits there says who they
     * are: good for trials and single-operator tools, not for proving who approved.
     *
     * @return the channel, named {@code terminal}
     */
    public static InteractiveApprovalChannel terminal() {
        Charset charset = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
        return terminal(
                new BufferedReader(new InputStreamReader(System.in, charset)),
                new PrintWriter(System.out, true, charset),
                TimeSources.system());
    }

    /**
     * Asks on any pair of reader and writer.
     *
     * @param in    where answers come from; at its end, nobody answers any more
     * @param out   where questions go
     * @param clock the clock for the time left
     * @return the channel, named {@code terminal}
     */
    public static InteractiveApprovalChannel terminal(BufferedReader in, PrintWriter out, InstantSource clock) {
        return new TerminalChannel(
                requireNonNull(in, "in"), requireNonNull(out, "out"), requireNonNull(clock, "clock"), Ref::user);
    }

    /**
     * Tells another system by HTTP: every notice is posted as a CloudEvent, signed as Standard Webhooks 1.0 say. Nobody answers by
     * it. It never goes to an address that is not public, unless that is {@linkplain WebhookBuilder#allowTarget listed}.
     *
     * @param uri where to post; {@code https}, or {@code http} to a listed target; path and query are treated as secrets and
     *            told nowhere
     * @return a builder of the channel, which still wants {@linkplain WebhookBuilder#secrets secrets}
     */
    public static WebhookBuilder webhook(URI uri) {
        return new WebhookBuilder(requireNonNull(uri, "uri"));
    }
}
