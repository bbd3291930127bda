/**
 * The engine: decides, asks, grants, runs and records, with in-memory defaults. Applications use the one exported package;
 * everything else is hidden.
 */
// RE2/J has no module descriptor, and nothing of it is exported; the tools are compiled after this module.
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
    exports io.jitapproval.core.cases to
            io.jitapproval.cli,
            io.jitapproval.test;
}
