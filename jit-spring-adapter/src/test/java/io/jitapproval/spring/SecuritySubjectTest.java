package io.jitapproval.spring;

import static io.jitapproval.spring.Refunds.LARGE;
import static io.jitapproval.spring.Refunds.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.jitapproval.ActionDeniedException;
import io.jitapproval.ApprovalPendingException;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Subject;
import io.jitapproval.spi.SubjectResolver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.core.context.SecurityContextImpl;

/** Who is calling, according to Spring Security. */
class SecuritySubjectTest {

    private final SubjectResolver resolver =
            new SecuritySubjectResolver(SecurityContextHolder.getContextHolderStrategy());
    private final ApplicationContextRunner runner = Contexts.secured().withUserConfiguration(Contexts.Ledger.class);

    @AfterEach
    void signOut() {
        SecurityContextHolder.clearContext();
    }

    private static void signIn(Authentication authentication) {
        SecurityContextHolder.setContext(new SecurityContextImpl(authentication));
    }

    @Test
    void authoritiesBecomeRolesAndAuthorities() throws Exception {
        signIn(new TestingAuthenticationToken(
                "ana", "secret", "ROLE_SUPPORT", "ROLE_CLERK", "orders:write", "ROLE_CLERK"));

        assertThat(resolver.subject())
                .contains(new Subject(
                        "user",
                        "ana",
                        Map.of("roles", List.of("CLERK", "SUPPORT"), "authorities", List.of("orders:write"))));
        assertThat(resolver.actors()).isEmpty();
    }

    @Test
    void nobodyAnonymousUnauthenticatedAndNamelessAreNobody() throws Exception {
        assertThat(resolver.subject()).isEmpty();
        signIn(new AnonymousAuthenticationToken(
                "key", "anonymous", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS")));
        assertThat(resolver.subject()).isEmpty();
        signIn(new TestingAuthenticationToken("ana", "secret"));
        assertThat(resolver.subject()).isEmpty();
        signIn(new TestingAuthenticationToken(" ", "secret", "ROLE_SUPPORT"));
        assertThat(resolver.subject()).isEmpty();
    }

    @Test
    void theAuthenticatedUserIsTheSubject() {
        runner.run(context -> {
            Refunds refunds = context.getBean(Refunds.class);
            signIn(new TestingAuthenticationToken("ana", "secret", "ROLE_SUPPORT"));

            ApprovalPendingException pending =
                    catchThrowableOfType(ApprovalPendingException.class, () -> refunds.refund("42", LARGE, ""));

            assertThat(pending.request().subject()).isEqualTo(Ref.user("ana"));
        });
    }

    @Test
    void nobodyIsDenied() {
        runner.run(context -> assertThatThrownBy(
                        () -> context.getBean(Refunds.class).refund("42", SMALL, ""))
                .isInstanceOfSatisfying(
                        ActionDeniedException.class,
                        denied -> assertThat(denied.reason()).isEqualTo(Reason.SUBJECT_UNRESOLVED)));
    }

    @Test
    void aStrategyBeanIsHeeded() {
        SecurityContextHolderStrategy own = mock(SecurityContextHolderStrategy.class);
        when(own.getContext())
                .thenReturn(new SecurityContextImpl(new TestingAuthenticationToken("ana", "secret", "ROLE_SUPPORT")));
        runner.withBean(SecurityContextHolderStrategy.class, () -> own)
                .run(context -> assertThat(context.getBean(Refunds.class).refund("42", SMALL, ""))
                        .isEqualTo("refunded 100"));
    }

    @Test
    void worksWithoutSpringSecurity() {
        ApplicationContextRunner without =
                runner.withClassLoader(new FilteredClassLoader("org.springframework.security"));
        without.run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(SubjectResolver.class);
            assertThatThrownBy(() -> context.getBean(Refunds.class).refund("42", SMALL, ""))
                    .isInstanceOfSatisfying(
                            JitApprovalException.class,
                            denied -> assertThat(denied.reason()).isEqualTo(Reason.SUBJECT_UNRESOLVED));
        });
        without.withBean(SubjectResolver.class, () -> () -> Optional.of(Subject.user("ana")))
                .run(context -> assertThat(context.getBean(Refunds.class).refund("42", SMALL, ""))
                        .isEqualTo("refunded 100"));
    }
}
