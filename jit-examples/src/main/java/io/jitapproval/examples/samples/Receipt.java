package io.jitapproval.examples.samples;

import java.math.BigDecimal;

/** Proves a refund. */
record Receipt(String orderId, BigDecimal amount, String note) {}
