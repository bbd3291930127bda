package io.jitapproval.spring;

import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.spi.AsyncReturnType;
import io.jitapproval.spi.AuditSink;
import io.jitapproval.spi.PolicySource;
import io.jitapproval.spi.SubjectResolver;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.File;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import reactor.core.publisher.Flux;

/**
 * Builds the guard, puts it in front of the methods of beans that carry {@link io.jitapproval.RequiresJitApproval}, and refuses
 * the start where one of them could be reached around it.
 *
 * <p>A bean of the application takes the place of each default: {@link PolicySource}, {@link SubjectResolver}, {@link
 * io.jitapproval.spi.PeopleDirectory}, {@link AuditSink}, {@link io.jitapproval.spi.GrantStore}, {@link
 * io.jitapproval.spi.TimeSource}, {@link io.jitapproval.AskingLimits}, or the {@link MethodGuard} itself. Beans of the types {@link
 * io.jitapproval.spi.ApprovalChannel}, {@link io.jitapproval.spi.AttributeResolver}, {@link io.jitapproval.spi.ArgumentCodec}
 * and {@link AsyncReturnType} are added in their order; an {@link io.jitapproval.spi.ObligationHandler} bean fulfils the obligation that has the bean's
 * name for its id; {@link GuardBuilderCustomizer} beans have the last word: previews, executors of kept calls and the rollout of an
 * action are named there. Where Spring Security is present, its
 * authentication says who is calling. Where Reactor is present, annotated methods may return a {@code Mono} or a {@code Flux};
 * where kotlinx-coroutines-reactor is, they may be suspend functions. Where Micrometer is, the guard is metered ({@code jit.records},
 * {@code jit.observed}, {@code jit.rollout} and more).
 *
 * <p>Nothing but code can switch enforcement off: if this configuration is excluded, an application with annotated beans does
 * not start. Beans of a child context are not seen; put {@code JitAssert} into an action where that matters.
 *
 * @see JitProperties
 */
@AutoConfiguration
@EnableConfigurationProperties(JitProperties.class)
@Import(ProxyCreatorRegistrar.class)
public final class JitAutoConfiguration {

    static final String POLICY = "jitPolicySource";
    static final String AUDIT = "jitAuditSink";

    /** Made by Spring. */
    JitAutoConfiguration() {}

    @Bean(POLICY)
    @ConditionalOnMissingBean(PolicySource.class)
    PolicySource policySource(JitProperties properties, ResourceLoader resources) {
        return new ResourcePolicySource(Optional.ofNullable(properties.policy()).orElseGet(() -> byDefault(resources)));
    }

    static Resource byDefault(ResourceLoader resources) {
        Resource yaml = resources.getResource(JitProperties.DEFAULT_POLICY);
        Resource json = resources.getResource(JitProperties.OTHER_DEFAULT_POLICY);
        if (yaml.exists() && json.exists()) {
            throw new JitConfigurationException(List.of(Problems.twoPolicies()));
        }
        return json.exists() ? json : yaml;
    }

    // The guard closes its sink.
    @Bean(name = AUDIT, destroyMethod = "")
    @ConditionalOnMissingBean(AuditSink.class)
    AuditSink auditSink(JitProperties properties) {
        File file = properties.audit().file();
        if (file == null) {
            return AuditSinks.slf4j();
        }
        try {
            return AuditSinks.jsonLines(file.toPath());
        } catch (UncheckedIOException e) {
            throw new JitConfigurationException(
                    List.of(Problems.property("jit.audit.file", String.valueOf(e.getMessage()))));
        }
    }

    @Bean(name = "jitGuard", destroyMethod = "close")
    @ConditionalOnMissingBean(MethodGuard.class)
    MethodGuard guard(ListableBeanFactory beans, JitProperties properties) {
        return new GuardAssembly(beans, properties).build();
    }

    @Bean("jitAdvisor")
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static JitAdvisor advisor(ObjectProvider<MethodGuard> guard, Environment environment) {
        // Not from JitProperties: advisors are made before most beans, and should not drag others along.
        Integer order =
                Binder.get(environment).bind("jit.advice-order", Integer.class).orElse(null);
        return new JitAdvisor(new Inspections(guard), order == null ? JitProperties.DEFAULT_ADVICE_ORDER : order);
    }

    @Bean(EnforcementCheck.NAME)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static EnforcementCheck enforcementCheck() {
        return new EnforcementCheck();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
    static class Health {

        @Bean("jitPolicyHealthIndicator")
        @ConditionalOnMissingBean(name = "jitPolicyHealthIndicator")
        @ConditionalOnEnabledHealthIndicator("jitPolicy")
        HealthIndicator policyHealth(ObjectProvider<MethodGuard> guard) {
            return new PolicyHealth(guard);
        }

        @Bean("jitOutboxHealthIndicator")
        @ConditionalOnMissingBean(name = "jitOutboxHealthIndicator")
        @ConditionalOnEnabledHealthIndicator("jitOutbox")
        HealthIndicator outboxHealth(ObjectProvider<MethodGuard> guard) {
            return new OutboxHealth(guard);
        }

        @Bean("jitDebtHealthIndicator")
        @ConditionalOnMissingBean(name = "jitDebtHealthIndicator")
        @ConditionalOnEnabledHealthIndicator("jitDebt")
        HealthIndicator debtHealth(ObjectProvider<MethodGuard> guard) {
            return new DebtHealth(guard);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterBinder.class)
    static class Meters {

        @Bean("jitGuardMeters")
        @ConditionalOnMissingBean(name = "jitGuardMeters")
        MeterBinder guardMeters(ObjectProvider<MethodGuard> guard) {
            return new GuardMeters(guard);
        }

        @Bean("jitRecordMeters")
        @ConditionalOnMissingBean(name = "jitRecordMeters")
        RecordMeters recordMeters() {
            return new RecordMeters();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Flux.class)
    static class Reactor {

        @Bean("jitReactorReturnType")
        @ConditionalOnMissingBean(name = "jitReactorReturnType")
        AsyncReturnType reactorReturnType() {
            return new ReactorReturnType();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(SecurityContextHolder.class)
    static class SpringSecurity {

        @Bean("jitSubjectResolver")
        @ConditionalOnMissingBean(SubjectResolver.class)
        SubjectResolver subjectResolver(ObjectProvider<SecurityContextHolderStrategy> strategy) {
            return new SecuritySubjectResolver(
                    strategy.getIfAvailable(SecurityContextHolder::getContextHolderStrategy));
        }
    }
}
