package io.jitapproval.core.feedback.adoption;

import io.jitapproval.Ref;
import io.jitapproval.core.Proposal;
import io.jitapproval.core.Proposal.Model;
import io.jitapproval.core.SuggestionSettings;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.StoreEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Proposals and models in the store, each under its own hash, so that what was accepted cannot become something else. */
final class Kept {

    static final String PROPOSAL = "suggestion-proposal";
    static final String MODEL = "suggestion-model";

    /** Longer than anything stands on it. */
    private static final Duration LONG = Duration.ofDays(800);

    private final GrantStore store;
    private final SuggestionSettings settings;
    private final Map<String, Proposal> known = new ConcurrentHashMap<>();

    Kept(GrantStore store, SuggestionSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    static StoreEntry entry(Proposal proposal, Instant now) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("id", proposal.id());
        data.put("action", proposal.action());
        data.put("title", proposal.title());
        data.put("rules", Lines.join(proposal.rules()));
        data.put("passed", String.valueOf(proposal.passed()));
        data.put("maxWrong", String.valueOf(proposal.maxWrong()));
        data.put("confidence", String.valueOf(proposal.confidence()));
        data.put("checked", String.valueOf(proposal.checked()));
        data.put("covered", String.valueOf(proposal.covered()));
        data.put("wrong", String.valueOf(proposal.wrong()));
        data.put("bound", String.valueOf(proposal.bound()));
        data.put("run", proposal.run());
        data.put("expires", proposal.expires().toString());
        TreeSet<String> who = new TreeSet<>();
        proposal.beneficiaries().forEach(each -> who.add(each.toString()));
        data.put("beneficiaries", Lines.join(who));
        data.put("why", Lines.join(proposal.why()));
        data.put("against", Lines.join(proposal.against()));
        data.put("refusals", Lines.join(proposal.refusals()));
        data.put("replay", proposal.replay());
        proposal.model().ifPresent(model -> {
            data.put("model", model.name());
            data.put("sha256", model.sha256());
        });
        return new StoreEntry(PROPOSAL, proposal.digest(), data, now.plus(LONG));
    }

    /** A proposal by its digest; empty if it is gone, or not what its digest says. */
    Optional<Proposal> proposal(String digest) {
        Proposal before = known.get(digest);
        if (before != null) {
            return Optional.of(before);
        }
        Optional<Proposal> read = read(PROPOSAL, digest)
                .flatMap(this::of)
                .filter(found -> found.digest().equals(digest));
        read.ifPresent(found -> known.put(digest, found));
        return read;
    }

    /** A proposal that was read before; asks the store for nothing, so that it can be asked inside of a change. */
    Optional<Proposal> known(String digest) {
        return Optional.ofNullable(known.get(digest));
    }

    private Optional<Proposal> of(StoreEntry entry) {
        Map<String, String> data = entry.data();
        Optional<Model> model = Optional.empty();
        if (data.containsKey("sha256")) {
            model = model(Lines.of(data, "model"), Lines.of(data, "sha256"));
            if (model.isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of(new Proposal(
                Lines.of(data, "id"),
                Lines.of(data, "action"),
                Lines.of(data, "title"),
                Lines.split(Lines.of(data, "rules")),
                Boolean.parseBoolean(Lines.of(data, "passed")),
                Lines.number(data, "maxWrong"),
                Lines.number(data, "confidence"),
                Lines.count(data, "checked"),
                Lines.count(data, "covered"),
                Lines.count(data, "wrong"),
                Lines.number(data, "bound"),
                Lines.of(data, "run"),
                Instant.parse(Lines.of(data, "expires")),
                Lines.split(Lines.of(data, "beneficiaries")).stream()
                        .map(Ref::parse)
                        .collect(Collectors.toSet()),
                Lines.split(Lines.of(data, "why")),
                Lines.split(Lines.of(data, "against")),
                Lines.split(Lines.of(data, "refusals")),
                Lines.of(data, "replay"),
                model));
    }

    private Optional<Model> model(String name, String sha256) {
        try {
            Path file = file(sha256);
            String json = file == null
                    ? read(MODEL, sha256)
                            .map(entry -> Lines.of(entry.data(), "json"))
                            .orElse("")
                    : Files.readString(file);
            return json.isEmpty() ? Optional.empty() : Optional.of(new Model(name, sha256, json));
        } catch (IOException | IllegalArgumentException gone) {
            return Optional.empty();
        }
    }

    /**
     * Keeps a model, before anything stands on it.
     *
     * @return why it cannot be kept; empty if it is
     */
    String keep(Model model, Journal journal) {
        Path file = file(model.sha256());
        if (file == null) {
            if (model.json().length() > SuggestionSettings.LARGEST_IN_STORE) {
                return "its model has " + model.json().length() + " characters, and the store keeps at most "
                        + SuggestionSettings.LARGEST_IN_STORE
                        + ": name a directory with SuggestionSettings.withModels";
            }
            store.changeEntry(
                    MODEL,
                    model.sha256(),
                    (current, now) -> Step.to(
                            new StoreEntry(MODEL, model.sha256(), Map.of("json", model.json()), now.plus(LONG)), true),
                    journal);
            return "";
        }
        try {
            if (!Files.exists(file)) {
                Path part = Files.createTempFile(file.getParent(), model.sha256(), ".part");
                Files.writeString(part, model.json());
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException("the model cannot be kept", e);
        }
    }

    private @Nullable Path file(String sha256) {
        return settings.models().map(all -> all.resolve(sha256 + ".json")).orElse(null);
    }

    private Optional<StoreEntry> read(String kind, String key) {
        return store.<Optional<StoreEntry>>changeEntry(kind, key, (current, now) -> Step.nothing(current), none -> {});
    }
}
