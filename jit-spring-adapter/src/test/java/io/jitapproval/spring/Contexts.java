package io.jitapproval.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.JitGuard;
import io.jitapproval.Ref;
import io.jitapproval.Subject;
import io.jitapproval.Vote;
import io.jitapproval.VoteReceipt;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.MemoryAuditSink;
import io.jitapproval.core.People;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.SubjectResolver;
import java.util.List;
import java.util.Optional;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Application contexts as Boot would make them. */
final class Contexts {

    private Contexts() {}

    /** The auto-configuration, with people, a record that can be read, and ana as the caller. */
    static ApplicationContextRunner runner() {
        return bare().withUserConfiguration(Surroundings.class, Ana.class);
    }

    /** As {@link #runner()}, but the caller comes from Spring Security. */
    static ApplicationContextRunner secured() {
        return bare().withUserConfiguration(Surroundings.class);
    }

    static ApplicationContextRunner bare() {
        return new ApplicationContextRunner()
                .withInitializer(new EnforcementInitializer())
                .withConfiguration(AutoConfigurations.of(JitAutoConfiguration.class));
    }

    static VoteReceipt approve(ApplicationContext context, String requestId, String approver) {
        JitGuard guard = context.getBean(JitGuard.class);
        return guard.approvals()
                .vote(requestId, Vote.approve(guard.approvals().find(requestId).orElseThrow(), Ref.user(approver)));
    }

    /** The object behind the proxy of the only bean of a type. */
    static <T> T target(ApplicationContext context, Class<?> type, Class<T> target) {
        return target.cast(AopProxyUtils.getSingletonTarget(context.getBean(type)));
    }

    static List<ConfigurationProblem> problems(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof JitConfigurationException found) {
                return found.problems();
            }
        }
        throw new AssertionError("not refused for its configuration", failure);
    }

    static void refused(ApplicationContextRunner runner, String... codes) {
        runner.run(context -> {
            assertThat(context).hasFailed();
            assertThat(problems(context.getStartupFailure()))
                    .extracting(ConfigurationProblem::code)
                    .containsExactlyInAnyOrder(codes);
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Surroundings {

        @Bean
        PeopleDirectory people() {
            return People.of(
                    People.person("ana", "SUPPORT", "FINANCE"),
                    People.person("mia", "FINANCE"),
                    People.person("bob", "SUPPORT"));
        }

        @Bean
        MemoryAuditSink audit() {
            return AuditSinks.memory(10_000);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Ana {

        @Bean
        SubjectResolver subject() {
            return () -> Optional.of(Subject.user("ana").with("roles", List.of("SUPPORT")));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Ledger {

        @Bean
        Refunds refunds() {
            return new LedgerRefunds();
        }
    }
}
