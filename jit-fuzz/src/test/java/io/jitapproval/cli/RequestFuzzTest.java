package io.jitapproval.cli;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;

/** Any bytes as what {@code jit eval} reads. */
@DisplayName("wall 1: each line is a request or is refused; nothing else comes of it, and it never permits")
class RequestFuzzTest {

    @DictionaryFile(resourcePath = "/request.dict")
    @FuzzTest
    void lines(byte[] bytes) throws IOException {
        RequestLines.check(bytes, Requests::line);
    }
}
