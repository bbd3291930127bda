package io.jitapproval.walls;

import io.jitapproval.spi.ArgumentCodec;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

/** Arguments that cannot be frozen, and that would give a secret away if anybody let them. */
final class Odd {

    private Odd() {}

    /** Refuses defensive copies, and says too much about it. */
    record Talkative(List<Object> values) {

        Talkative {
            if (!(values instanceof ArrayList)) {
                throw new IllegalArgumentException("refused " + values);
            }
        }
    }

    /** Nobody can freeze it. */
    static final class Unknown {
        private final Object value;

        Unknown(Object value) {
            this.value = value;
        }

        @Override
        public String toString() {
            return "Unknown " + value;
        }
    }

    static final class Coded {
        private final Object value;

        Coded(Object value) {
            this.value = value;
        }
    }

    static final class TalkativeCodec implements ArgumentCodec<Coded> {

        @Override
        public Class<Coded> type() {
            return Coded.class;
        }

        @Override
        public Coded copy(Coded coded) {
            throw new IllegalStateException("cannot copy " + coded.value);
        }

        @Override
        public Object toPlain(Coded coded) {
            throw new IllegalStateException("cannot read " + coded.value);
        }
    }

    /** A collection whose reading fails hard, after it has given everything away. */
    static final class HostileList extends AbstractList<Object> {
        private final Object secret;

        HostileList(Object secret) {
            this.secret = secret;
        }

        @Override
        public Object get(int index) {
            throw new StackOverflowError("at " + index);
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public String toString() {
            return "hostile " + secret;
        }
    }
}
