package io.jitapproval.core.feedback.history;

import io.jitapproval.core.document.Words;
import io.jitapproval.core.feedback.DecisionHistory;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.Result;
import io.jitapproval.core.feedback.PastDecision.Route;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decisions that stand in files. Each reading opens the files anew and goes through them line by line. What is kept beside the line
 * at hand: 28 bytes for each id, so that none counts twice, and of an audit log what has not ended ({@code docs/history.md}
 * says how much at most).
 *
 * <p>Several threads may go through it at the same time.
 */
public final class FileHistory implements DecisionHistory {

    private final String name;
    private final List<Recognised> files;

    FileHistory(String name, List<Recognised> files) {
        this.name = name;
        this.files = List.copyOf(files);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void each(Consumer<PastDecision> each) {
        read(each);
    }

    /**
     * Goes through all of them, as {@link #each} does, and says what was seen on the way.
     *
     * @param each takes one at a time
     * @return what was seen
     * @throws io.jitapproval.JitConfigurationException as {@link #each}; it names up to 20 faults, each with its file, line and column.
     *     Nothing is handed over after the first of them
     */
    public Reading read(Consumer<PastDecision> each) {
        return new Pass(each).run();
    }

    /** One going through. */
    private final class Pass {

        private final Consumer<PastDecision> each;
        private final Faults faults = new Faults();
        private final Notes notes = new Notes();
        private final SipHash hash;
        private final SeenIds ids;
        private final Outcomes outcomes;
        private final AuditFold fold;
        private long lines;
        private long decisions;
        private @Nullable Instant latest;

        Pass(Consumer<PastDecision> each) {
            this.each = each;
            SecureRandom random = new SecureRandom();
            this.hash = new SipHash(random.nextLong(), random.nextLong());
            this.ids = new SeenIds(hash);
            this.outcomes = new Outcomes(hash);
            this.fold = new AuditFold(outcomes, notes, this::handOver);
        }

        Reading run() {
            for (Recognised file : files) {
                if (file.audit()) {
                    gatherOutcomes(file);
                }
            }
            latest = null;
            boolean folds = false;
            for (int i = 0; i < files.size(); i++) {
                Recognised file = files.get(i);
                folds |= file.audit();
                latest = file.audit() ? latest : null;
                read(file, i);
            }
            faults.throwIfAny();
            if (folds) {
                fold.end();
            }
            return new Reading(lines, decisions, notes.all());
        }

        private void handOver(PastDecision decision) {
            if (faults.isEmpty()) {
                decisions++;
                each.accept(decision);
            }
        }

        private void gatherOutcomes(Recognised file) {
            try (LineSource source = LineSource.open(file.path())) {
                while (source.next()) {
                    if (source.ended() && Outcomes.wants(source)) {
                        gather(source, file);
                    }
                }
            } catch (IOException e) {
                throw Recognised.unreadable(file.name(), e);
            }
        }

        /** What is wrong with the line is told when it is folded. */
        private void gather(LineSource source, Recognised file) {
            try (Line line = new Line(source)) {
                outcomes.add(AuditLine.read(line, origin(source, file)));
            } catch (LineFault e) {
                // As said above.
            }
        }

        private void read(Recognised file, int index) {
            try (LineSource source = LineSource.open(file.path())) {
                while (source.next()) {
                    if (source.isBlank()) {
                        continue;
                    }
                    lines++;
                    if (file.audit() && !source.ended()) {
                        notes.add(HistoryCode.TORN, origin(source, file));
                    } else {
                        line(source, file, index);
                    }
                }
            } catch (IOException e) {
                throw Recognised.unreadable(file.name(), e);
            }
        }

        private void line(LineSource source, Recognised file, int index) {
            try (Line line = new Line(source)) {
                if (file.audit()) {
                    record(line, source, file, index);
                } else {
                    decision(line, source, file, index);
                }
            } catch (LineFault e) {
                boolean torn = !source.ended() && e.code() == HistoryCode.SYNTAX;
                LineFault told = torn
                        ? new LineFault(
                                e.code(),
                                e.column(),
                                "the file ends in the middle of this line: it seems to be cut off, take it over again")
                        : e;
                faults.add(told, source, file.name());
            }
        }

        private void decision(Line line, LineSource source, Recognised file, int index) {
            String origin = origin(source, file);
            PastDecision decision = LineReader.read(line, origin);
            if (!decision.id().equals(origin) && isRepeated(decision.id(), source, index, origin)) {
                return;
            }
            boolean backwards = decision.decided()
                    .filter(decided -> decided.isBefore(decision.opened()))
                    .isPresent();
            clock(decision.opened(), backwards, origin);
            boolean answered = decision.result() == Result.APPROVED || decision.result() == Result.DENIED;
            if (answered && decision.route() == Route.UNKNOWN) {
                notes.add(HistoryCode.NOBODY, origin);
            }
            handOver(decision);
        }

        private void record(Line line, LineSource source, Recognised file, int index) {
            String origin = origin(source, file);
            AuditLine record = AuditLine.read(line, origin);
            if (!record.kind().equals(AuditLine.VOIDED)) {
                clock(record.time(), false, origin);
            }
            if (!AuditLine.isFolded(record.kind())) {
                if (!AuditLine.isKnown(record.kind())) {
                    notes.add(HistoryCode.UNKNOWN_KIND, origin);
                }
                return;
            }
            if (record.kind().equals(AuditLine.OUTCOME)) {
                requireOutcome(record);
            } else if (!record.kind().equals("requested") || !isRepeated(record.requestId(), source, index, origin)) {
                fold.add(record);
            }
        }

        private static void requireOutcome(AuditLine record) {
            if (Outcomes.outcome(record) == null) {
                throw new LineFault(
                        HistoryCode.WORD,
                        1,
                        "'outcome' of the details is neither ok, reversed nor incident: use a newer jit");
            }
        }

        private void clock(Instant time, boolean backwards, String origin) {
            Instant before = latest;
            if (backwards || (before != null && time.isBefore(before))) {
                notes.add(HistoryCode.CLOCK, origin);
            }
            latest = time;
        }

        private boolean isRepeated(String id, LineSource source, int index, String origin) {
            SeenIds.Before before = ids.add(id, source, index);
            if (before == null) {
                return false;
            }
            if (before.same()) {
                notes.add(HistoryCode.REPEATED, origin);
                return true;
            }
            throw new LineFault(
                    HistoryCode.CONTRADICTION,
                    1,
                    "the id " + Words.quote(id) + " stands in "
                            + files.get(before.file()).name() + ":" + before.number()
                            + " already, and that line says something else: give each decision its own id, or leave out"
                            + " one of them");
        }

        private static String origin(LineSource source, Recognised file) {
            return file.name() + ":" + source.number();
        }
    }
}
