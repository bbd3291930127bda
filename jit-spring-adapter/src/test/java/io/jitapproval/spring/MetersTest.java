package io.jitapproval.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ActionDeniedException;
import io.jitapproval.ApprovalPendingException;
import io.jitapproval.Attempt;
import io.jitapproval.Rollout;
import io.jitapproval.Subject;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MemoryAuditSink;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.PolicySources;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditSink;
import io.jitapproval.spi.InlineAuditSink;
import io.jitapproval.spi.PolicySource;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.ApplicationContext;

@DisplayName("Micrometer: what is not enforced is seen in the metrics, and so is what the guard decides")
class MetersTest {

    private static final String POLICY = """
            {"default": "deny", "rules": [{"id": "r", "actions": ["pay", "look"], "effect": "require-approval", "approval":
             {"by": {"role": "FINANCE"}}}]}""";

    /** As Boot's own auto-configuration does with every binder. */
    private static MeterRegistry bound(ApplicationContext context) {
        MeterRegistry registry = new SimpleMeterRegistry();
        context.getBeansOfType(MeterBinder.class).values().forEach(binder -> binder.bindTo(registry));
        return registry;
    }

    private static double count(MeterRegistry registry, String meter, String... tags) {
        FunctionCounter counter = registry.find(meter).tags(tags).functionCounter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    @DisplayName(
            "R13: an action that is only observed has a gauge from the start, and a count of what would have been asked")
    void observed() {
        Contexts.runner()
                .withBean(PolicySource.class, () -> PolicySources.text("policy.json", POLICY))
                .withBean(GuardBuilderCustomizer.class, () -> builder -> builder.rollout("look*", Rollout.OBSERVE))
                .run(context -> {
                    MeterRegistry registry = bound(context);
                    assertThat(registry.get(GuardMeters.ROLLOUT)
                                    .tags("action", "look*", "mode", "observe")
                                    .gauge()
                                    .value())
                            .isEqualTo(1);
                    MethodGuard guard = context.getBean(MethodGuard.class);
                    guard.attempt("look").by(Subject.user("ana")).run(() -> {});
                    guard.attempt("look").by(Subject.user("ana")).run(() -> {});

                    assertThat(count(
                                    registry,
                                    RecordMeters.OBSERVED,
                                    "action",
                                    "look",
                                    "mode",
                                    "observe",
                                    "would",
                                    "ask"))
                            .isEqualTo(2);
                });
    }

    @Test
    @DisplayName("every record counts under its action and kind, also for a registry that comes late")
    void counts() {
        Contexts.runner()
                .withBean(PolicySource.class, () -> PolicySources.text("policy.json", POLICY))
                .run(context -> {
                    MeterRegistry early = bound(context);
                    MethodGuard guard = context.getBean(MethodGuard.class);
                    assertThatThrownBy(() ->
                                    guard.attempt("pay").by(Subject.user("ana")).run(() -> {}))
                            .isInstanceOf(ApprovalPendingException.class);
                    assertThatThrownBy(() -> guard.attempt("hide")
                                    .by(Subject.user("ana"))
                                    .run(() -> {}))
                            .isInstanceOf(ActionDeniedException.class);
                    MeterRegistry late = bound(context);

                    for (MeterRegistry registry : List.of(early, late)) {
                        for (AuditRecord record :
                                context.getBean(MemoryAuditSink.class).records()) {
                            assertThat(count(
                                            registry,
                                            RecordMeters.RECORDS,
                                            "action",
                                            record.action().isEmpty() ? "unknown" : record.action(),
                                            "kind",
                                            record.kind().word()))
                                    .as(record.toString())
                                    .isPositive();
                        }
                        assertThat(count(registry, RecordMeters.RECORDS, "action", "pay", "kind", "requested"))
                                .isEqualTo(1);
                        assertThat(registry.get(GuardMeters.PENDING).gauge().value())
                                .isEqualTo(1);
                        assertThat(registry.get(GuardMeters.GIVEN_UP).gauge().value())
                                .isZero();
                        assertThat(registry.get(GuardMeters.OVERDUE).gauge().value())
                                .isZero();
                        assertThat(registry.get(GuardMeters.SUSPENDED).gauge().value())
                                .isZero();
                    }
                });
    }

    @Test
    @DisplayName(
            "wall 1: what the sink refused is not counted; a sink keeps the threads that it was promised; names are bounded")
    void aroundTheSink() throws Exception {
        RecordMeters meters = new RecordMeters();
        MeterRegistry registry = new SimpleMeterRegistry();
        meters.bindTo(registry);
        MemoryAuditSink memory = AuditSinks.memory(10_000);
        List<AuditRecord> records = new ArrayList<>();
        Contexts.runner().run(context -> {
            MethodGuard guard = context.getBean(MethodGuard.class);
            for (int i = 0; i < 600; i++) {
                Attempt attempt = guard.attempt("made-up-" + i).by(Subject.user("ana"));
                assertThatThrownBy(() -> attempt.run(() -> {})).isInstanceOf(ActionDeniedException.class);
            }
            records.addAll(context.getBean(MemoryAuditSink.class).records());
        });
        AuditSink full = unwritten -> {
            throw new IllegalStateException("full");
        };

        assertThatThrownBy(() -> meters.around(full).append(records)).hasMessage("full");
        assertThat(registry.getMeters()).isEmpty();
        assertThat(meters.around(full)).isNotInstanceOf(InlineAuditSink.class);
        assertThat(meters.around(memory)).isInstanceOf(InlineAuditSink.class);

        meters.around(memory).append(records);

        assertThat(registry.getMeters().stream()
                        .map(meter -> meter.getId().getTag("action"))
                        .distinct())
                .hasSize(501)
                .contains("(others)");
    }

    @Test
    @DisplayName("without Micrometer there are no meters, and the guard starts all the same")
    void without() {
        Contexts.runner()
                .withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(MethodGuard.class);
                    assertThat(context.containsBean("jitGuardMeters")).isFalse();
                });
    }

    @Test
    @DisplayName("wall 1: a registry that fails undoes nothing that is on record, and keeps no call")
    void failingRegistry() throws Exception {
        MeterRegistry registry = new SimpleMeterRegistry();
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                throw new IllegalArgumentException("no such series");
            }
        });
        RecordMeters meters = new RecordMeters();
        meters.bindTo(registry);
        MemoryAuditSink records = AuditSinks.memory(10);
        try (MethodGuard guard = Jit.guard()
                .audit(meters.around(records))
                .policy(
                        PolicySources.text(
                                "policy.json",
                                "{\"default\": \"deny\", \"rules\": [{\"id\": \"r\", \"actions\": [\"pay\"], \"effect\": \"allow\"}]}"))
                .build()) {
            assertThat(guard.attempt("pay").by(Subject.user("ana")).call(() -> "paid"))
                    .isEqualTo("paid");
        }
        assertThat(records.records()).extracting(AuditRecord::kind).contains(AuditRecord.Kind.USE_ENDED);
    }
}
