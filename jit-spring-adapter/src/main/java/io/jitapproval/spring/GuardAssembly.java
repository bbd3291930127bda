package io.jitapproval.spring;

import io.jitapproval.AskingLimits;
import io.jitapproval.ConfigurationProblem;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.GuardBuilder;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.ArgumentCodec;
import io.jitapproval.spi.AsyncReturnType;
import io.jitapproval.spi.AttributeResolver;
import io.jitapproval.spi.AuditSink;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.ObligationHandler;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.PolicySource;
import io.jitapproval.spi.SubjectResolver;
import io.jitapproval.spi.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.core.ResolvableType;

/** Builds the guard from beans, then properties, then customizers; what is wrong among them is told all at once. */
final class GuardAssembly {

    private final ListableBeanFactory beans;
    private final JitProperties properties;
    private final GuardBuilder builder = Jit.guard();
    private final List<ConfigurationProblem> problems = new ArrayList<>();

    GuardAssembly(ListableBeanFactory beans, JitProperties properties) {
        this.beans = beans;
        this.properties = properties;
    }

    MethodGuard build() {
        contradictions();
        timeLimit("jit.audit.time-limit", properties.audit().timeLimit(), builder::auditTimeLimit);
        timeLimit("jit.channel.time-limit", properties.channel().timeLimit(), builder::channelTimeLimit);
        attributes();
        commitmentKey();
        one(PolicySource.class, builder::policy);
        one(AuditSink.class, sink -> builder.audit(wrapped(sink)));
        one(SubjectResolver.class, builder::subject);
        one(PeopleDirectory.class, builder::people);
        one(GrantStore.class, builder::store);
        one(TimeSource.class, builder::time);
        one(AskingLimits.class, builder::askingLimits);
        if (!problems.isEmpty()) {
            throw new JitConfigurationException(problems);
        }
        beans.getBeanProvider(AttributeResolver.class).orderedStream().forEach(builder::attributes);
        beans.getBeansOfType(ObligationHandler.class).forEach(builder::obligation);
        beans.getBeanProvider(ApprovalChannel.class).orderedStream().forEach(builder::channel);
        beans.<ArgumentCodec<?>>getBeanProvider(ResolvableType.forClass(ArgumentCodec.class))
                .orderedStream()
                .forEach(builder::codec);
        beans.getBeanProvider(AsyncReturnType.class).orderedStream().forEach(builder::returnType);
        beans.getBeanProvider(GuardBuilderCustomizer.class)
                .orderedStream()
                .forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    private AuditSink wrapped(AuditSink sink) {
        AuditSink wrapped = sink;
        for (SinkWrapper wrapper : beans.getBeanProvider(SinkWrapper.class)) {
            wrapped = wrapper.around(wrapped);
        }
        return wrapped;
    }

    private <T> void one(Class<T> type, Consumer<T> setting) {
        try {
            T bean = beans.getBeanProvider(type).getIfAvailable();
            if (bean != null) {
                setting.accept(bean);
            }
        } catch (NoUniqueBeanDefinitionException e) {
            List<String> found = e.getBeanNamesFound() == null ? List.of() : List.copyOf(e.getBeanNamesFound());
            problems.add(Problems.several(type, found));
        }
    }

    /** A property that a bean overrides without a word would be believed to hold. */
    private void contradictions() {
        if (properties.policy() != null && !named(PolicySource.class, JitAutoConfiguration.POLICY)) {
            problems.add(Problems.setTwice("jit.policy", PolicySource.class));
        }
        if (properties.audit().file() != null && !named(AuditSink.class, JitAutoConfiguration.AUDIT)) {
            problems.add(Problems.setTwice("jit.audit.file", AuditSink.class));
        }
    }

    private boolean named(Class<?> type, String name) {
        return Arrays.asList(beans.getBeanNamesForType(type)).contains(name);
    }

    private void timeLimit(String property, Duration limit, Consumer<Duration> setting) {
        if (limit.isNegative() || limit.isZero()) {
            problems.add(Problems.property(property, "must be positive, but was " + limit));
        } else {
            setting.accept(limit);
        }
    }

    private void attributes() {
        List<String> patterns = properties.audit().attributes();
        if (patterns.isEmpty()) {
            return;
        }
        try {
            builder.recordAttributes(patterns.toArray(new String[0]));
        } catch (IllegalArgumentException e) {
            problems.add(Problems.property("jit.audit.attributes", String.valueOf(e.getMessage())));
        }
    }

    private void commitmentKey() {
        JitProperties.CommitmentKey key = properties.commitmentKey();
        if (key.base64() != null && key.file() != null) {
            problems.add(Problems.property(
                    "jit.commitment-key", "is given both as base64 and as file, and only one can hold. Remove one"));
            return;
        }
        String property = key.file() == null ? "jit.commitment-key.base64" : "jit.commitment-key.file";
        try {
            String text = key.file() == null ? key.base64() : key.file().getContentAsString(StandardCharsets.US_ASCII);
            if (text != null) {
                commitmentKey(property, text.strip());
            }
        } catch (IOException e) {
            problems.add(Problems.property(property, "cannot be read: " + Objects.requireNonNull(key.file())));
        }
    }

    private void commitmentKey(String property, String text) {
        byte @Nullable [] key = decode(text);
        if (key == null) {
            problems.add(Problems.property(property, "is not Base64. Make a key with: openssl rand -base64 32"));
        } else if (key.length != GuardBuilder.COMMITMENT_KEY_BYTES) {
            problems.add(Problems.property(
                    property,
                    "must be " + GuardBuilder.COMMITMENT_KEY_BYTES + " bytes, but was " + key.length
                            + ". Make a key with: openssl rand -base64 32"));
        } else {
            builder.commitmentKey(key);
        }
    }

    private static byte @Nullable [] decode(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            // Its message quotes characters of the key.
            return null;
        }
    }
}
