package io.jitapproval.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.ShownArgument;
import io.jitapproval.spi.AuditRecord;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RecordJsonLawsTest {

    @Property(tries = 500)
    @Label("R56: parse(write(x)) = x, on one line that shows all it holds")
    void readsBack(@ForAll("records") AuditRecord record) {
        String line = RecordJson.write(record);
        RecordJsonTest.assertSound(line);
        assertThat(ReadBack.record(line)).isEqualTo(ReadBack.expected(record));
    }

    @Property(tries = 100)
    @Label("R56: records of any size fit a line that can be parsed")
    void fits(@ForAll("records") AuditRecord record, @ForAll("long texts") String text) {
        AuditRecord longer = new AuditRecord(
                record.time(),
                record.kind(),
                record.subject(),
                record.actors(),
                record.action() + text,
                record.resource(),
                List.of(new ShownArgument("a", List.of(text, record.details()), true, false)),
                record.requestId(),
                record.grantId(),
                text,
                record.by(),
                record.reason(),
                record.rules(),
                record.policy(),
                record.binding(),
                Map.of("text", text));
        String line = RecordJson.write(longer);
        RecordJsonTest.assertSound(line);
        assertThat(ReadBack.map(line)).containsKey("time");
    }

    @Provide("long texts")
    Arbitrary<String> longTexts() {
        return Combinators.combine(texts(), Arbitraries.integers().between(0, 20_000))
                .as((text, times) -> text.repeat(times).substring(0, Math.min(text.length() * times, 200_000)));
    }

    @Provide
    Arbitrary<AuditRecord> records() {
        Arbitrary<Ref> refs = Combinators.combine(solid(), solid()).as(Ref::new);
        Arbitrary<ShownArgument> arguments = Combinators.combine(
                        solid(), values(), Arbitraries.of(true, false), Arbitraries.of(true, false), texts())
                .as((name, value, bound, hidden, commitment) ->
                        new ShownArgument(name, hidden ? commitment : value, bound, hidden));
        Arbitrary<Instant> times = Arbitraries.longs()
                .between(0, 4_000_000_000L)
                .map(second -> Instant.ofEpochSecond(second, second % 1_000_000_000));
        return Combinators.combine(
                        Combinators.combine(
                                        times,
                                        Arbitraries.of(AuditRecord.Kind.class),
                                        refs,
                                        refs.list().ofMaxSize(3))
                                .as(Head::new),
                        solid(),
                        refs,
                        arguments.list().ofMaxSize(4),
                        Combinators.combine(texts(), texts(), texts(), refs, Arbitraries.of(true, false))
                                .as(Ids::new),
                        Arbitraries.of(Reason.class),
                        texts().list().ofMaxSize(3),
                        maps(values()))
                .as((head, action, resource, args, ids, reason, rules, details) -> new AuditRecord(
                        head.time,
                        head.kind,
                        head.subject,
                        head.actors,
                        action,
                        resource,
                        args,
                        Optional.of(ids.request).filter(id -> ids.there),
                        Optional.of(ids.grant).filter(id -> ids.there),
                        ids.use,
                        Optional.of(ids.by).filter(id -> ids.there),
                        reason,
                        rules,
                        ids.use,
                        ids.grant,
                        details));
    }

    private record Head(Instant time, AuditRecord.Kind kind, Ref subject, List<Ref> actors) {}

    private record Ids(String request, String grant, String use, Ref by, boolean there) {}

    private static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(20),
                Arbitraries.strings()
                        .withChars('"', '\\', '\n', '\r', '{', '}', '\u2028', '\u202E', '\uD83D', 'a')
                        .ofMaxLength(12));
    }

    private static Arbitrary<String> solid() {
        return texts().map(text -> "x" + text);
    }

    private static Arbitrary<Map<String, Object>> maps(Arbitrary<Object> values) {
        // Lone surrogates in keys could make two keys one: that has a test of its own.
        return Arbitraries.maps(solid().map(JsonText::wellFormed), values).ofMaxSize(3);
    }

    private static Arbitrary<Object> values() {
        Arbitrary<Object> plain = Arbitraries.oneOf(
                texts().map(Object.class::cast),
                Arbitraries.longs().map(Object.class::cast),
                Arbitraries.doubles().map(Object.class::cast),
                Arbitraries.of(true, false).map(Object.class::cast),
                Combinators.combine(
                                Arbitraries.bigIntegers(),
                                Arbitraries.integers().between(-400, 400))
                        .as((BigInteger digits, Integer scale) -> new BigDecimal(digits, scale)));
        return Arbitraries.lazyOf(
                () -> plain,
                () -> plain,
                () -> plain,
                () -> plain.list().ofMaxSize(3).map(Object.class::cast),
                () -> maps(plain).map(Object.class::cast));
    }
}
