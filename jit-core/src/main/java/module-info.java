/**
 * The engine: decides, asks, grants, runs and records, with in-memory defaults. Applications use the one exported package;
 * everything else is hidden.
 */
module io.jitapproval.core {
    requires transitive io.jitapproval.api;
    requires static org.jspecify;
    requires com.github.benmanes.caffeine;
    requires org.slf4j;
    requires org.snakeyaml.engine;
    requires tools.jackson.core;
    requires tools.jackson.dataformat.yaml;

    exports io.jitapproval.core;
}
