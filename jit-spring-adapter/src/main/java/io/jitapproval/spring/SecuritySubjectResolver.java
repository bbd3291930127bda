package io.jitapproval.spring;

import io.jitapproval.Subject;
import io.jitapproval.spi.SubjectResolver;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/** The authenticated user as {@code user/<name>}, with {@code roles} and {@code authorities}; nobody if anonymous. */
final class SecuritySubjectResolver implements SubjectResolver {

    private static final String ROLE = "ROLE_";

    private final SecurityContextHolderStrategy strategy;
    private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

    SecuritySubjectResolver(SecurityContextHolderStrategy strategy) {
        this.strategy = strategy;
    }

    @Override
    public Optional<Subject> subject() {
        Authentication authentication = strategy.getContext().getAuthentication();
        if (authentication == null
                || !trust.isAuthenticated(authentication)
                || authentication.getName() == null
                || authentication.getName().isBlank()) {
            return Optional.empty();
        }
        TreeSet<String> roles = new TreeSet<>();
        TreeSet<String> authorities = new TreeSet<>();
        for (GrantedAuthority granted : authentication.getAuthorities()) {
            String authority = granted.getAuthority();
            if (authority != null && authority.startsWith(ROLE)) {
                roles.add(authority.substring(ROLE.length()));
            } else if (authority != null) {
                authorities.add(authority);
            }
        }
        return Optional.of(Subject.user(authentication.getName())
                .with("roles", List.copyOf(roles))
                .with("authorities", List.copyOf(authorities)));
    }
}
