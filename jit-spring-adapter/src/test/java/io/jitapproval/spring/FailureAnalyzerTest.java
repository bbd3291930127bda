package io.jitapproval.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.JitConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** What a person reads at the console when the application does not start. */
class FailureAnalyzerTest {

    private static FailureAnalysis analyze(Throwable failure) {
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, (type, name, needsArguments) -> {})
                .stream()
                .filter(JitConfigurationFailureAnalyzer.class::isInstance)
                .map(analyzer -> analyzer.analyze(failure))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void bootFindsWhatThisModuleBrings() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
                .contains(JitAutoConfiguration.class.getName());
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation().load(ApplicationContextInitializer.class))
                .anyMatch(EnforcementInitializer.class::isInstance);
    }

    @Test
    void aMissingPolicy() {
        Contexts.runner().withPropertyValues("jit.policy=classpath:absent.json").run(context -> {
            FailureAnalysis analysis = analyze(context.getStartupFailure());
            assertThat(analysis.getDescription()).isEqualTo("""
                            JIT Approval cannot guard this application:

                            - classpath:absent.json JIT-S001 there is no policy here: nothing can be decided without one""");
            assertThat(analysis.getAction())
                    .isEqualTo(
                            "Create src/main/resources/policy.yaml, or let jit.policy say where your policy is, for instance"
                                    + " jit.policy=file:/etc/app/policy.yaml. The least policy denies everything:"
                                    + " {\"default\": \"deny\", \"rules\": []}");
        });
    }

    @Test
    void everyProblemIsListed() {
        FailureAnalysis analysis = analyze(new IllegalStateException(new JitConfigurationException(List.of(
                new ConfigurationProblem("JIT-C003", "channel", "two channels are named 'mail': name them apart"),
                new ConfigurationProblem(Problems.NO_POLICY, "policy.json", "there is no policy here")))));

        assertThat(analysis.getDescription())
                .contains("- channel JIT-C003 two channels are named 'mail'")
                .contains("- policy.json JIT-S001 there is no policy here");
        assertThat(analysis.getAction())
                .contains("Create src/main/resources/policy.yaml")
                .contains("Mend what");
    }
}
