package io.jitapproval.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jitapproval.core.policy.Policy;
import org.junit.jupiter.api.DisplayName;

/** Any bytes as a policy document, in JSON and in YAML. */
@DisplayName("wall 1: bytes are a policy or are refused with every fault named; nothing else comes of them")
class PolicyFuzzTest {

    @DictionaryFile(resourcePath = "/policy.dict")
    @FuzzTest
    void documents(byte[] bytes) throws Exception {
        Documents.check(bytes, Policy::parse);
    }
}
