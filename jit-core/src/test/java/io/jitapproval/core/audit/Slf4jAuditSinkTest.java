package io.jitapproval.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ShownArgument;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditSink;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

class Slf4jAuditSinkTest {

    @Test
    @DisplayName("wall 1: a logger that is switched off denies; a sink that does not look fails this")
    void silentDenies() {
        checkSilentDenies(Slf4jAuditSink::new);
        assertThatThrownBy(() -> checkSilentDenies(logger -> records -> logger.info("{}", records)))
                .isInstanceOf(AssertionError.class);
    }

    private static void checkSilentDenies(Function<Logger, AuditSink> sinks) {
        AuditSink sink = sinks.apply(new Lines(false));
        assertThatThrownBy(() -> sink.append(List.of(Records.numbered("1"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("switched off");
    }

    @Test
    @DisplayName("wall 1: without a logging back end nothing is recorded, so it denies")
    void noBackEnd() {
        assertThatThrownBy(() -> new Slf4jAuditSink().append(List.of(Records.numbered("1"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("io.jitapproval.audit");
    }

    @Test
    @DisplayName("one event a record, and the record is no format")
    void writes() {
        Lines lines = new Lines(true);
        AuditRecord braces = Records.argument("{} {}");
        new Slf4jAuditSink(lines).append(List.of(Records.numbered("1"), braces));
        assertThat(lines.written).containsExactly(RecordJson.write(Records.numbered("1")), RecordJson.write(braces));
    }

    @Test
    @DisplayName("R47: if one record of a batch cannot be written, none is")
    void allOrNone() {
        Lines lines = new Lines(true);
        AuditRecord bad = Records.asked(List.of(new ShownArgument("pin", 4711, true, true)), Map.of());
        assertThatThrownBy(() -> new Slf4jAuditSink(lines).append(List.of(Records.numbered("1"), bad)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(lines.written).isEmpty();
    }

    private static final class Lines extends LegacyAbstractLogger {

        @Serial
        private static final long serialVersionUID = 1L;

        private final boolean on;
        private final ArrayList<String> written = new ArrayList<>();

        Lines(boolean on) {
            this.on = on;
            this.name = "lines";
        }

        @Override
        protected String getFullyQualifiedCallerName() {
            return "";
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String message, Object[] arguments, Throwable throwable) {
            written.add(MessageFormatter.basicArrayFormat(message, arguments));
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public boolean isInfoEnabled() {
            return on;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }
}
