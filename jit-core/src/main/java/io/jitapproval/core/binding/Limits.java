package io.jitapproval.core.binding;

/** What one frozen value may cost at most, so that an argument cannot be an attack. */
final class Limits {

    /** Containers inside each other. A value that contains itself always ends here. */
    static final int MAX_DEPTH = 64;

    /** Elements, entries and components in one value. */
    static final int MAX_ELEMENTS = 100_000;

    /** Bytes of one canonical form. */
    static final int MAX_BYTES = 1 << 20;

    /** Decimal digits of one number. */
    static final int MAX_DIGITS = 10_000;

    /** Bits that {@link #MAX_DIGITS} digits take. */
    static final int MAX_BITS = 33_220;

    private Limits() {}

    static void requireDepth(int depth, Object value) {
        if (depth >= MAX_DEPTH) {
            throw new UnsupportedArgumentException(
                    value.getClass(), "nested deeper than " + MAX_DEPTH + " levels, or contains itself");
        }
    }

    /** Counts the elements of one walk. */
    static final class Budget {

        private int left = MAX_ELEMENTS;

        void spend(Object container) {
            spend(container, 1);
        }

        boolean trySpend() {
            return --left >= 0;
        }

        void spend(Object container, int elements) {
            left -= elements;
            if (left < 0) {
                throw new UnsupportedArgumentException(
                        container.getClass(), "more than " + MAX_ELEMENTS + " elements in one argument");
            }
        }

        void reset() {
            left = MAX_ELEMENTS;
        }
    }
}
