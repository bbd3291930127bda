package io.jitapproval.cli;

import io.jitapproval.core.PolicySources;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Policies where paths name them: files, standard input, and directories as a guard reads them. */
final class PolicyPaths {

    private PolicyPaths() {}

    /** The one policy that all paths make together. */
    static Policy policy(List<String> paths, Console console) {
        List<PolicyText> documents = new ArrayList<>();
        for (String path : paths) {
            documents.addAll(documents(path, console));
        }
        return Policy.parse(documents);
    }

    /** The documents under a path. */
    static List<PolicyText> documents(String name, Console console) {
        Path path = Texts.path(name);
        if (name.equals(Texts.STDIN) || !Files.isDirectory(path)) {
            return List.of(Texts.read(name, console));
        }
        try {
            return PolicySources.directory(path).load();
        } catch (Exception e) {
            String why = e.getMessage() == null ? "no .json, .yaml or .yml file is in this directory" : e.getMessage();
            throw UsageCode.UNREADABLE.stop(name, "the directory cannot be read: " + why);
        }
    }
}
