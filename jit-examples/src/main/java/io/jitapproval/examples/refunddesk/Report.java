package io.jitapproval.examples.refunddesk;

import io.jitapproval.Debt;
import java.util.List;

/** How results are told. */
interface Report {

    /** Before the first request. */
    void begin(Inputs inputs, String answering);

    void result(Result result);

    /** Something more became of a request that was told of before. */
    void later(Result result);

    /**
     * After the last request.
     *
     * @param results the last result of each request, in the order of the input
     * @param debts   the emergencies that still wait for their review
     * @param records how many records were written
     */
    void end(List<Result> results, List<Debt> debts, Output output, int records);
}
