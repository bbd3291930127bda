package io.jitapproval.spring;

import io.jitapproval.spi.AuditSink;

/** Goes around the sink of the guard that is built from beans; a type of its own, since not everybody has Micrometer. */
interface SinkWrapper {

    AuditSink around(AuditSink sink);
}
