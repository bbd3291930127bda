package io.jitapproval.core.feedback.evidence;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.spi.AttributeResolver;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How much of what people decided speaks for a request: a sum over attributes and pairs of attributes, each with the number of like
 * requests that people decided and approved. More approvals of what is like it never lower a request's score, more denials never
 * raise it.
 *
 * <p>It answers {@code evidence.NAME.score} (a number), {@code evidence.NAME.novel} (whether the request has a value that was never seen,
 * or lacks one that all had) and {@code evidence.NAME.model} (the SHA-256 of the model's file in hexadecimal, so that a rule can name the
 * very model that it was certified with).
 *
 * <p>Immutable and thread-safe.
 */
public final class EvidenceModel implements AttributeResolver {

    private static final String ROOT = "evidence.";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    /** What an unknown value that is tolerated costs: the odds have to be twice as good. */
    static final double FOR_NOVEL = Math.log(2);

    /** Digits behind the point of a score: what is certified and what is compared are the same number. */
    private static final int DIGITS = 6;

    private final Parts parts;
    private final String json;
    private final String sha256;
    private final String scorePath;
    private final String novelPath;
    private final String modelPath;

    /**
     * What a model consists of.
     *
     * @param name    what policies call it
     * @param made    when, and out of what, for people
     * @param base    the approval rate of all
     * @param bias    where a score begins
     * @param columns the attributes
     * @param applies by column, then by action: whether the attribute counts for the action
     * @param actions the actions it knows
     * @param tolerated by action, the columns whose values may be unknown, a bit each: a request with such a value has to be better by
     *     {@link #FOR_NOVEL}
     * @param tables  the counts
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Parts(
            String name,
            String made,
            double base,
            double bias,
            List<Column> columns,
            boolean[][] applies,
            List<String> actions,
            int[] tolerated,
            List<Table> tables) {}

    /**
     * The counts of one attribute or of a pair.
     *
     * @param first    the attribute's column
     * @param second   the other's; -1 for none
     * @param evidence the weight of the evidence
     * @param support  the weight of the support
     * @param slots    the numbers of the keys
     * @param decided  by number
     * @param approved by number
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Table(
            int first, int second, double evidence, double support, LongSlots slots, int[] decided, int[] approved) {

        /** Of so many keys as fit, those that stand for most decisions. */
        static Table of(Counts counts, double evidence, double support) {
            long[] keys = counts.keys();
            Integer[] most = new Integer[keys.length];
            java.util.Arrays.setAll(most, i -> i);
            if (keys.length > Scorer.MOST_KEYS) {
                java.util.Arrays.sort(most, Comparator.comparingInt((Integer slot) -> -counts.decided(slot, -1, -1)));
            }
            int size = Math.min(keys.length, Scorer.MOST_KEYS);
            LongSlots slots = new LongSlots(size);
            int[] decided = new int[size];
            int[] approved = new int[size];
            for (int i = 0; i < size; i++) {
                slots.add(keys[most[i]]);
                decided[i] = counts.decided(most[i], -1, -1);
                approved[i] = counts.approved(most[i], -1, -1);
            }
            return new Table(counts.first, counts.second, evidence, support, slots, decided, approved);
        }

        double points(int slot, double base, double logit) {
            return slot < 0
                    ? 0
                    : evidence * Evidence.of(approved[slot], decided[slot], base, logit)
                            + support * Evidence.support(approved[slot]);
        }
    }

    /**
     * One line of an explanation.
     *
     * @param what     the value or the pair of values
     * @param approved how many requests with it were approved
     * @param decided  how many were decided
     * @param points   what that adds to the score; negative if it speaks against the request
     */
    public record Contribution(String what, int approved, int decided, double points) {}

    /**
     * What the model says of a request.
     *
     * @param score         the sum
     * @param novel         the attributes whose value was never seen, or that the request lacks though all had them
     * @param contributions what speaks for it and against it, the weightiest first; what adds nothing is left out
     */
    public record Assessment(double score, List<String> novel, List<Contribution> contributions) {

        /**
         * Copies the lists.
         *
         * @param score         as above
         * @param novel         as above
         * @param contributions as above
         */
        public Assessment {
            novel = List.copyOf(novel);
            contributions = List.copyOf(contributions);
        }
    }

    private final double logit;
    private final Points[] points;

    EvidenceModel(Parts parts, String json) {
        this.parts = parts;
        this.json = json;
        this.sha256 = sha256(json);
        this.scorePath = ROOT + parts.name() + ".score";
        this.novelPath = ROOT + parts.name() + ".novel";
        this.modelPath = ROOT + parts.name() + ".model";
        this.logit = Evidence.logit(parts.base());
        this.points = parts.tables().stream()
                .map(table -> new Points(table, parts.base(), logit))
                .toArray(Points[]::new);
    }

    static EvidenceModel of(Parts parts) {
        if (!NAME.matcher(parts.name()).matches()) {
            throw new IllegalArgumentException(
                    "the model's name '" + parts.name() + "' is none: use letters, digits, - and _");
        }
        return new EvidenceModel(parts, ModelJson.write(parts));
    }

    /**
     * Reads a model.
     *
     * @param file a file that {@link #write} has written
     * @return the model
     * @throws IOException if it cannot be read
     * @throws io.jitapproval.JitConfigurationException if it is no model
     */
    public static EvidenceModel read(Path file) throws IOException {
        String json = Files.readString(file, StandardCharsets.UTF_8);
        return new EvidenceModel(ModelJson.read(String.valueOf(file.getFileName()), json), json);
    }

    /**
     * Makes a model of a text.
     *
     * @param origin what messages call it
     * @param json   what {@link #json} gave
     * @return the model
     * @throws io.jitapproval.JitConfigurationException if it is no model
     */
    public static EvidenceModel of(String origin, String json) {
        return new EvidenceModel(ModelJson.read(origin, json), json);
    }

    /** {@return its file as a text, of which it is the SHA-256} */
    public String json() {
        return json;
    }

    /**
     * Writes the model, so that {@link #read} gives it back.
     *
     * @param file where to; replaced if it exists
     * @throws IOException if that fails
     */
    public void write(Path file) throws IOException {
        Files.writeString(file, json, StandardCharsets.UTF_8);
    }

    /** {@return what policies call it} */
    public String modelName() {
        return parts.name();
    }

    /** {@return the SHA-256 of its file, in hexadecimal} */
    public String sha256() {
        return sha256;
    }

    /** {@return the actions that it has learnt of} */
    public List<String> actions() {
        return parts.actions();
    }

    /** {@return how many counts it holds} */
    public int size() {
        return parts.tables().stream().mapToInt(table -> table.slots().size()).sum();
    }

    Parts parts() {
        return parts;
    }

    /**
     * The score of a request, to six digits behind the point.
     *
     * @param request the request
     * @return the score; higher is better
     */
    public double score(EvaluationRequest request) {
        return score(codes(request));
    }

    private double score(int[] codes) {
        double score = parts.bias();
        for (int code : codes) {
            if (code == Column.NOVEL) {
                score -= FOR_NOVEL;
                break;
            }
        }
        for (int t = 0; t < points.length; t++) {
            score += points[t].of(key(parts.tables().get(t), codes));
        }
        return rounded(score);
    }

    /** To the digits that a policy compares. */
    static double rounded(double score) {
        double scale = 1e6;
        return Math.rint(score * scale) / scale;
    }

    private static long key(Table table, int[] codes) {
        return Counts.key(codes[table.first()], table.second() < 0 ? 1 : codes[table.second()]);
    }

    private int[] codes(EvaluationRequest request) {
        int action = parts.actions().indexOf(request.action().name());
        int[] codes = new int[parts.columns().size()];
        for (int c = 0; c < codes.length; c++) {
            Column column = parts.columns().get(c);
            codes[c] = action < 0 || !parts.applies()[c][action]
                    ? Column.ABSENT
                    : column.code(column.path().value(request));
        }
        return codes;
    }

    /**
     * Whether a request has a value that was never seen when the model was made, or lacks one that all had. Values of an attribute that
     * are new so often that requests with them could be checked by themselves do not count: they cost points instead.
     *
     * @param request the request
     * @return whether people have to look at it
     */
    public boolean isNovel(EvaluationRequest request) {
        int action = parts.actions().indexOf(request.action().name());
        if (action < 0) {
            return true;
        }
        int[] codes = codes(request);
        for (int c = 0; c < codes.length; c++) {
            if (isNovel(c, codes[c], action)) {
                return true;
            }
        }
        return false;
    }

    private boolean isNovel(int column, int code, int action) {
        boolean tolerated = code == Column.NOVEL && (parts.tolerated()[action] & 1 << column) != 0;
        return code <= 0 && parts.applies()[column][action] && !tolerated;
    }

    /**
     * The score with what it is made of.
     *
     * @param request the request
     * @return the score, what is novel, and every count that matters
     */
    public Assessment assess(EvaluationRequest request) {
        int action = parts.actions().indexOf(request.action().name());
        int[] codes = codes(request);
        List<String> novel = new ArrayList<>();
        if (action < 0) {
            novel.add(AttributePath.ACTION_NAME);
        }
        for (int c = 0; c < codes.length; c++) {
            if (action >= 0 && isNovel(c, codes[c], action)) {
                novel.add(parts.columns().get(c).path().text());
            }
        }
        List<Contribution> contributions = new ArrayList<>();
        for (int t = 0; t < points.length; t++) {
            Table table = parts.tables().get(t);
            long key = key(table, codes);
            double adds = points[t].of(key);
            if (adds != 0) {
                int slot = table.slots().find(key);
                String what = parts.columns().get(table.first()).show(codes[table.first()])
                        + (table.second() < 0
                                ? ""
                                : " & " + parts.columns().get(table.second()).show(codes[table.second()]));
                contributions.add(new Contribution(what, table.approved()[slot], table.decided()[slot], adds));
            }
        }
        contributions.sort(Comparator.comparingDouble((Contribution each) -> -Math.abs(each.points()))
                .thenComparing(Contribution::what));
        return new Assessment(score(codes), novel.stream().distinct().toList(), contributions);
    }

    @Override
    public Optional<Object> resolve(String attribute, EvaluationRequest request) {
        if (attribute.equals(scorePath)) {
            return Optional.of(BigDecimal.valueOf(score(request)).setScale(DIGITS, RoundingMode.HALF_EVEN));
        }
        if (attribute.equals(novelPath)) {
            return Optional.of(isNovel(request));
        }
        return attribute.equals(modelPath) ? Optional.of(sha256) : Optional.empty();
    }

    @Override
    public String name() {
        return "evidence " + parts.name();
    }

    /** {@return zero: it only counts, on the thread of the call} */
    @Override
    public Duration timeLimit() {
        return Duration.ZERO;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EvidenceModel model && model.sha256.equals(sha256);
    }

    @Override
    public int hashCode() {
        return sha256.hashCode();
    }

    /** {@return its name and how it is known} */
    @Override
    public String toString() {
        return parts.name() + " " + sha256;
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
