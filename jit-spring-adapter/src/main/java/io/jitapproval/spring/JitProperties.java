package io.jitapproval.spring;

import io.jitapproval.core.GuardBuilder;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

/**
 * What properties can say about the guard. None of them switches enforcement off.
 *
 * @param policy        Location of the policy document, in YAML or JSON. A missing document stops the start; a file is taken over
 *                      again when it changes.
 * @param audit         The record.
 * @param channel       The ways to reach people.
 * @param commitmentKey The secret under which sensitive values are committed to in the record.
 * @param adviceOrder   Order of the guard's advice among the advice of a method. The default lies behind the role checks of
 *                      Spring Security and before caches and transactions; shift it together with the offset of
 *                      EnableMethodSecurity.
 */
@ConfigurationProperties("jit")
public record JitProperties(
        @Nullable Resource policy,
        @DefaultValue Audit audit,
        @DefaultValue Channel channel,
        @DefaultValue CommitmentKey commitmentKey,
        @DefaultValue("" + DEFAULT_ADVICE_ORDER) int adviceOrder) {

    /** Where the policy is looked for by default. */
    public static final String DEFAULT_POLICY = "classpath:policy.yaml";

    /** Where it is looked for if it is not there. Both together stop the start: only one would hold. */
    public static final String OTHER_DEFAULT_POLICY = "classpath:policy.json";

    /**
     * Where the guard stands by default: behind the role checks of Spring Security's {@code AuthorizationInterceptorsOrder} (the
     * last is 400), so that nobody is asked about a call that its caller may not make anyway, and before caches and
     * transactions.
     */
    public static final int DEFAULT_ADVICE_ORDER = 420;

    /**
     * The record.
     *
     * @param file      File that the record is appended to, one JSON object a line; its directory must exist. Without it the
     *                  record goes to the logger 'io.jitapproval.audit'.
     * @param timeLimit How long the audit sink may take for the records of one change before the action is denied.
     * @param attributes Attributes of subject, resource and context to record beside those that the policy names: paths, or beginnings
     *                   that end in an asterisk; with an exclamation mark before it, what is left out.
     */
    public record Audit(@Nullable File file, Duration timeLimit, List<String> attributes) {

        /**
         * Puts the default in the place of what is not set.
         *
         * @param file      as above
         * @param timeLimit as above; {@link GuardBuilder#DEFAULT_AUDIT_TIME_LIMIT} if null
         * @param attributes as above; none if null
         */
        public Audit(@Nullable File file, @Nullable Duration timeLimit, @Nullable List<String> attributes) {
            this.file = file;
            this.attributes = attributes == null ? List.of() : List.copyOf(attributes);
            this.timeLimit = Optional.ofNullable(timeLimit).orElse(GuardBuilder.DEFAULT_AUDIT_TIME_LIMIT);
        }
    }

    /**
     * The ways to reach people.
     *
     * @param timeLimit How long a channel may take for one notice before the guard goes on without it.
     */
    public record Channel(Duration timeLimit) {

        /**
         * Puts the default in the place of what is not set.
         *
         * @param timeLimit as above; {@link GuardBuilder#DEFAULT_CHANNEL_TIME_LIMIT} if null
         */
        public Channel(@Nullable Duration timeLimit) {
            this.timeLimit = Optional.ofNullable(timeLimit).orElse(GuardBuilder.DEFAULT_CHANNEL_TIME_LIMIT);
        }
    }

    /**
     * The secret under which sensitive values are committed to in the record. Without one a random key is made at each start,
     * and nothing can be proved afterwards.
     *
     * @param base64 The key, 32 bytes in Base64. Better kept in a file.
     * @param file   Location of a file that holds the key, 32 bytes in Base64.
     */
    public record CommitmentKey(
            @Nullable String base64, @Nullable Resource file) {

        /** {@return whether there is a key, never the key} */
        @Override
        public String toString() {
            return base64 == null && file == null ? "CommitmentKey[none]" : "CommitmentKey[hidden]";
        }
    }
}
