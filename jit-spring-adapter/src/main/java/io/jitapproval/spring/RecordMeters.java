package io.jitapproval.spring;

import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditSink;
import io.jitapproval.spi.InlineAuditSink;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/** Counts what has been put on record, after it was. Names of actions come from the application's code, but are bounded all the same. */
final class RecordMeters implements MeterBinder, SinkWrapper {

    private static final System.Logger LOG = System.getLogger(RecordMeters.class.getName());

    static final String RECORDS = "jit.records";
    static final String OBSERVED = "jit.observed";

    private static final int MOST_ACTIONS = 500;
    private static final String OTHERS = "(others)";
    private static final String UNSAID = "unknown";

    private final Map<Series, LongAdder> counts = new ConcurrentHashMap<>();
    private final Map<String, String> actions = new ConcurrentHashMap<>();
    private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

    private record Series(String meter, Tags tags) {}

    @Override
    public void bindTo(MeterRegistry registry) {
        registries.add(registry);
        counts.forEach((series, count) -> register(registry, series, count));
    }

    @Override
    public AuditSink around(AuditSink sink) {
        return sink instanceof InlineAuditSink ? new CountingInline(sink) : new Counting(sink);
    }

    private void count(List<AuditRecord> records) {
        for (AuditRecord one : records) {
            String action = bounded(one.action());
            String kind = one.kind().word();
            add(new Series(RECORDS, Tags.of("action", action, "kind", kind)));
            if (one.kind() == AuditRecord.Kind.OBSERVED) {
                add(new Series(
                        OBSERVED,
                        Tags.of("action", action, "mode", detail(one, "mode"), "would", detail(one, "would"))));
            }
        }
    }

    private String bounded(String action) {
        String known = actions.get(action);
        if (known != null) {
            return known;
        }
        String name = actions.size() < MOST_ACTIONS ? action : OTHERS;
        if (!name.equals(OTHERS)) {
            actions.put(action, action);
        }
        return name.isEmpty() ? UNSAID : name;
    }

    private static String detail(AuditRecord one, String name) {
        Object value = one.details().get(name);
        return value == null ? UNSAID : value.toString();
    }

    private void add(Series series) {
        LongAdder count = counts.get(series);
        if (count == null) {
            count = counts.computeIfAbsent(series, one -> new LongAdder());
            for (MeterRegistry registry : registries) {
                register(registry, series, count);
            }
        }
        count.increment();
    }

    /** The same series twice is one meter. */
    private static void register(MeterRegistry registry, Series series, LongAdder count) {
        FunctionCounter.builder(series.meter(), count, LongAdder::sum)
                .tags(series.tags())
                .register(registry);
    }

    private class Counting implements AuditSink {

        private final AuditSink sink;

        Counting(AuditSink sink) {
            this.sink = sink;
        }

        @Override
        public void append(List<AuditRecord> records) throws Exception {
            sink.append(records);
            try {
                count(records);
            } catch (RuntimeException uncounted) {
                LOG.log(Level.WARNING, "What is on record could not be counted", uncounted);
            }
        }

        @Override
        public void close() throws Exception {
            sink.close();
        }
    }

    private final class CountingInline extends Counting implements InlineAuditSink {

        CountingInline(AuditSink sink) {
            super(sink);
        }
    }
}
