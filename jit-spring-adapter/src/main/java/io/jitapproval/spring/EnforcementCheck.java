package io.jitapproval.spring;

import static java.util.Objects.requireNonNull;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.MethodGuard.Inspected;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.Advised;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.SmartInstantiationAwareBeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.util.ClassUtils;

/**
 * Stops the start of an application in which an annotation could not be enforced (wall 13), with all that is wrong at once.
 *
 * <p>Every bean is looked at twice. As the last of the ordered bean post-processors it runs behind those that make proxies and sees
 * what they made, of prototypes and products of factories too. When all singletons are there it looks at what became of them,
 * among them those that no post-processor saw. Beans created after the start are refused one by one.
 */
final class EnforcementCheck
        implements SmartInstantiationAwareBeanPostProcessor, SmartInitializingSingleton, BeanFactoryAware, Ordered {

    static final String NAME = "jitEnforcementCheck";

    private final Set<String> exposedEarly = ConcurrentHashMap.newKeySet();
    private final Set<String> guarded = ConcurrentHashMap.newKeySet();
    private final Map<String, Class<?>> unguarded = new ConcurrentHashMap<>();
    private @Nullable ConfigurableListableBeanFactory beans;
    private volatile boolean started;

    @Override
    public void setBeanFactory(BeanFactory beanFactory) {
        beans = (ConfigurableListableBeanFactory) beanFactory;
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public Object getEarlyBeanReference(Object bean, String beanName) {
        look(bean, beanName);
        exposedEarly.add(beanName);
        return bean;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        // What others hold of a bean that was exposed early is what was exposed: its proxy. Here it comes without.
        if (!exposedEarly.remove(beanName)) {
            look(bean, beanName);
        }
        return bean;
    }

    private void look(Object bean, String beanName) {
        Class<?> type = Proxies.type(bean);
        if (!Mentions.in(type) || Proxies.harmless(bean)) {
            return;
        }
        Advised proxy = Proxies.guarding(bean);
        if (started) {
            Report report = new Report();
            report.bean(beanName, type, proxy);
            report.orFail();
        } else if (proxy == null) {
            unguarded.put(beanName, type);
        } else {
            guarded.add(beanName);
        }
    }

    @Override
    public void afterSingletonsInstantiated() {
        ConfigurableListableBeanFactory factory = factory();
        Report report = new Report();
        Set<String> names = new LinkedHashSet<>(List.of(factory.getBeanDefinitionNames()));
        names.addAll(List.of(factory.getSingletonNames()));
        for (String name : names) {
            Object instance = factory.containsSingleton(name) ? factory.getSingleton(name) : null;
            if (instance != null) {
                singleton(name, instance, report);
            }
            if (instance == null || instance instanceof FactoryBean<?>) {
                notYetThere(name, factory, report);
            }
        }
        unguarded.forEach((name, type) -> report.bean(name, type, null));
        report.orFail();
        unguarded.clear();
        guarded.clear();
        factory.getBeanProvider(JitAdvisor.class).forEach(JitAdvisor::started);
        started = true;
    }

    private void singleton(String name, Object instance, Report report) {
        Class<?> type = Proxies.type(instance);
        if (!Mentions.in(type) || Proxies.harmless(instance)) {
            return;
        }
        Advised proxy = Proxies.guarding(instance);
        if (proxy != null) {
            unguarded.remove(name);
            report.bean(name, type, proxy);
        } else if (guarded.contains(name)) {
            // Something of another make was put around the proxy.
            report.type(name, type);
        } else {
            unguarded.put(name, type);
        }
    }

    /** A lazy bean, a prototype, the product of a factory: its class can be read now, its proxy when it is made. */
    private void notYetThere(String name, ConfigurableListableBeanFactory factory, Report report) {
        if (factory.containsBeanDefinition(name)
                && factory.getMergedBeanDefinition(name).isAbstract()) {
            return;
        }
        Class<?> type = factory.getType(name, false);
        if (type != null && Mentions.in(type)) {
            report.type(name, ClassUtils.getUserClass(type));
        }
    }

    private ConfigurableListableBeanFactory factory() {
        return requireNonNull(beans, "beans");
    }

    /** What is wrong, each once. */
    private final class Report {

        private final Set<ConfigurationProblem> problems = new LinkedHashSet<>();
        private final Map<Class<?>, Inspected> inspected = new LinkedHashMap<>();

        void bean(String name, Class<?> type, @Nullable Advised proxy) {
            Inspected read = type(name, type);
            if (read == null) {
                return;
            }
            if (proxy == null) {
                problems.add(Problems.notProxied(name, type));
            } else if (read.problems().isEmpty()) {
                new AdviceOrder(factory()).check(name, type, proxy, read, problems::add);
            }
        }

        @Nullable
        Inspected type(String name, Class<?> type) {
            try {
                MethodGuard guard = factory().getBeanProvider(MethodGuard.class).getIfAvailable();
                if (guard == null) {
                    problems.add(Problems.noGuard(name, type));
                    return null;
                }
                Inspected read =
                        inspected.computeIfAbsent(type, each -> guard.inspect(each, SuspendReturnType.ofProxies()));
                problems.addAll(read.problems());
                return read;
            } catch (NoUniqueBeanDefinitionException e) {
                Collection<String> found = e.getBeanNamesFound();
                problems.add(Problems.several(MethodGuard.class, found == null ? List.of() : List.copyOf(found)));
            }
            return null;
        }

        void orFail() {
            if (!problems.isEmpty()) {
                throw new JitConfigurationException(new ArrayList<>(problems));
            }
        }
    }
}
