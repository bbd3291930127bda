package io.jitapproval.core;

import static java.util.Objects.requireNonNull;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.channel.WebhookChannel;
import io.jitapproval.core.channel.WebhookKeys;
import io.jitapproval.core.channel.WebhookSettings;
import io.jitapproval.core.channel.WebhookTargets;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.RetryLaterException;
import io.jitapproval.spi.TimeSource;
import io.jitapproval.spi.UndeliverableException;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Builds a channel that {@linkplain Channels#webhook(URI) posts} each notice. Each thing is set once, targets as often as there
 * are some. Not thread-safe; the channel is.
 *
 * <p>A delivery is one attempt: 2xx is success, and everything else fails, redirects too, which are not followed. A failure says
 * when to try again ({@link RetryLaterException}) if the receiver answered 429 or 5xx with {@code Retry-After}, and that it is in
 * vain ({@link UndeliverableException}) if it answered 410 to this notice or to an earlier one. Proxies are not used. The guard's
 * own time limit of channels ends an attempt sooner than these time-outs do, if it is shorter.
 */
public final class WebhookBuilder {

    /** How long to wait for a connection to one address, by default: 3 seconds. */
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(3);

    /** How long an attempt may take in all, by default: 15 seconds. */
    public static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(15);

    /** The longest time-out that can be set: 5 minutes. */
    public static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(5);

    /** What events name as their source, by default: {@code /jit-approval}. */
    public static final URI DEFAULT_SOURCE = URI.create("/jit-approval");

    private static final String DEFAULT_NAME = "webhook";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int LAST_PORT = 65_535;

    private final URI uri;
    private final List<String> targets = new ArrayList<>();
    private @Nullable String name;
    private @Nullable List<String> secrets;
    private @Nullable URI source;
    private @Nullable SSLContext tls;
    private @Nullable Duration connectTimeout;
    private @Nullable Duration requestTimeout;
    private @Nullable TimeSource time;

    WebhookBuilder(URI uri) {
        this.uri = uri;
    }

    /**
     * What to sign with. All of them sign, so that a receiver may know either while secrets are changed.
     *
     * @param all each {@code whsec_} and the Base64 of 24 to 64 random bytes; the newest first; at least one
     * @return this
     * @throws IllegalStateException if they were set before
     */
    public WebhookBuilder secrets(String... all) {
        secrets = once(secrets, List.of(all), "secrets");
        return this;
    }

    /**
     * The channel's name, for records and for rules that name channels; two webhooks need two.
     *
     * @param channel 1 to 64 letters, digits, dots, underscores and hyphens; by default {@code webhook}
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public WebhookBuilder name(String channel) {
        name = once(name, channel, "name");
        return this;
    }

    /**
     * What events name as their {@code source}: who sends.
     *
     * @param sender the sender; not empty; by default {@link #DEFAULT_SOURCE}
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public WebhookBuilder source(URI sender) {
        source = once(source, sender, "source");
        return this;
    }

    /**
     * Lists a host or a network to which this webhook may go although it is not public, and by {@code http}. By default none is
     * listed: loopback, private, link-local (where clouds keep their credentials), shared, unique-local, multicast and reserved
     * addresses are refused, in whichever form IPv6 carries them.
     *
     * @param target the name of a host, whatever its addresses; or a network such as {@code 10.1.0.0/16} or {@code fd12::/64}; or
     *               one address
     * @return this
     */
    public WebhookBuilder allowTarget(String target) {
        targets.add(requireNonNull(target, "target"));
        return this;
    }

    /**
     * Whom {@code https} trusts and what it shows of itself, for receivers with certificates of your own.
     *
     * @param context the context; by default the JVM's
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public WebhookBuilder sslContext(SSLContext context) {
        tls = once(tls, context, "sslContext");
        return this;
    }

    /**
     * How long to wait for a connection to each address of the host.
     *
     * @param limit at least 1 millisecond; by default {@link #DEFAULT_CONNECT_TIMEOUT}
     * @return this
     * @throws IllegalStateException    if it was set before
     * @throws IllegalArgumentException if it is shorter, or longer than {@link #LONGEST_TIMEOUT}
     */
    public WebhookBuilder connectTimeout(Duration limit) {
        connectTimeout = once(connectTimeout, timeout(limit, "connectTimeout"), "connectTimeout");
        return this;
    }

    /**
     * How long an attempt may take in all, connecting included, but for the look-up of the host's name, which only the system
     * limits.
     *
     * @param limit at least 1 millisecond; by default {@link #DEFAULT_REQUEST_TIMEOUT}
     * @return this
     * @throws IllegalStateException    if it was set before
     * @throws IllegalArgumentException if it is shorter, or longer than {@link #LONGEST_TIMEOUT}
     */
    public WebhookBuilder requestTimeout(Duration limit) {
        requestTimeout = once(requestTimeout, timeout(limit, "requestTimeout"), "requestTimeout");
        return this;
    }

    /**
     * The clock: for the time in signatures, for dates in {@code Retry-After}, and for the request time-out.
     *
     * @param clock the clock; by default {@link TimeSources#system()}
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public WebhookBuilder time(TimeSource clock) {
        time = once(time, clock, "time");
        return this;
    }

    /**
     * Checks everything. Nothing is sent or looked up yet.
     *
     * @return the channel, which only tells; thread-safe
     * @throws JitConfigurationException with every fault that was found
     */
    public ApprovalChannel build() {
        List<ConfigurationProblem> problems = new ArrayList<>();
        WebhookTargets allowed = read("allowTarget", targets, WebhookTargets::new, problems);
        WebhookKeys keys = read("secrets", Optional.ofNullable(secrets).orElse(List.of()), WebhookKeys::of, problems);
        String fault = faultOfUri(allowed);
        if (!fault.isEmpty()) {
            problems.add(problem("uri", fault));
        }
        String called = Optional.ofNullable(name).orElse(DEFAULT_NAME);
        if (!NAME.matcher(called).matches()) {
            problems.add(problem(
                    "name",
                    "a name is 1 to 64 letters, digits, dots, underscores and hyphens, but was '" + called + "'"));
        }
        URI sender = Optional.ofNullable(source).orElse(DEFAULT_SOURCE);
        if (sender.toString().isEmpty()) {
            problems.add(problem("source", "the source of events must not be empty"));
        }
        if (allowed == null || keys == null || !problems.isEmpty()) {
            throw new JitConfigurationException(problems);
        }
        return new WebhookChannel(new WebhookSettings(
                called,
                uri,
                keys,
                allowed,
                sender,
                Optional.ofNullable(tls).orElseGet(WebhookBuilder::defaultTls),
                Optional.ofNullable(connectTimeout).orElse(DEFAULT_CONNECT_TIMEOUT),
                Optional.ofNullable(requestTimeout).orElse(DEFAULT_REQUEST_TIMEOUT),
                Optional.ofNullable(time).orElseGet(TimeSources::system)));
    }

    /** Never quotes path, query or user: they may be secret. */
    private String faultOfUri(@Nullable WebhookTargets allowed) {
        boolean https = "https".equalsIgnoreCase(uri.getScheme());
        if (!https && !"http".equalsIgnoreCase(uri.getScheme())) {
            return "a webhook goes to an https URI, but the scheme is " + uri.getScheme();
        }
        if (uri.getRawUserInfo() != null) {
            return "the URI carries a user: leave that out, receivers know us by the signature";
        }
        if (uri.getHost() == null || uri.getHost().isEmpty()) {
            return "the URI names no host that can be looked up: write it as https://host/path";
        }
        if (uri.getHost().contains("%")) {
            return "the URI's address has a zone: no other system has such an address";
        }
        if (uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
            return "the URI's port is " + uri.getPort() + ", which is none";
        }
        if (uri.getRawFragment() != null) {
            return "the URI has a fragment behind '#', which no server ever sees";
        }
        if (!https && allowed != null && !allowed.mayUseHttp(WebhookSettings.host(uri))) {
            return "http would show requests to whoever listens: write https, or list the target with .allowTarget(\""
                    + WebhookSettings.host(uri) + "\")";
        }
        return "";
    }

    private static <T, R> @Nullable R read(
            String where, T value, Function<T, R> reader, List<ConfigurationProblem> problems) {
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException e) {
            problems.add(problem(where, String.valueOf(e.getMessage())));
            return null;
        }
    }

    private static ConfigurationProblem problem(String where, String what) {
        return new ConfigurationProblem("JIT-C020", "webhook." + where, what);
    }

    private static SSLContext defaultTls() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JVM's own TLS cannot be used: set .sslContext(…)", e);
        }
    }

    private static Duration timeout(Duration limit, String what) {
        if (limit.toMillis() < 1 || limit.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    what + " must be from 1 ms to " + LONGEST_TIMEOUT + ", but was " + limit);
        }
        return limit;
    }

    private static <T> T once(@Nullable T before, T now, String what) {
        if (before != null) {
            throw new IllegalStateException(what + " was already set");
        }
        return requireNonNull(now, what);
    }
}
