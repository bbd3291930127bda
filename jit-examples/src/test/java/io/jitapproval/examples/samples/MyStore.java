package io.jitapproval.examples.samples;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Grant;
import io.jitapproval.Ref;
import io.jitapproval.core.GrantStores;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.Journal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** A store that stands on another one. */
final class MyStore implements GrantStore {

    private final GrantStore database;

    MyStore(String url, InstantSource clock, int limit) {
        Objects.requireNonNull(url, "url");
        this.database = GrantStores.memory(clock, limit);
    }

    @Override
    public ApprovalRequest submit(String key, Function<Instant, Submission> submission, Journal journal) {
        return database.submit(key, submission, journal);
    }

    @Override
    public <R> Optional<R> changeRequest(String requestId, Change<ApprovalRequest, R> change, Journal journal) {
        return database.changeRequest(requestId, change, journal);
    }

    @Override
    public <R> Optional<R> changeGrant(String grantId, Change<Grant, R> change, Journal journal) {
        return database.changeGrant(grantId, change, journal);
    }

    @Override
    public Optional<ApprovalRequest> request(String requestId) {
        return database.request(requestId);
    }

    @Override
    public Optional<Grant> grant(String grantId) {
        return database.grant(grantId);
    }

    @Override
    public List<ApprovalRequest> pendingRequests() {
        return database.pendingRequests();
    }

    @Override
    public List<Grant> activeGrants() {
        return database.activeGrants();
    }

    @Override
    public List<Grant> activeGrants(Ref subject, String action) {
        return database.activeGrants(subject, action);
    }

    @Override
    public Instant now() {
        return database.now();
    }

    @Override
    public void close() throws Exception {
        database.close();
    }
}
