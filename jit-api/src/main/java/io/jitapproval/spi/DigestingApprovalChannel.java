package io.jitapproval.spi;

/**
 * A channel that can tell several questions at once. Questions that were held back come to it as one digest; to any other channel they
 * come one after the other, all of them then. Everything else, and a question that was held back alone, is {@linkplain #deliver
 * delivered} as always.
 *
 * <p>An {@link UpdatingApprovalChannel} is never given a digest, since each request keeps a message of its own there.
 */
public interface DigestingApprovalChannel extends ApprovalChannel {

    /**
     * Delivers a digest: to each of its {@linkplain ApprovalDigest#people() people} one message, with those of the notices that are for
     * them.
     *
     * <p>Threads, time limit and throwing are as for {@link #deliver}; a digest fails or succeeds as a whole. <b>Twice:</b> the same
     * digest may come again under the same id. If some of its requests have ended by then the others come under another id; the notices
     * keep theirs. <b>Order:</b> what follows about one of the requests comes afterwards.
     *
     * @param digest the digest
     * @throws Exception if it cannot be delivered
     */
    void deliverDigest(ApprovalDigest digest) throws Exception;
}
