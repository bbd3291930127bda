package io.jitapproval.spi;

import static java.util.Objects.requireNonNull;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Grant;
import io.jitapproval.Ref;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A store that hands everything on to another one; for those that change or watch a part of it. Thread-safe if the other is. */
public abstract class ForwardingGrantStore implements GrantStore {

    private final GrantStore store;

    /**
     * Stands in front of a store.
     *
     * @param store the store, which is closed with this one
     */
    protected ForwardingGrantStore(GrantStore store) {
        this.store = requireNonNull(store, "store");
    }

    @Override
    public ApprovalRequest submit(String key, Function<Instant, Submission> submission, Journal journal) {
        return store.submit(key, submission, journal);
    }

    @Override
    public <R> Optional<R> changeRequest(String requestId, Change<ApprovalRequest, R> change, Journal journal) {
        return store.changeRequest(requestId, change, journal);
    }

    @Override
    public <R> Optional<R> changeGrant(String grantId, Change<Grant, R> change, Journal journal) {
        return store.changeGrant(grantId, change, journal);
    }

    @Override
    public void voidGrants(Voiding which, Function<Instant, List<AuditRecord>> records, Journal journal) {
        store.voidGrants(which, records, journal);
    }

    @Override
    public Optional<ApprovalRequest> request(String requestId) {
        return store.request(requestId);
    }

    @Override
    public Optional<Grant> grant(String grantId) {
        return store.grant(grantId);
    }

    @Override
    public List<ApprovalRequest> pendingRequests() {
        return store.pendingRequests();
    }

    @Override
    public List<Grant> activeGrants() {
        return store.activeGrants();
    }

    @Override
    public List<Grant> activeGrants(Ref subject, String action) {
        return store.activeGrants(subject, action);
    }

    @Override
    public List<Grant> voidedGrants() {
        return store.voidedGrants();
    }

    @Override
    public <R> R changeEntry(String kind, String key, EntryChange<R> change, Journal journal) {
        return store.changeEntry(kind, key, change, journal);
    }

    @Override
    public List<StoreEntry> entries(String kind) {
        return store.entries(kind);
    }

    @Override
    public List<OutboxMessage> dueMessages(int atMost) {
        return store.dueMessages(atMost);
    }

    @Override
    public Optional<Instant> nextMessageDue() {
        return store.nextMessageDue();
    }

    @Override
    public List<OutboxMessage> messages(String requestId) {
        return store.messages(requestId);
    }

    @Override
    public List<OutboxMessage> deadMessages() {
        return store.deadMessages();
    }

    @Override
    public <R> Optional<R> changeMessage(String messageId, Change<OutboxMessage, R> change, Journal journal) {
        return store.changeMessage(messageId, change, journal);
    }

    @Override
    public Instant now() {
        return store.now();
    }

    @Override
    public void close() throws Exception {
        store.close();
    }
}
