package io.jitapproval.core.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.core.network.Network.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("a webhook goes to public addresses, whatever they are called")
class WebhookTargetsTest {

    private static final String HOST = "hook.example";

    /** What decides whether a host may be connected to. */
    @FunctionalInterface
    private interface Gate {
        void pass(WebhookTargets.Resolver resolver, String host) throws IOException;
    }

    private static final Gate OURS = (resolver, host) -> new WebhookTargets(List.of(), resolver).addresses(host, true);

    /** The broken twin: looks at the host as it is written. */
    private static final Gate LITERAL = (resolver, host) -> {
        Address address = Address.parse(host);
        if (host.equals("localhost") || (address != null && !WebhookTargets.isPublic(address))) {
            throw new IOException("not public");
        }
    };

    /** Another: looks at the first address alone. */
    private static final Gate FIRST = (resolver, host) -> {
        if (!WebhookTargets.isPublic(Address.of(resolver.addresses(host)[0]))) {
            throw new IOException("not public");
        }
    };

    private static WebhookTargets.Resolver is(String... addresses) {
        return host -> {
            InetAddress[] all = new InetAddress[addresses.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = InetAddress.getAllByName(addresses[i])[0];
            }
            return all;
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.100.100.200",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "169.254.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "::8.8.8.8",
                "::ffff:10.0.0.1",
                "::ffff:169.254.169.254",
                "64:ff9b::10.0.0.1",
                "64:ff9b::169.254.169.254",
                "64:ff9b:1::8.8.8.8",
                "100::1",
                "2001::1",
                "2001:0:808:808:0:0:f5ff:fffe",
                "2001:db8::1",
                "2002:a00:1::1",
                "2002:7f00:1::1",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fdff:ffff::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    @DisplayName("SSRF: refused behind a name, alone or beside a public address; a gate that reads names fails this")
    void refused(String address) {
        checkRefused(OURS, address);
        assertThatThrownBy(() -> checkRefused(LITERAL, address)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> checkRefused(FIRST, address)).isInstanceOf(AssertionError.class);
    }

    private static void checkRefused(Gate gate, String address) {
        assertThatThrownBy(() -> gate.pass(is(address), HOST)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> gate.pass(is("8.8.8.8", address), HOST)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2001:4860:4860::8888",
                "2a00:1450::1",
                "::ffff:8.8.8.8",
                "64:ff9b::8.8.8.8"
            })
    @DisplayName("public addresses pass, those right beside a refused network too")
    void passes(String address) throws IOException {
        assertThat(new WebhookTargets(List.of(), is(address)).addresses(HOST, true))
                .containsExactly(InetAddress.getAllByName(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.1", "2130706433", "localhost", "[::1]", "127.0.0.1"})
    @DisplayName("SSRF: no spelling of this machine passes the system's own resolver")
    void spellings(String host) {
        WebhookTargets targets = new WebhookTargets(List.of());
        assertThatThrownBy(() -> targets.addresses(host, true)).isInstanceOf(IOException.class);
    }

    @Test
    @DisplayName("SSRF: the refusal says which address, why, and what to do")
    void message() {
        WebhookTargets targets = new WebhookTargets(List.of(), is("169.254.169.254"));
        assertThatThrownBy(() -> targets.addresses(HOST, true))
                .hasMessage(
                        "hook.example is 169.254.169.254, and this is no public address: nothing was sent. If that is "
                                + "where it shall go, list it with .allowTarget(\"169.254.169.254\")");
    }

    @Test
    @DisplayName("what is listed passes, by name or by network, and nothing beside it")
    void listed() throws IOException {
        assertThat(new WebhookTargets(List.of("Hook.Example."), is("10.0.0.1")).addresses(HOST, false))
                .hasSize(1);
        assertThat(new WebhookTargets(List.of("10.0.0.0/30", "fd12::/64"), is("10.0.0.1", "fd12::5"))
                        .addresses(HOST, false))
                .hasSize(2);
        WebhookTargets narrow = new WebhookTargets(List.of("10.0.0.1"), is("10.0.0.1", "10.0.0.2"));
        assertThatThrownBy(() -> narrow.addresses(HOST, true)).hasMessageContaining("10.0.0.2");
        WebhookTargets other = new WebhookTargets(List.of("other.example"), is("10.0.0.1"));
        assertThatThrownBy(() -> other.addresses(HOST, true)).hasMessageContaining("10.0.0.1");
    }

    @Test
    @DisplayName("http goes to listed targets only, public or not")
    void http() {
        WebhookTargets targets = new WebhookTargets(List.of("10.0.0.0/8"), is("8.8.8.8"));
        assertThatThrownBy(() -> targets.addresses(HOST, false))
                .hasMessageContaining("http goes to listed targets only");
        assertThat(new WebhookTargets(List.of()).mayUseHttp(HOST)).isFalse();
        assertThat(targets.mayUseHttp(HOST)).as("known when it is resolved").isTrue();
        assertThat(targets.mayUseHttp("10.1.1.1")).isTrue();
        assertThat(targets.mayUseHttp("127.0.0.1")).isFalse();
        assertThat(new WebhookTargets(List.of(HOST)).mayUseHttp("HOOK.example")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.1/8", "10.1", "0x7f.1", "a b", "http://x", "10.0.0.0/33", "fe80::1%eth0", "*"})
    @DisplayName("what is neither a host nor a network cannot be listed")
    void badTargets(String target) {
        assertThatThrownBy(() -> new WebhookTargets(List.of(target))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName(
            "SSRF: a name that changes its address between check and connection; a sender that resolves again fails this")
    void rebinding() throws IOException {
        checkRebinding((targets, resolver, receiver) ->
                Webhooks.of(receiver.uri(HOST), targets).deliver(Webhooks.asked()));
        assertThatThrownBy(() -> checkRebinding((targets, resolver, receiver) -> {
                    targets.addresses(HOST, false);
                    WebhookSettings settings = Webhooks.settings(receiver.uri(HOST), targets);
                    new HttpPost(settings).send(List.of(resolver.addresses(HOST)), Map.of(), new byte[0]);
                }))
                .isInstanceOf(AssertionError.class);
    }

    @FunctionalInterface
    private interface Sender {
        void send(WebhookTargets targets, WebhookTargets.Resolver resolver, Receiver receiver) throws IOException;
    }

    /** Only 127.0.0.2, where nobody listens, is listed; 127.0.0.1 is what an attacker wants to reach. */
    private static void checkRebinding(Sender sender) throws IOException {
        Deque<String> answers = new ArrayDeque<>(List.of("127.0.0.2", "127.0.0.1", "127.0.0.1"));
        WebhookTargets.Resolver resolver = host -> is(answers.remove()).addresses(host);
        try (Receiver receiver = new Receiver()) {
            try {
                sender.send(new WebhookTargets(List.of("127.0.0.2/32"), resolver), resolver, receiver);
            } catch (IOException expected) {
                assertThat(expected).isNotInstanceOf(UnknownHostException.class);
            }
            assertThat(receiver.posted).isEmpty();
            assertThat(answers).as("resolved once").hasSize(2);
        }
    }
}
