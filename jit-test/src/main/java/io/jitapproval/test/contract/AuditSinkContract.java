package io.jitapproval.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jitapproval.ShownArgument;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.AuditSink;
import io.jitapproval.spi.InlineAuditSink;
import io.jitapproval.test.TestClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Proves that an audit sink keeps the promise of {@link AuditSink}: what it took, it has. Extend it and implement two hooks:
 *
 * <pre>{@code
 * class MySinkContractTest extends AuditSinkContract {
 *     @Override
 *     protected AuditSink sink() {
 *         return new MySink(emptyTable());
 *     }
 *
 *     @Override
 *     protected List<String> written() {
 *         return rowsOf(table);
 *     }
 * }
 * }</pre>
 *
 * <p>The suite calls {@link #sink()} at most once in a test and closes the sink after it. A sink that is an {@link
 * InlineAuditSink} is also called by many threads at once.
 */
@DisplayName("An audit sink")
public abstract class AuditSinkContract {

    private static final String ATTACK =
            "line\nbreak\r\u2028\u2029\u0085\u0000\u001b[2J\"quote\\\" }\n{\"forged\":true}\t\ud800 end";

    private @Nullable AuditSink opened;

    /** For subclasses. */
    protected AuditSinkContract() {}

    /**
     * A sink with nothing in it. Closed by the suite after the test.
     *
     * @return the sink
     */
    protected abstract AuditSink sink();

    /**
     * What the sink has made durable by now, read from where it keeps it and not from the sink's own buffers.
     *
     * @return one text for each record, in order
     * @throws Exception if it cannot be read; fails the test
     */
    protected abstract List<String> written() throws Exception;

    @BeforeEach
    void beginAnew() {
        opened = null;
    }

    @AfterEach
    void closeSink() throws Exception {
        if (opened != null) {
            opened.close();
        }
    }

    AuditSink open() {
        AuditSink sink = opened;
        if (sink == null) {
            sink = sink();
            opened = sink;
        }
        return sink;
    }

    static AuditRecord record(String id) {
        return Samples.record(Kind.REQUESTED, id, TestClock.START, Map.of());
    }

    static AuditRecord record(String id, String text) {
        return Samples.record(
                Kind.REQUESTED,
                id,
                TestClock.START,
                List.of(new ShownArgument("note", text, false, false)),
                Map.of("why", text));
    }

    /** A record that cannot be written by a sink that writes text, and so may be refused. */
    static AuditRecord unwritable(String id) {
        Object hostile = new Object() {
            @Override
            public String toString() {
                throw new UnsupportedOperationException("this value cannot be written");
            }
        };
        return Samples.record(
                Kind.REQUESTED,
                id,
                TestClock.START,
                List.of(new ShownArgument("pin", null, true, true)),
                Map.of("hostile", hostile));
    }

    /** Fails unless the records written are those with these ids, in this order. */
    void requireWritten(List<String> ids) throws Exception {
        List<String> written = written();
        assertThat(written).as("records written").hasSize(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            assertThat(written.get(i)).as("record %s", i + 1).contains(ids.get(i));
        }
    }

    @Nested
    @DisplayName("An append that returned")
    class Returned {

        @Test
        @DisplayName("has its record written (wall 1)")
        void isWritten() throws Exception {
            open().append(List.of(record("request-1")));

            requireWritten(List.of("request-1"));
        }

        @Test
        @DisplayName("has everything written that an auditor asks for")
        void isWhole() throws Exception {
            AuditRecord record = record("request-1");
            open().append(List.of(record));

            assertThat(written().get(0))
                    .contains(
                            record.action(),
                            record.subject().id(),
                            record.resource().id(),
                            "requested")
                    .contains(record.rules())
                    .contains(record.policy(), record.binding());
        }

        @Test
        @DisplayName("has every record of its change written, in order")
        void isInOrder() throws Exception {
            open().append(List.of(record("request-1"), record("request-2"), record("request-3")));
            open().append(List.of(record("request-4")));

            requireWritten(List.of("request-1", "request-2", "request-3", "request-4"));
        }

        @Test
        @DisplayName("has its record written, for each of many")
        void losesNone() throws Exception {
            List<String> ids = new ArrayList<>();
            for (int i = 100; i < 300; i++) {
                open().append(List.of(record("request-" + i)));
                ids.add("request-" + i);
            }

            requireWritten(ids);
        }

        @Test
        @DisplayName("has its record written, whichever thread called")
        void anyThread() throws Exception {
            AuditSink sink = open();
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                String id = "request-" + i;
                ids.add(id);
                Threads.start(() -> {
                            sink.append(List.of(record(id)));
                            return true;
                        })
                        .join();
            }

            requireWritten(ids);
        }

        @Test
        @DisplayName("has its record written, even if it came after the sink was closed: else it throws (wall 1)")
        void notSilentAfterClose() throws Exception {
            AuditSink sink = open();
            sink.append(List.of(record("request-1")));
            sink.close();
            opened = null;

            boolean taken = takes(sink, List.of(record("request-2")));

            requireWritten(taken ? List.of("request-1", "request-2") : List.of("request-1"));
        }
    }

    @Nested
    @DisplayName("A change")
    class Change {

        @Test
        @DisplayName("is written as a whole or not at all, although one of its records cannot be written (wall 6)")
        void allOrNone() throws Exception {
            boolean taken = takes(open(), List.of(record("request-1"), unwritable("request-2"), record("request-3")));

            assertThat(written())
                    .as("records written of a change of three that was %s", taken ? "taken" : "refused")
                    .hasSize(taken ? 3 : 0);
        }

        @Test
        @DisplayName("that was refused does not stand in the way of the next one")
        void goesOnAfterRefusal() throws Exception {
            boolean taken = takes(open(), List.of(unwritable("request-1")));
            open().append(List.of(record("request-2")));

            List<String> written = written();
            assertThat(written).hasSize(taken ? 2 : 1);
            assertThat(written.get(written.size() - 1)).contains("request-2");
        }

        @Test
        @DisplayName("of a huge record is written as one record, or refused and leaves nothing")
        void huge() throws Exception {
            boolean taken = takes(open(), List.of(record("request-1", "long ".repeat(200_000))));
            open().append(List.of(record("request-2")));

            requireWritten(taken ? List.of("request-1", "request-2") : List.of("request-2"));
        }

        @Test
        @DisplayName("stays together although many threads append at once")
        void staysTogether() throws Exception {
            AuditSink sink = open();
            assumeTrue(sink instanceof InlineAuditSink, "only an inline sink is called by several threads at once");
            int threads = 16;
            int each = 50;
            AtomicInteger number = new AtomicInteger();
            Threads.race(threads, () -> {
                for (int i = 0; i < each; i++) {
                    String id = "request-" + number.incrementAndGet() + "-";
                    sink.append(List.of(record(id + "first"), record(id + "second")));
                }
                return true;
            });

            List<String> written = written();
            assertThat(written).as("records written").hasSize(2 * threads * each);
            for (int i = 0; i < written.size(); i += 2) {
                String first = written.get(i);
                int start = first.indexOf("request-");
                String id = first.substring(start, first.indexOf("first", start));
                assertThat(written.get(i + 1))
                        .as("the record after %sfirst", id)
                        .contains(id + "second");
            }
        }
    }

    @Nested
    @DisplayName("Text in a record")
    class Text {

        @Test
        @DisplayName("cannot break out of its record, whatever the requester wrote")
        void cannotForge() throws Exception {
            boolean taken = takes(open(), List.of(record("request-1", ATTACK)));
            open().append(List.of(record("request-2")));

            requireWritten(taken ? List.of("request-1", "request-2") : List.of("request-2"));
        }

        @Test
        @DisplayName("is kept: letters of other scripts, and signs outside of the basic plane")
        void isKept() throws Exception {
            open().append(List.of(record("request-1", "plain reason")));

            assertThat(written().get(0)).contains("plain reason");
            open().append(List.of(record("request-2", "Grüße, 日本, 💶")));
            requireWritten(List.of("request-1", "request-2"));
        }
    }

    private static boolean takes(AuditSink sink, List<AuditRecord> records) {
        try {
            sink.append(records);
            return true;
        } catch (Exception refused) {
            return false;
        }
    }
}
