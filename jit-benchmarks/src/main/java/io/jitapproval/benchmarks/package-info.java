/**
 * What deciding and guarding cost, beside what people would use instead, on one task: ana has three roles, among them
 * SUPPORT, and refunds an order; SUPPORT may up to 1 000, FINANCE any amount.
 */
@NullMarked
package io.jitapproval.benchmarks;

import org.jspecify.annotations.NullMarked;
