package io.jitapproval.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A case that others published, see {@code authzen/README.md}.
 *
 * @param name     file and place, for people
 * @param line     what is sent to {@code jit eval}
 * @param expected the published answer
 * @param asked    for a search: the candidates in the order in which {@code line} asks about them
 */
record Published(String name, String line, JsonNode expected, List<JsonNode> asked) {

    static final JsonMapper JSON = JsonMapper.shared();

    /** A directory of {@code authzen} with its policy. */
    static Path directory(String name) {
        try {
            return Path.of(Objects.requireNonNull(
                                    Published.class.getResource("/authzen/" + name + "/policy.yaml"),
                                    () -> "authzen/" + name + "/policy.yaml")
                            .toURI())
                    .getParent();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** The cases of every {@code .jsonl} file of a directory, in the order of names and lines. */
    static List<Published> casesOf(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
        }
        List<Published> cases = new ArrayList<>();
        for (Path file : files) {
            for (String line : Files.readAllLines(file)) {
                cases.add(read(directory, file.getFileName().toString(), JSON.readTree(line)));
            }
        }
        return cases;
    }

    private static Published read(Path directory, String file, JsonNode node) throws IOException {
        String name = file + " " + node.required("source").asString();
        JsonNode expected = node.required("expected");
        if (node.has("body")) {
            return new Published(name, node.get("body").asString(), expected, List.of());
        }
        JsonNode request = node.required("request");
        if (!node.has("search")) {
            return new Published(name, JSON.writeValueAsString(request), expected, List.of());
        }
        String target = node.get("search").asString();
        JsonNode everybody = JSON.readTree(Files.readString(directory.resolve("population.json")))
                .required(target);
        JsonNode type = request.path(target).path("type");
        List<JsonNode> candidates = StreamSupport.stream(everybody.spliterator(), false)
                .filter(one -> type.isMissingNode() || one.path("type").equals(type))
                .toList();
        return new Published(name, JSON.writeValueAsString(batch(request, target, candidates)), expected, candidates);
    }

    /** A search as evaluations: the target is left out above and stands in each element. */
    private static ObjectNode batch(JsonNode request, String target, List<JsonNode> candidates) {
        ObjectNode batch = ((ObjectNode) request).deepCopy();
        batch.remove(target);
        ArrayNode evaluations = batch.putArray("evaluations");
        for (JsonNode candidate : candidates) {
            evaluations.addObject().set(target, candidate);
        }
        return batch;
    }

    /** Whether there is anything to ask: a search among nobody has no request. */
    boolean hasRequest() {
        return !isSearch() || !asked.isEmpty();
    }

    boolean isSearch() {
        return expected.has("results") || expected.has("resultsInclude");
    }

    /** Whether the request, or an element of it, is refused instead of decided. */
    boolean isRefused() {
        return expected.has("status");
    }

    @Override
    public String toString() {
        return name;
    }
}
