package io.jitapproval.core.channel;

import io.jitapproval.spi.TimeSource;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * What a webhook is made of; checked by the builder.
 *
 * @param name           the channel's name
 * @param uri            where to post; may hold a secret in its path or query
 * @param keys           what to sign with
 * @param targets        where it may go
 * @param source         the source of its events
 * @param tls            whom https trusts
 * @param connectTimeout for one address
 * @param requestTimeout for one attempt in all
 * @param time           the clock
 */
public record WebhookSettings(
        String name,
        URI uri,
        WebhookKeys keys,
        WebhookTargets targets,
        URI source,
        SSLContext tls,
        Duration connectTimeout,
        Duration requestTimeout,
        TimeSource time) {

    boolean https() {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    /** The host, without the brackets of an IPv6 address. */
    public static String host(URI uri) {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** {@return the name, and where to, without path and query} */
    @Override
    public String toString() {
        return "webhook " + name + " to " + uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
