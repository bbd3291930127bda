package io.jitapproval.spi;

/**
 * A sink that promises to be thread-safe and never to block or wait, such as one that keeps records in memory. It is called
 * on the thread of the guarded call, several at once, which saves a change of threads; there is no time limit.
 */
public interface InlineAuditSink extends AuditSink {}
