package io.jitapproval.examples.refunddesk;

import java.util.List;

/** How results are told. */
interface Report {

    /** Before the first request. */
    void begin(Inputs inputs, String answering);

    void result(Result result);

    /**
     * After the last request.
     *
     * @param records how many records were written
     */
    void end(List<Result> results, Output output, int records);
}
