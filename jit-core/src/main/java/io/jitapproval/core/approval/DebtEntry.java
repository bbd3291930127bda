package io.jitapproval.core.approval;

import io.jitapproval.ApproverSelector;
import io.jitapproval.ApproverSelector.Kind;
import io.jitapproval.Debt;
import io.jitapproval.Debt.Finding;
import io.jitapproval.Debt.Review;
import io.jitapproval.Ref;
import io.jitapproval.Way;
import io.jitapproval.spi.StoreEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A debt as the store keeps it.
 *
 * @param debt    the debt
 * @param settled whether its review is complete
 * @param policy  the version of the policy that allowed the emergency
 * @param binding the binding of its request
 */
public record DebtEntry(Debt debt, boolean settled, String policy, String binding) {

    /** The kind of entry that debts are. */
    public static final String KIND = "debt";

    /** No store may forget a debt that is open; a hundred years stand for that. */
    private static final Duration OPEN = Duration.ofDays(36_525);

    /** A late reviewer learns for a month that it is settled. */
    private static final Duration SETTLED = Duration.ofDays(31);

    /**
     * What the store keeps.
     *
     * @param now the store's instant
     * @return the entry
     */
    public StoreEntry entry(Instant now) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("state", settled ? "settled" : "open");
        data.put("person", debt.person());
        data.put("subject", debt.subject().toString());
        data.put("action", debt.action());
        data.put("resource", debt.resource().toString());
        data.put("reason", debt.reason());
        data.put("since", debt.since().toString());
        data.put("due", debt.due().toString());
        data.put("policy", policy);
        data.put("binding", binding);
        putAll(data, "barred", debt.barred());
        int ways = 0;
        for (Way way : debt.review()) {
            String name = "review." + ways++;
            data.put(name + ".people", String.valueOf(way.people()));
            putAll(data, name + ".by", texts(way.by()));
        }
        int reviews = 0;
        for (Review review : debt.reviews()) {
            String name = "reviews." + reviews++;
            data.put(name + ".person", review.person());
            data.put(name + ".finding", review.finding().name());
            data.put(name + ".text", review.text());
            data.put(name + ".at", review.at().toString());
            putAll(data, name + ".as", texts(review.as()));
        }
        return new StoreEntry(KIND, debt.id(), data, now.plus(settled ? SETTLED : OPEN));
    }

    /**
     * Reads what the store kept.
     *
     * @param entry the entry
     * @return the debt
     * @throws IllegalArgumentException if it is none; then nothing may be made of it
     */
    public static DebtEntry of(StoreEntry entry) {
        Map<String, String> data = entry.data();
        Set<Way> review = new LinkedHashSet<>();
        for (int i = 0; data.containsKey("review." + i + ".people"); i++) {
            review.add(new Way(
                    selectors(data, "review." + i + ".by"), Integer.parseInt(text(data, "review." + i + ".people"))));
        }
        List<Review> reviews = new ArrayList<>();
        for (int i = 0; data.containsKey("reviews." + i + ".person"); i++) {
            String name = "reviews." + i;
            reviews.add(new Review(
                    text(data, name + ".person"),
                    selectors(data, name + ".as"),
                    Finding.valueOf(text(data, name + ".finding")),
                    text(data, name + ".text"),
                    Instant.parse(text(data, name + ".at"))));
        }
        Debt debt = new Debt(
                entry.key(),
                text(data, "person"),
                Ref.parse(text(data, "subject")),
                text(data, "action"),
                Ref.parse(text(data, "resource")),
                text(data, "reason"),
                Set.copyOf(all(data, "barred")),
                review,
                Instant.parse(text(data, "since")),
                Instant.parse(text(data, "due")),
                reviews);
        return new DebtEntry(debt, text(data, "state").equals("settled"), text(data, "policy"), text(data, "binding"));
    }

    private static void putAll(Map<String, String> data, String name, Collection<String> texts) {
        int i = 0;
        for (String text : texts) {
            data.put(name + "." + i++, text);
        }
    }

    private static List<String> all(Map<String, String> data, String name) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; data.containsKey(name + "." + i); i++) {
            texts.add(text(data, name + "." + i));
        }
        return texts;
    }

    /** An attribute stands for the people whom it held at the time; held it nobody, it names nobody for good. */
    private static List<String> texts(Set<ApproverSelector> selectors) {
        Set<String> texts = new LinkedHashSet<>();
        for (ApproverSelector selector : selectors) {
            if (selector.kind() == Kind.ATTRIBUTE && !selector.people().isEmpty()) {
                selector.people().forEach(id -> texts.add(Kind.PERSON.word() + ":" + id));
            } else {
                texts.add(selector.kind().word() + ":" + selector.name());
            }
        }
        return List.copyOf(texts);
    }

    private static Set<ApproverSelector> selectors(Map<String, String> data, String name) {
        Set<ApproverSelector> selectors = new LinkedHashSet<>();
        for (String text : all(data, name)) {
            int colon = text.indexOf(':');
            selectors.add(new ApproverSelector(
                    Kind.valueOf(text.substring(0, Math.max(0, colon)).toUpperCase(Locale.ROOT)),
                    text.substring(colon + 1)));
        }
        return selectors;
    }

    private static String text(Map<String, String> data, String name) {
        String text = data.get(name);
        if (text == null) {
            throw new IllegalArgumentException("a debt in the store has no '" + name + "'");
        }
        return text;
    }
}
