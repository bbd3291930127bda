package io.jitapproval.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

@Label("design §3: networks are read from text alone, in one way only")
class NetworkTest {

    @Label("an address is the bits that it says, and is in the networks that begin with its bits")
    @Property(tries = 2_000)
    void bits(@ForAll @Size(16) byte[] bytes, @ForAll boolean v4, @ForAll @IntRange(max = 128) int length)
            throws UnknownHostException {
        byte[] raw = v4 ? Arrays.copyOf(bytes, 4) : bytes;
        int prefix = v4 ? length % 33 : length;
        InetAddress expected = InetAddress.getByAddress(raw);
        Network.Address address = Network.Address.parse(expected.getHostAddress());
        assertThat(address).isNotNull();
        assertThat(Network.Address.parse(address.toString())).isEqualTo(address);
        int most = expected.getAddress().length * 8;
        BigInteger begin = new BigInteger(1, expected.getAddress())
                .shiftRight(most - Math.min(prefix, most))
                .shiftLeft(most - Math.min(prefix, most));
        Network network = Network.parse(address.masked(Math.min(prefix, most)) + "/" + Math.min(prefix, most));
        assertThat(network.contains(address)).isTrue();
        BigInteger last = begin.add(BigInteger.ONE.shiftLeft(most - Math.min(prefix, most)));
        assertThat(network.contains(address(begin, most))).isTrue();
        assertThat(network.contains(address(last.subtract(BigInteger.ONE), most)))
                .isTrue();
        if (last.bitLength() <= most) {
            assertThat(network.contains(address(last, most))).isFalse();
        }
        if (begin.signum() > 0) {
            assertThat(network.contains(address(begin.subtract(BigInteger.ONE), most)))
                    .isFalse();
        }
    }

    private static Network.Address address(BigInteger value, int bits) {
        return new Network.Address(
                bits == 32, bits == 32 ? 0 : value.shiftRight(64).longValue(), value.longValue());
    }

    @Example
    @Label("what could be read in two ways is no address")
    void strict() {
        for (String text : List.of(
                "",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "01.2.3.4",
                "1.2.3.256",
                "1.2.3.-4",
                "0x7f.0.0.1",
                "1.2.3.4 ",
                " 1.2.3.4",
                "١.2.3.4",
                "localhost",
                "example.com",
                "fe80::1%eth0",
                ":",
                ":::",
                "1:",
                ":1",
                "1::2::3",
                "12345::",
                "g::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "::1.2.3",
                "1.2.3.4::",
                "::01.2.3.4",
                "1:2:3:4:5:6:7:1.2.3.4",
                "[::1]",
                "::1/64",
                "-1::")) {
            assertThat(Network.Address.parse(text)).as(text).isNull();
        }
        for (String text :
                List.of("::", "::1", "1::", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "1:2:3:4:5:6:1.2.3.4", "A::b")) {
            assertThat(Network.Address.parse(text)).as(text).isNotNull();
        }
    }

    @Example
    @Label("IPv4 in IPv6 is IPv4, and a network of all IPv6 has none of it")
    void mapped() {
        Network.Address mapped = Network.Address.parse("::FFFF:10.0.0.1");
        assertThat(mapped)
                .isEqualTo(Network.Address.parse("10.0.0.1"))
                .isEqualTo(Network.Address.parse("0::ffff:a00:1"));
        assertThat(Network.parse("10.0.0.0/8").contains(mapped)).isTrue();
        assertThat(Network.parse("::ffff:10.0.0.0/104").contains(mapped)).isTrue();
        assertThat(Network.parse("::/0").contains(mapped)).isFalse();
        assertThat(Network.parse("0.0.0.0/0").contains(Network.Address.parse("::1")))
                .isFalse();
    }

    @Example
    @Label("a network that could be meant otherwise is a fault")
    void faults() {
        for (String text : List.of(
                "10.0.0.1/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/08",
                "10.0.0.0/+8",
                "/8",
                "::1/0",
                "::/129",
                "::ffff:0:0/95",
                "10.0.0.0/8/8",
                "10/8")) {
            assertThatThrownBy(() -> Network.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
