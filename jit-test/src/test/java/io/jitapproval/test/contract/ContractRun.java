package io.jitapproval.test.contract;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** What came of running a contract suite on a class. */
record ContractRun(long started, List<String> failed) {

    static ContractRun of(Class<?> suite) {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(suite))
                .execute()
                .testEvents();
        return new ContractRun(
                tests.started().count(),
                tests.failed().map(ContractRun::method).sorted().toList());
    }

    /** The name of the test method, with the failure where nobody expects one. */
    private static String method(Event event) {
        String id = event.getTestDescriptor().getUniqueId().getLastSegment().getValue();
        return id.substring(0, id.indexOf('('));
    }

    static List<String> failures(Class<?> suite) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(suite))
                .execute()
                .testEvents()
                .failed()
                .map(event -> method(event) + ": "
                        + event.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable()
                                .orElseThrow())
                .toList();
    }
}
