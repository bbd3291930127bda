package io.jitapproval.examples.samples;

import io.jitapproval.InlineApproval;
import io.jitapproval.RequiresJitApproval;

/** A requirement that stands in the code. */
interface Customers {
    @RequiresJitApproval(
            action = "customer.delete",
            resource = "customer/{id}",
            approval =
                    @InlineApproval(
                            by = {"role DPO", "group privacy"},
                            people = 2))
    void delete(String id);
}
