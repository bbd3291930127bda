package io.jitapproval.core.channel;

import io.jitapproval.core.explain.Visible;
import io.jitapproval.core.network.Network;
import io.jitapproval.core.network.Network.Address;
import io.jitapproval.core.network.Network.Networks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a webhook may go: to public addresses, by https; and wherever the host or the network is listed, by http as well. What
 * counts is every address that a name has, not the name.
 */
public final class WebhookTargets {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*\\.?");
    private static final Pattern NUMBER = Pattern.compile("(.*\\.)?(\\d+|0[xX][0-9a-fA-F]*)\\.?");

    /** Not public, by IANA's registry of special-purpose addresses, with multicast and what is reserved. */
    private static final Networks SPECIAL_V4 = networks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    /** All that IPv6 has given out for the public Internet. Loopback, mapped, local and multicast addresses lie outside. */
    private static final Network GLOBAL_V6 = Network.parse("2000::/3");

    /** Exceptions inside: protocols such as Teredo, documentation, 6to4, which may carry any IPv4 address. */
    private static final Networks SPECIAL_V6 = networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    /** NAT64: public exactly if the IPv4 address in its last 32 bits is. */
    private static final Network NAT64 = Network.parse("64:ff9b::/96");

    private final Resolver resolver;
    private final Set<String> hosts = new LinkedHashSet<>();
    private final Networks networks;

    /** How a name becomes addresses. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /**
     * With what is listed.
     *
     * @param listed names of hosts, and networks such as {@code 10.1.0.0/16} or single addresses
     * @throws IllegalArgumentException with the first that is neither
     */
    public WebhookTargets(List<String> listed) {
        this(listed, InetAddress::getAllByName);
    }

    WebhookTargets(List<String> listed, Resolver resolver) {
        this.resolver = resolver;
        List<Network> parsed = new ArrayList<>();
        for (String target : listed) {
            if (HOST.matcher(target).matches() && !NUMBER.matcher(target).matches()) {
                hosts.add(canonical(target));
            } else {
                parsed.add(network(target));
            }
        }
        networks = new Networks(List.copyOf(parsed));
    }

    private static Network network(String target) {
        try {
            return Network.parse(target);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the target '" + Visible.of(target) + "' is no name of a host and " + e.getMessage(), e);
        }
    }

    /** Whether http may be asked for at all; if a name must be resolved to know, it may. */
    public boolean mayUseHttp(String host) {
        if (hosts.contains(canonical(host))) {
            return true;
        }
        Address literal = Address.parse(host);
        return literal == null ? !networks.list().isEmpty() : networks.contains(literal);
    }

    /**
     * Resolves a host, once. Connect to these addresses, and to nothing that is resolved again.
     *
     * @throws IOException if one of them must not be connected to
     */
    List<InetAddress> addresses(String host, boolean https) throws IOException {
        List<InetAddress> addresses = List.of(resolver.addresses(host));
        if (addresses.isEmpty()) {
            throw new UnknownHostException(host);
        }
        if (hosts.contains(canonical(host))) {
            return addresses;
        }
        for (InetAddress each : addresses) {
            Address address = Address.of(each);
            if (!networks.contains(address)) {
                if (!https) {
                    throw new IOException(refusal(host, address, "http goes to listed targets only"));
                }
                if (!isPublic(address)) {
                    throw new IOException(refusal(host, address, "this is no public address"));
                }
            }
        }
        return addresses;
    }

    private static String refusal(String host, Address address, String why) {
        return host + " is " + address + ", and " + why
                + ": nothing was sent. If that is where it shall go, list it with " + ".allowTarget(\"" + address
                + "\")";
    }

    static boolean isPublic(Address address) {
        if (address.isV4()) {
            return !SPECIAL_V4.contains(address);
        }
        if (NAT64.contains(address)) {
            return isPublic(new Address(true, 0, address.low() & 0xFFFF_FFFFL));
        }
        return GLOBAL_V6.contains(address) && !SPECIAL_V6.contains(address);
    }

    private static String canonical(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static Networks networks(String... texts) {
        return new Networks(Stream.of(texts).map(Network::parse).toList());
    }
}
