package io.jitapproval.spring;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.spi.PolicySource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.core.io.Resource;

/** The policy from wherever Spring can read. */
record ResourcePolicySource(Resource resource) implements PolicySource {

    @Override
    public PolicyText load() {
        String origin = resource.getDescription();
        if (!resource.exists()) {
            throw fault(Problems.NO_POLICY, origin, "there is no policy here: nothing can be decided without one");
        }
        try {
            // Strict: a byte that is not UTF-8 must not become another character of a rule.
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(resource.getContentAsByteArray()))
                    .toString();
            return new PolicyText(origin, text);
        } catch (CharacterCodingException e) {
            throw fault(Problems.BAD_POLICY, origin, "the policy is not UTF-8: save it as UTF-8");
        } catch (IOException e) {
            throw fault(Problems.BAD_POLICY, origin, "the policy cannot be read (" + e.getMessage() + ")");
        }
    }

    private static JitConfigurationException fault(String code, String origin, String what) {
        return new JitConfigurationException(List.of(new ConfigurationProblem(code, origin, what)));
    }
}
