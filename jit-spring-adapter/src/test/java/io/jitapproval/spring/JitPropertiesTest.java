package io.jitapproval.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.core.GuardBuilder;
import io.jitapproval.spi.AuditSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The properties, and what tools are told about them. */
class JitPropertiesTest {

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[GuardBuilder.COMMITMENT_KEY_BYTES]);

    @TempDir
    private Path directory;

    private record Metadata(List<Map<String, Object>> properties) {}

    private static Map<String, Map<String, Object>> metadata() throws IOException {
        try (InputStream in = JitProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            return JsonMapper.builder()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build()
                    .readValue(in, Metadata.class)
                    .properties()
                    .stream()
                    .collect(Collectors.toMap(property -> (String) property.get("name"), property -> property));
        }
    }

    @Test
    void everyPropertyIsDescribedAndNoneSwitchesOff() throws IOException {
        assertThat(metadata())
                .containsOnlyKeys(
                        "jit.policy",
                        "jit.audit.file",
                        "jit.audit.time-limit",
                        "jit.audit.attributes",
                        "jit.channel.time-limit",
                        "jit.commitment-key.base64",
                        "jit.commitment-key.file",
                        "jit.advice-order")
                .allSatisfy((name, property) -> {
                    assertThat((String) property.get("description")).as(name).isNotBlank();
                    assertThat(property.get("type")).as(name).isNotEqualTo("java.lang.Boolean");
                });
    }

    @Test
    void defaultsAreThoseOfTheBuilder() throws IOException {
        Map<String, Map<String, Object>> told = metadata();
        assertThat(told.get("jit.policy")).containsEntry("defaultValue", JitProperties.DEFAULT_POLICY);
        assertThat(told.get("jit.advice-order")).containsEntry("defaultValue", JitProperties.DEFAULT_ADVICE_ORDER);
        assertThat(DurationStyle.detectAndParse(
                        (String) told.get("jit.audit.time-limit").get("defaultValue")))
                .isEqualTo(GuardBuilder.DEFAULT_AUDIT_TIME_LIMIT);
        assertThat(DurationStyle.detectAndParse(
                        (String) told.get("jit.channel.time-limit").get("defaultValue")))
                .isEqualTo(GuardBuilder.DEFAULT_CHANNEL_TIME_LIMIT);
        Contexts.runner().run(context -> {
            JitProperties properties = context.getBean(JitProperties.class);
            assertThat(properties.policy()).isNull();
            assertThat(properties.audit())
                    .isEqualTo(new JitProperties.Audit(null, GuardBuilder.DEFAULT_AUDIT_TIME_LIMIT, List.of()));
            assertThat(properties.channel())
                    .isEqualTo(new JitProperties.Channel(GuardBuilder.DEFAULT_CHANNEL_TIME_LIMIT));
            assertThat(properties.adviceOrder()).isEqualTo(JitProperties.DEFAULT_ADVICE_ORDER);
        });
    }

    @Test
    void theRecordGoesToTheFile() throws IOException {
        Path file = directory.resolve("audit.jsonl");
        Contexts.bare()
                .withUserConfiguration(Contexts.Ana.class, Contexts.Ledger.class)
                .withPropertyValues("jit.audit.file=" + file, "jit.audit.time-limit=30s")
                .run(context -> {
                    assertThat(context).hasSingleBean(AuditSink.class);
                    context.getBean(Refunds.class).refund("42", Refunds.SMALL, "");
                });
        assertThat(Files.readString(file)).contains("payment.refund").contains("use-begun");
    }

    @Test
    void whichAttributesGoOnRecordIsSaid() {
        Contexts.runner()
                .withPropertyValues("jit.audit.attributes=subject.*,!subject.salary")
                .run(context -> assertThat(context).hasNotFailed());
        Contexts.refused(
                Contexts.runner().withPropertyValues("jit.audit.attributes=action.amount"), Problems.BAD_PROPERTY);
    }

    @Test
    void theCommitmentKeyIsReadFromEitherPlaceAndShownNowhere() throws IOException {
        Path file = Files.writeString(directory.resolve("key"), KEY + "\n");
        Contexts.runner()
                .withPropertyValues("jit.commitment-key.file=file:" + file)
                .run(context -> assertThat(context).hasNotFailed());
        Contexts.runner().withPropertyValues("jit.commitment-key.base64=" + KEY).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(JitProperties.class).toString()).doesNotContain(KEY);
        });
        Contexts.refused(
                Contexts.runner()
                        .withPropertyValues("jit.commitment-key.file=file:" + file, "jit.commitment-key.base64=" + KEY),
                Problems.BAD_PROPERTY);
        Contexts.refused(
                Contexts.runner().withPropertyValues("jit.commitment-key.file=file:/nowhere/key"),
                Problems.BAD_PROPERTY);
        Contexts.runner()
                .withPropertyValues("jit.commitment-key.base64=not!a!key")
                .run(context -> assertThat(Contexts.problems(context.getStartupFailure()))
                        .singleElement()
                        .satisfies(problem -> assertThat(problem.toString())
                                .contains("jit.commitment-key.base64")
                                .doesNotContain("not!a!key")));
    }
}
