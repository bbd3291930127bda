package io.jitapproval.walls;

import java.io.PrintWriter;
import java.io.Serial;
import java.io.StringWriter;
import java.util.Arrays;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** The logging of these tests: every level is on, and what is logged is kept while somebody listens, and dropped otherwise. */
public final class CapturedLogs implements SLF4JServiceProvider {

    private static StringBuilder kept;

    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter context = new NOPMDCAdapter();

    /** Runs something and gives what was logged meanwhile, with arguments, causes and stack traces. */
    static String during(Runnable something) {
        synchronized (CapturedLogs.class) {
            kept = new StringBuilder();
        }
        something.run();
        synchronized (CapturedLogs.class) {
            String text = kept.toString();
            kept = null;
            return text;
        }
    }

    private static synchronized void keep(String text, Throwable thrown) {
        if (kept != null) {
            StringWriter trace = new StringWriter();
            if (thrown != null) {
                thrown.printStackTrace(new PrintWriter(trace));
            }
            kept.append(text).append('\n').append(trace).append('\n');
        }
    }

    private static final class Kept extends AbstractLogger {

        @Serial
        private static final long serialVersionUID = 1L;

        Kept(String name) {
            this.name = name;
        }

        @Override
        protected String getFullyQualifiedCallerName() {
            return Kept.class.getName();
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String pattern, Object[] arguments, Throwable thrown) {
            keep(
                    level + " " + name + " " + MessageFormatter.basicArrayFormat(pattern, arguments) + " "
                            + Arrays.toString(arguments),
                    thrown);
        }

        @Override
        public boolean isTraceEnabled() {
            return true;
        }

        @Override
        public boolean isTraceEnabled(Marker marker) {
            return true;
        }

        @Override
        public boolean isDebugEnabled() {
            return true;
        }

        @Override
        public boolean isDebugEnabled(Marker marker) {
            return true;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isInfoEnabled(Marker marker) {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled(Marker marker) {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled(Marker marker) {
            return true;
        }
    }

    private static Logger logger(String name) {
        return new Kept(name);
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return CapturedLogs::logger;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {
        // Nothing to prepare.
    }
}
