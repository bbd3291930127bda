package io.jitapproval.browser;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs on this machine. What is missing is installed where that is possible, and fails the test where it is not. */
final class Programs {

    private static final long MINUTES = 10;

    private Programs() {}

    /** The first that is there: what a variable of the environment names, or a name on the path; null if there is none. */
    static File find(List<String> names, String variable) {
        String given = System.getenv(variable);
        if (given != null && new File(given).canExecute()) {
            return new File(given);
        }
        return find(names, System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1));
    }

    static File find(List<String> names, String... path) {
        for (String name : names) {
            for (String directory : path) {
                File file = new File(directory, name);
                if (file.isFile() && file.canExecute()) {
                    return file;
                }
            }
        }
        return null;
    }

    static File require(List<String> names, String variable) {
        File found = find(names, variable);
        if (found == null) {
            throw new AssertionError(missing(names, variable));
        }
        return found;
    }

    static String missing(List<String> names, String variable) {
        return "none of " + names
                + " is on the PATH: this test looks at pages in a real browser. Install Chromium and its driver (Debian: "
                + "apt-get install chromium chromium-driver), or name it in the environment variable " + variable + ".";
    }

    static void install(List<String> command) throws IOException, InterruptedException {
        if (!"root".equals(System.getProperty("user.name")) || find(List.of("apt-get"), "APT_GET") == null) {
            return;
        }
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
    }
}
