package io.jitapproval.examples.refunddesk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

/** Compares with an agreed text; {@code -Dgolden=write} agrees to what comes out. */
final class Golden {

    private static final Path FOLDER = Path.of("src/test/resources/golden");

    private Golden() {}

    static void check(String name, String actual) {
        Path expected = FOLDER.resolve(name);
        if ("write".equals(System.getProperty("golden"))) {
            Run.write(expected, actual);
        }
        assertThat(Files.exists(expected))
                .as("%s is there; -Dgolden=write makes it", expected)
                .isTrue();
        assertThat(actual).isEqualToNormalizingNewlines(Run.read(expected));
    }
}
