package io.jitapproval.spring;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Brings the check at start into applications that leave the auto-configuration out, so that leaving it out is noticed. */
final class EnforcementInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.addBeanFactoryPostProcessor(factory -> {
            if (factory instanceof BeanDefinitionRegistry registry
                    && !registry.containsBeanDefinition(EnforcementCheck.NAME)) {
                RootBeanDefinition check = new RootBeanDefinition(EnforcementCheck.class);
                check.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
                registry.registerBeanDefinition(EnforcementCheck.NAME, check);
            }
        });
    }
}
