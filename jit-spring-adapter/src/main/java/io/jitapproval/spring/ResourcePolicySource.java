package io.jitapproval.spring;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.spi.PolicySource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

/** The policy from wherever Spring can read. */
record ResourcePolicySource(Resource resource) implements PolicySource {

    @Override
    public List<PolicyText> load() {
        String origin = origin();
        if (!resource.exists()) {
            throw fault(Problems.NO_POLICY, origin, "there is no policy here: nothing can be decided without one");
        }
        try {
            // Strict: a byte that is not UTF-8 must not become another character of a rule.
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(resource.getContentAsByteArray()))
                    .toString();
            return List.of(new PolicyText(origin, text));
        } catch (CharacterCodingException e) {
            throw fault(Problems.BAD_POLICY, origin, "the policy is not UTF-8: save it as UTF-8");
        } catch (IOException e) {
            throw fault(Problems.BAD_POLICY, origin, "the policy cannot be read (" + e.getMessage() + ")");
        }
    }

    /** A file may be replaced while the application runs; what is in a jar may not. */
    @Override
    public boolean mayChange() {
        return resource.isFile();
    }

    /** As people write it, so that its ending tells the syntax. */
    private String origin() {
        if (resource instanceof ClassPathResource inClassPath) {
            return "classpath:" + inClassPath.getPath();
        }
        try {
            return resource.isFile() ? resource.getFile().getPath() : resource.getDescription();
        } catch (IOException e) {
            return resource.getDescription();
        }
    }

    private static JitConfigurationException fault(String code, String origin, String what) {
        return new JitConfigurationException(List.of(new ConfigurationProblem(code, origin, what)));
    }
}
