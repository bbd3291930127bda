package io.jitapproval.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.MethodGuard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;

class PolicyFileTest {

    private static final String DENY = "{\"default\": \"deny\", \"rules\": []}";

    @TempDir
    Path directory;

    @Test
    @DisplayName("a changed file is taken over; one with a fault shows in health until it is mended")
    void faultShowsInHealth() throws IOException {
        Path file = Files.writeString(directory.resolve("policy.json"), DENY);
        Contexts.bare().withPropertyValues("jit.policy=" + file.toUri()).run(context -> {
            MethodGuard guard = context.getBean(MethodGuard.class);
            HealthIndicator health = context.getBean("jitPolicyHealthIndicator", HealthIndicator.class);
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);
            assertThat(health.health().getDetails())
                    .containsEntry("version", guard.policyStatus().version());

            Files.writeString(file, "{\"default\": \"denny\"}");
            guard.reloadPolicy();
            assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.health().getDetails().get("problems").toString()).contains("JIT-P009", "policy.json:1:");

            Files.writeString(file, DENY.replace("[]", "[] "));
            guard.reloadPolicy();
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        });
    }

    @Test
    @DisplayName("health can be switched off, and is not needed on the class path")
    void healthIsOptional() {
        Contexts.bare()
                .withPropertyValues(
                        "management.health.jitPolicy.enabled=false",
                        "management.health.jitOutbox.enabled=false",
                        "management.health.jitDebt.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
        Contexts.bare()
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(MethodGuard.class));
    }

    @Test
    @DisplayName("by default it is policy.yaml, else policy.json; both together are refused")
    void defaults() {
        assertThat(chosen(true, false)).isEqualTo(JitProperties.DEFAULT_POLICY);
        assertThat(chosen(false, true)).isEqualTo(JitProperties.OTHER_DEFAULT_POLICY);
        assertThat(chosen(false, false)).isEqualTo(JitProperties.DEFAULT_POLICY);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> chosen(true, true)))
                .isInstanceOf(JitConfigurationException.class)
                .hasMessageContaining("JIT-S004")
                .hasMessageContaining("of which only one can hold");
    }

    private static String chosen(boolean yaml, boolean json) {
        DefaultResourceLoader resources = new DefaultResourceLoader() {
            @Override
            public Resource getResource(String location) {
                boolean there = location.endsWith(".yaml") ? yaml : json;
                return new ByteArrayResource(new byte[0], location) {
                    @Override
                    public boolean exists() {
                        return there;
                    }
                };
            }
        };
        return JitAutoConfiguration.byDefault(resources).getDescription().replaceAll(".*\\[(.*)]", "$1");
    }
}
