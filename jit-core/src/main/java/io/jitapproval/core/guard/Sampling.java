package io.jitapproval.core.guard;

import io.jitapproval.Decision;
import io.jitapproval.Effect;
import io.jitapproval.Explanation.Match;
import io.jitapproval.Explanation.RuleTrace;
import io.jitapproval.core.guard.Evaluator.Answer;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Sends a share of what rules would approve to people all the same. The draw is a function of the guard's key, the rule and the very
 * call: asking again draws the same, and without the key nobody can tell what is drawn. Thread-safe.
 */
final class Sampling {

    private static final String TAG = "jit/audit/v1";
    private static final int FRACTION_BITS = 53;

    private final SecretKey key;

    Sampling(SecretKey key) {
        this.key = key;
    }

    /**
     * What was drawn for a call.
     *
     * @param rule  the rule with the largest share of those that answer
     * @param share the probability with which people are asked
     * @param asked whether they are
     */
    record Draw(String rule, BigDecimal share, boolean asked) {

        /** What the record of the request says, where people are asked. */
        Map<String, Object> ofRequest() {
            Map<String, Object> details = new LinkedHashMap<>();
            if (asked) {
                details.put("audited", rule);
                details.put("probability", share);
            }
            return details;
        }

        /** What the records of a grant and its uses say, where the rule answers. */
        Map<String, Object> ofGrant() {
            return asked ? Map.of() : Map.of("probability", share);
        }
    }

    /** The draw for a call that a rule would answer; null if no rule wants one, or there is nobody to ask. */
    @Nullable
    Draw draw(Call call, Answer answer) {
        if (!(answer.decision() instanceof Decision.Permit permit)
                || permit.automatic().isEmpty()) {
            return null;
        }
        boolean someone = answer.asksByDefault();
        RuleTrace chosen = null;
        BigDecimal share = BigDecimal.ZERO;
        for (RuleTrace rule : permit.explanation().rules()) {
            someone |= rule.effect() == Effect.REQUIRE_APPROVAL;
            if (rule.effect() == Effect.AUTO_APPROVE && rule.match() == Match.MATCHED) {
                BigDecimal other = answer.audit(rule.rule());
                int more = other.compareTo(share);
                if (more > 0 || (more == 0 && chosen != null && rule.rule().compareTo(chosen.rule()) < 0)) {
                    chosen = rule;
                    share = other;
                }
            }
        }
        return chosen == null || !someone
                ? null
                : new Draw(chosen.rule(), share, fraction(chosen.rule(), call.matchKey()) < share.doubleValue());
    }

    /** In [0, 1), evenly. */
    private double fraction(String rule, String binding) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] drawn = mac.doFinal((TAG + '\0' + rule + '\0' + binding).getBytes(StandardCharsets.UTF_8));
            return (ByteBuffer.wrap(drawn).getLong() >>> (Long.SIZE - FRACTION_BITS)) * 0x1.0p-53;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
