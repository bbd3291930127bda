/** The refund desk: a small application whose service methods carry the annotation and really change a ledger. */
@NullMarked
package io.jitapproval.examples.refunddesk;

import org.jspecify.annotations.NullMarked;
