package io.jitapproval.examples.samples;

import static io.jitapproval.examples.samples.ForeignSystems.emptyTable;
import static io.jitapproval.examples.samples.ForeignSystems.rowsOf;
import static io.jitapproval.examples.samples.ForeignSystems.table;

import io.jitapproval.spi.AuditSink;
import io.jitapproval.test.contract.AuditSinkContract;
import java.util.List;

class MySinkContractTest extends AuditSinkContract {
    @Override
    protected AuditSink sink() {
        return new MySink(emptyTable());
    }

    @Override
    protected List<String> written() {
        return rowsOf(table);
    }
}
