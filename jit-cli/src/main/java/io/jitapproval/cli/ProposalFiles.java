package io.jitapproval.cli;

import io.jitapproval.core.feedback.evidence.EvidenceModel;
import io.jitapproval.core.feedback.replay.LearntFrom;
import io.jitapproval.core.feedback.replay.Proposal;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Proposed policies where paths name them. A directory with a model or a certificate in it is a suggestion: of its documents only those
 * directly in it count, and of these {@code policy.yaml} alone if there is one.
 */
final class ProposalFiles {

    private static final String MODEL = "model.json";
    private static final String CERTIFICATE = "certificate.json";
    private static final List<String> POLICIES = List.of("policy.yaml", "policy.yml", "policy.json");

    private ProposalFiles() {}

    /** The policy that all paths make together, with the models that lie beside them. */
    static Proposal read(List<String> policy, List<String> base, Console console) {
        List<String> all = new ArrayList<>(base);
        all.addAll(policy);
        List<PolicyText> documents = new ArrayList<>();
        for (String path : all) {
            documents.addAll(documents(path, console));
        }
        Proposal proposal = Proposal.read(documents, List.of());
        if (proposal.enforced().models().isEmpty()) {
            return proposal;
        }
        try {
            return Proposal.read(documents, models(all));
        } catch (IllegalArgumentException e) {
            throw UsageCode.USAGE.stop("--policy", e.getMessage() + ": keep one of them");
        }
    }

    /** What the certificates beside the policy say of where it was learnt. */
    static Optional<LearntFrom> learnt(List<String> policy, Console console) {
        List<LearntFrom.Part> parts = new ArrayList<>();
        Set<String> origins = new TreeSet<>();
        for (Path directory : directories(policy)) {
            Path file = directory.resolve(CERTIFICATE);
            if (Files.isRegularFile(file)) {
                LearntFrom said = LearntFrom.read(Texts.read(file.toString(), console));
                parts.addAll(said.parts());
                origins.add(said.origin());
            }
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(new LearntFrom(parts, String.join(", ", origins)));
    }

    private static List<PolicyText> documents(String name, Console console) {
        Path path = Texts.path(name);
        if (name.equals(Texts.STDIN) || !Files.isDirectory(path) || !isSuggestion(path)) {
            return PolicyPaths.documents(name, console);
        }
        for (String each : POLICIES) {
            if (Files.isRegularFile(path.resolve(each))) {
                return List.of(Texts.read(path.resolve(each).toString(), console));
            }
        }
        List<PolicyText> documents = new ArrayList<>();
        for (Path file : files(path, ProposalFiles::isPolicy)) {
            documents.add(Texts.read(file.toString(), console));
        }
        if (documents.isEmpty()) {
            throw UsageCode.UNREADABLE.stop(name, "there is no policy in this directory: nothing was suggested");
        }
        return documents;
    }

    private static boolean isSuggestion(Path directory) {
        return Files.isRegularFile(directory.resolve(CERTIFICATE))
                || !files(directory, ProposalFiles::isModel).isEmpty();
    }

    private static boolean isModel(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.equals(MODEL) || name.endsWith("." + MODEL);
    }

    private static boolean isPolicy(Path file) {
        String name = String.valueOf(file.getFileName());
        boolean document = name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
        return document
                && !isModel(file)
                && !name.endsWith(CERTIFICATE)
                && !name.startsWith(".")
                && !name.matches(".*\\.test\\.(yaml|yml|json)");
    }

    private static List<EvidenceModel> models(List<String> paths) {
        List<EvidenceModel> models = new ArrayList<>();
        for (Path directory : directories(paths)) {
            for (Path file : files(directory, ProposalFiles::isModel)) {
                try {
                    models.add(EvidenceModel.read(file));
                } catch (IOException e) {
                    throw UsageCode.UNREADABLE.stop(file.toString(), "the file cannot be read: " + e.getMessage());
                }
            }
        }
        return models;
    }

    /** The directories that are named, and those in which the files are that are named. */
    private static Set<Path> directories(List<String> paths) {
        Set<Path> directories = new TreeSet<>();
        for (String name : paths) {
            Path path = Texts.path(name);
            Path parent = path.getParent();
            if (Files.isDirectory(path)) {
                directories.add(path);
            } else if (!name.equals(Texts.STDIN)) {
                directories.add(parent == null ? Path.of("") : parent);
            }
        }
        return directories;
    }

    private static List<Path> files(Path directory, Predicate<Path> wanted) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, file -> Files.isRegularFile(file))) {
            for (Path file : all) {
                if (wanted.test(file)) {
                    files.add(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw UsageCode.UNREADABLE.stop(directory.toString(), "the directory cannot be read: " + e.getMessage());
        }
        files.sort(null);
        return files;
    }
}
