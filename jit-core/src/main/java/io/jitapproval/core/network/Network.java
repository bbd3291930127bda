package io.jitapproval.core.network;

import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A network of IPv4 or IPv6 addresses, from its text alone: no name is ever looked up. */
public final class Network {

    private static final String EXAMPLE = "write a network such as 10.0.0.0/8 or 2001:db8::/32, or one address";

    private final String text;
    private final Address first;
    private final int prefix;

    private Network(String text, Address first, int prefix) {
        this.text = text;
        this.first = first;
        this.prefix = prefix;
    }

    /** Throws IllegalArgumentException with what is wrong. */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        Address address = Address.parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            throw new IllegalArgumentException("is no network: " + EXAMPLE);
        }
        if (slash < 0) {
            return new Network(text, address, address.bits());
        }
        boolean mapped = address.isV4() && text.indexOf(':') >= 0;
        int most = mapped ? 128 : address.bits();
        int length = decimal(text, slash + 1, text.length(), most);
        if (length < 0) {
            throw new IllegalArgumentException("has no number from 0 to " + most + " behind its '/': " + EXAMPLE);
        }
        if (mapped && length < 96) {
            throw new IllegalArgumentException("is wider than the IPv4 addresses in IPv6: write the IPv4 network");
        }
        int prefix = mapped ? length - 96 : length;
        Address begin = address.masked(prefix);
        if (!begin.equals(address)) {
            throw new IllegalArgumentException("has bits behind its prefix: write " + begin + "/" + prefix
                    + ", or leave out the prefix for this address alone");
        }
        return new Network(text, begin, prefix);
    }

    public boolean contains(Address address) {
        return address.isV4() == first.isV4() && address.masked(prefix).equals(first);
    }

    /** Texts of its first and last address and of those next to them, each in two spellings. */
    public List<String> edges() {
        BigInteger size = BigInteger.ONE.shiftLeft(first.bits() - prefix);
        BigInteger begin = first.number();
        return Stream.of(
                        begin,
                        begin.add(size).subtract(BigInteger.ONE),
                        begin.subtract(BigInteger.ONE),
                        begin.add(size))
                .filter(each -> each.signum() >= 0 && each.bitLength() <= first.bits())
                .distinct()
                .map(each -> new Address(first.isV4(), each.shiftRight(64).longValue(), each.longValue()))
                .flatMap(each -> Stream.of(each.toString(), each.otherwise()))
                .toList();
    }

    public Address first() {
        return first;
    }

    /** How many of the first bits count. */
    public int prefix() {
        return prefix;
    }

    @Override
    public String toString() {
        return text;
    }

    /** A number without leading zeros, at most three digits; -1 if there is none. */
    private static int decimal(String text, int from, int to, int most) {
        if (to <= from || to - from > 3 || (to - from > 1 && text.charAt(from) == '0')) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value <= most ? value : -1;
    }

    /** One or more of them. */
    public record Networks(List<Network> list) {

        public boolean contains(Address address) {
            for (Network network : list) {
                if (network.contains(address)) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * An address. An IPv4 address that is written as IPv6 ({@code ::ffff:10.0.0.1}) counts as IPv4.
     *
     * @param isV4 whether it is IPv4
     * @param high the first 64 bits; of IPv4 none
     * @param low  the last 64 bits
     */
    public record Address(boolean isV4, long high, long low) {

        private static final int LONGEST = 45;

        private BigInteger number() {
            BigInteger half = new BigInteger(Long.toUnsignedString(low));
            return new BigInteger(Long.toUnsignedString(high)).shiftLeft(64).add(half);
        }

        /** The same address, spelt otherwise. */
        private String otherwise() {
            return isV4 ? "::ffff:" + this : padded();
        }

        private String padded() {
            return Arrays.stream(toString().split(":"))
                    .map(group -> "0".repeat(4 - group.length()) + group)
                    .collect(Collectors.joining(":"));
        }

        int bits() {
            return isV4 ? 32 : 128;
        }

        /** Null if the text is no address; zones, short forms and leading zeros are none. */
        public static @Nullable Address parse(String text) {
            if (text.length() > LONGEST) {
                return null;
            }
            if (text.indexOf(':') < 0) {
                long v4 = v4(text, 0);
                return v4 < 0 ? null : new Address(true, 0, v4);
            }
            return v6(text);
        }

        /** The same bits. */
        public static Address of(InetAddress address) {
            ByteBuffer bits = ByteBuffer.wrap(address.getAddress());
            if (bits.remaining() == 4) {
                return new Address(true, 0, bits.getInt() & 0xFFFF_FFFFL);
            }
            return of(bits.getLong(), bits.getLong());
        }

        private static long v4(String text, int from) {
            long value = 0;
            int at = from;
            for (int i = 0; i < 4; i++) {
                int end = i == 3 ? text.length() : text.indexOf('.', at);
                int part = end < 0 ? -1 : decimal(text, at, end, 255);
                if (part < 0) {
                    return -1;
                }
                value = value << 8 | part;
                at = end + 1;
            }
            return value;
        }

        private static @Nullable Address v6(String text) {
            int[] groups = new int[8];
            int many = 0;
            int gap = -1;
            int at = 0;
            if (text.startsWith("::")) {
                gap = 0;
                at = 2;
            }
            while (at < text.length()) {
                int end = text.indexOf(':', at);
                int to = end < 0 ? text.length() : end;
                if (end < 0 && text.indexOf('.', at) >= 0) {
                    long v4 = v4(text, at);
                    if (v4 < 0 || many > 6) {
                        return null;
                    }
                    groups[many++] = (int) (v4 >>> 16);
                    groups[many++] = (int) (v4 & 0xFFFF);
                    break;
                }
                int group = many == 8 ? -1 : hex(text, at, to);
                if (group < 0) {
                    return null;
                }
                groups[many++] = group;
                if (end < 0) {
                    break;
                }
                at = end + 1;
                if (at < text.length() && text.charAt(at) == ':') {
                    if (gap >= 0) {
                        return null;
                    }
                    gap = many;
                    at++;
                } else if (at == text.length()) {
                    return null;
                }
            }
            return gap < 0 ? (many == 8 ? of(groups) : null) : many == 8 ? null : of(spread(groups, many, gap));
        }

        private static int[] spread(int[] groups, int many, int gap) {
            int[] all = Arrays.copyOf(groups, gap);
            all = Arrays.copyOf(all, 8);
            System.arraycopy(groups, gap, all, 8 - (many - gap), many - gap);
            return all;
        }

        private static int hex(String text, int from, int to) {
            if (to <= from || to - from > 4) {
                return -1;
            }
            int value = 0;
            for (int i = from; i < to; i++) {
                char c = text.charAt(i);
                int digit = c < 128 ? Character.digit(c, 16) : -1;
                if (digit < 0) {
                    return -1;
                }
                value = value << 4 | digit;
            }
            return value;
        }

        private static Address of(int[] groups) {
            long high = 0;
            long low = 0;
            for (int i = 0; i < 4; i++) {
                high = high << 16 | groups[i];
                low = low << 16 | groups[i + 4];
            }
            return of(high, low);
        }

        private static Address of(long high, long low) {
            boolean mapped = high == 0 && low >>> 32 == 0xFFFF;
            return mapped ? new Address(true, 0, low & 0xFFFF_FFFFL) : new Address(false, high, low);
        }

        /** With all bits behind the prefix zero. */
        Address masked(int prefix) {
            if (isV4) {
                return new Address(true, 0, low & mask(prefix + 32));
            }
            return new Address(false, high & mask(Math.min(prefix, 64)), low & mask(Math.max(prefix - 64, 0)));
        }

        private static long mask(int bits) {
            return bits == 0 ? 0 : -1L << (64 - bits);
        }

        @Override
        public String toString() {
            StringBuilder out = new StringBuilder();
            if (isV4) {
                for (int shift = 24; shift >= 0; shift -= 8) {
                    out.append(low >>> shift & 0xFF).append(shift == 0 ? "" : ".");
                }
                return out.toString();
            }
            for (int i = 0; i < 8; i++) {
                long half = i < 4 ? high : low;
                out.append(Long.toHexString(half >>> (48 - i % 4 * 16) & 0xFFFF))
                        .append(i == 7 ? "" : ":");
            }
            return out.toString();
        }
    }
}
