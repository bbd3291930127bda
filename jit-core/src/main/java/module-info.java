/**
 * The engine: decides, asks, grants, runs and records, with in-memory defaults. Applications use the one exported package;
 * everything else is hidden.
 */
// The tools are compiled after this module. RE2/J has no module descriptor; nothing of it is exported.
@SuppressWarnings({"module", "requires-automatic"})
module io.jitapproval.core {
    requires transitive io.jitapproval.api;
    requires static org.jspecify;
    requires com.github.benmanes.caffeine;
    requires java.xml;
    requires re2j;
    requires org.slf4j;
    requires org.snakeyaml.engine;
    requires tools.jackson.core;
    requires tools.jackson.dataformat.yaml;

    exports io.jitapproval.core;

    // For the project's own tools, which are released together with this module.
    exports io.jitapproval.core.analysis to
            io.jitapproval.cli;
    exports io.jitapproval.core.cases to
            io.jitapproval.cli,
            io.jitapproval.test;
    exports io.jitapproval.core.document to
            io.jitapproval.cli;
    exports io.jitapproval.core.explain to
            io.jitapproval.cli;
    exports io.jitapproval.core.feedback to
            io.jitapproval.cli,
            io.jitapproval.test;
    exports io.jitapproval.core.feedback.evidence to
            io.jitapproval.cli;
    exports io.jitapproval.core.feedback.history to
            io.jitapproval.cli,
            io.jitapproval.test;
    exports io.jitapproval.core.feedback.insight to
            io.jitapproval.cli;
    exports io.jitapproval.core.feedback.replay to
            io.jitapproval.cli,
            io.jitapproval.test;
    exports io.jitapproval.core.feedback.report to
            io.jitapproval.cli;
    exports io.jitapproval.core.feedback.synthetic to
            io.jitapproval.cli,
            io.jitapproval.test;
    exports io.jitapproval.core.people to
            io.jitapproval.cli;
    exports io.jitapproval.core.policy to
            io.jitapproval.cli;
}
