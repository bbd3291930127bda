package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Several calls that were asked about together. Each item is decided, granted and run on its own: approving the bundle is approving its items, and
 * what the bundle has come to gives nobody anything.
 *
 * @param id    its unguessable id
 * @param title what it is for, in the requester's words
 * @param items the items in the order in which they were added, which means nothing else
 */
public record Bundle(String id, String title, List<Item> items) {

    /** How many items a bundle may have: 100. */
    public static final int MOST_ITEMS = 100;

    /** How far an item, or the bundle as a whole, has come. */
    public enum Status {
        /** People have been asked. */
        PENDING,
        /** It may run: people agreed, a rule did, or policy asks nobody. */
        APPROVED,
        /** Policy or a person said no. */
        DENIED,
        /** Nobody decided in time. */
        EXPIRED,
        /** The requester withdrew it. */
        CANCELLED,
        /** It could not be asked or decided. */
        FAILED,
        /** Only of a bundle: nothing is pending, some items are approved and others are not. */
        PARTIAL;

        /** {@return the status as a lower-case word} */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One item.
     *
     * @param action   the action's name
     * @param resource on what
     * @param status   how far it has come; never partial
     * @param request  its request; empty if none was needed, none could be made, or the store no longer keeps it
     * @param reason   why it was not asked about; empty if it was, or need not be
     */
    public record Item(
            String action, Ref resource, Status status, Optional<ApprovalRequest> request, Optional<Reason> reason) {

        /**
         * Checks that everything is there.
         *
         * @param action   as above
         * @param resource as above
         * @param status   as above
         * @param request  as above
         * @param reason   as above
         */
        public Item {
            Text.requireNotBlank(action, "action");
            requireNonNull(resource, "resource");
            requireNonNull(status, "status");
            requireNonNull(request, "request");
            requireNonNull(reason, "reason");
        }
    }

    /**
     * Checks that everything is there and copies the items.
     *
     * @param id    as above
     * @param title as above
     * @param items as above
     */
    public Bundle {
        Text.requireNotBlank(id, "id");
        requireNonNull(title, "title");
        items = List.copyOf(items);
    }

    /**
     * The bundle as a whole: pending as long as one item is; then what all items are, if they are alike; partial if some are approved and others
     * not; otherwise, with none approved, denied if one was denied, and else failed.
     *
     * @return the status
     */
    public Status status() {
        Set<Status> all =
                items.stream().map(Item::status).collect(Collectors.toCollection(() -> EnumSet.noneOf(Status.class)));
        if (all.contains(Status.PENDING)) {
            return Status.PENDING;
        }
        if (all.size() == 1) {
            return all.iterator().next();
        }
        if (all.contains(Status.APPROVED)) {
            return Status.PARTIAL;
        }
        return all.contains(Status.DENIED) ? Status.DENIED : Status.FAILED;
    }

    /** {@return id, status and the number of items} */
    @Override
    public String toString() {
        return "bundle " + id + " " + status().word() + ": " + items.size() + " items";
    }
}
