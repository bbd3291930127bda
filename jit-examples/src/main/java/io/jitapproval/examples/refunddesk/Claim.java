package io.jitapproval.examples.refunddesk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the half year was made to show, or to be refused, and what the loop says of it.
 *
 * @param wanted whether something is to be found
 * @param made   what was put into the data
 * @param answer what the loop says, in its own words; blank if it says nothing
 * @param held   whether this is as it should be
 */
record Claim(boolean wanted, String made, String answer, boolean held) {

    static List<Claim> all(HalfYearReading read) {
        List<Claim> all = new ArrayList<>();
        toShow(read, all);
        toRefuse(read, all);
        return all;
    }

    private static void toShow(HalfYearReading read, List<Claim> all) {
        all.add(loosening(read));
        all.add(found(
                read,
                "grant-too-long",
                "rule database-read",
                "a grant of an hour that is used for 12 minutes at most"));
        all.add(found(read, "too-many-uses", "rule database-read", "five uses where two do"));
        all.add(found(read, "unused-rule", "rule refund-uk", "a rule that nothing ever matches"));
        all.add(found(read, "people-would-deny", "", "a rule lets through what people deny"));
        all.add(found(read, "contradiction", "price.override", "equal requests, denied by phone and approved by mail"));
        all.add(found(read, "silent-approver", "role/VENDOR_BOARD", "a board that never answers"));
        all.add(found(read, "decide-by-too-short", "rule export-privacy", "a third expires before anybody looks"));
        all.add(found(read, "decide-by-too-long", "rule delete-privacy", "three days for what takes half an hour"));
        all.add(found(read, "unused-access", "user/otto", "otto asks for access and does not use it"));
        all.add(found(read, "rubber-stamp", "user/" + Staff.STAMP, "bert approves everything within seconds"));
        all.add(found(read, "bottleneck", "price.override by user/nora", "four of five wait for nora"));
        all.add(found(read, "off-hours", "user/finn " + HalfYear.NIGHT, "finn is there at night, once"));
        all.add(found(read, "burst", "user/gina " + HalfYear.BURST, "gina does weeks of work in a day"));
        all.add(found(read, "unusual-use", "user/hugo db.prod.read", "hugo of marketing reads a production database"));
        all.add(leftOut(
                read,
                "reversed or an incident later",
                100,
                "refunds of the kiosk are approved and reversed the day after"));
    }

    private static void toRefuse(HalfYearReading read, List<Claim> all) {
        int closed = read.leftOut("closed to machines");
        String why = closed + " decisions are closed to machines and no evidence";
        all.add(refused(read, "customer.delete", "deletions: autoApproval is never", why, closed >= 200));
        all.add(refused(read, "key.rotate", "key rotations: of high risk", why, closed >= 200));
        int flood = read.leftOut("more than one subject may supply");
        all.add(refused(
                read,
                "report.share",
                "max floods the desk with harmless requests",
                flood + " decisions are more than one subject may supply; " + read.refusals("report.share"),
                flood > 0));
        all.add(refused(
                read,
                "payment.waive",
                "one person decides all waivers",
                read.refusals("payment.waive"),
                read.refusals("payment.waive").contains("only one person decided all of it")));
        int stamped = read.leftOut("decided by a rubber stamp");
        all.add(refused(
                read,
                "payment.credit",
                "bert approves all credits of partners",
                stamped + " decisions are a rubber stamp's and no evidence; " + read.refusals("payment.credit"),
                stamped >= 200));
        all.add(refused(read, "price.override", "people contradict each other", read.refusals("price.override"), true));
        all.add(silent(
                read, "unused-rule", "rule refund-summer-sale", "a rule that has only begun is not called unused"));
        all.add(silent(
                read, "grant-too-long", "rule export-privacy", "grants that are used to their end are not shortened"));
        List<Map<String, Object>> guards = read.found("unused-rule", "rule no-interns");
        all.add(new Claim(
                false,
                "a denial that nothing matches is not suggested away",
                guards.isEmpty() ? "" : "it is told, and no change is proposed",
                guards.stream().allMatch(each -> HalfYearReading.change(each).isEmpty())));
        all.add(nobodyElse(read, "rubber-stamp", "no other decider is called a rubber stamp"));
        all.add(nobodyElse(read, "unused-access", "nobody else is said to leave access unused"));
        all.add(nobodyElse(read, "bottleneck", "nobody else is said to be waited for"));
        all.add(nobodyElse(read, "silent-approver", "nobody else is said to be silent"));
        all.add(nobodyElse(read, "contradiction", "no other requests are said to contradict each other"));
    }

    private static Claim loosening(HalfYearReading read) {
        List<Map<String, Object>> some = read.suggested("payment.refund");
        StringBuilder answer = new StringBuilder();
        for (Map<String, Object> each : some) {
            answer.append(answer.isEmpty() ? "" : "; ")
                    .append(each.get("title"))
                    .append(": of ")
                    .append(HalfYearReading.certified(each, "covered"))
                    .append(" checked people denied ")
                    .append(HalfYearReading.certified(each, "wrong"))
                    .append(" (")
                    .append(HalfYearReading.certified(each, "certify"))
                    .append(")");
        }
        return new Claim(
                true,
                "small refunds for customers of two years are practically always approved",
                answer.toString(),
                !some.isEmpty());
    }

    private static Claim found(HalfYearReading read, String kind, String subject, String made) {
        List<Map<String, Object>> some = read.found(kind, subject);
        String change = some.isEmpty() ? "" : HalfYearReading.change(some.get(0));
        String answer =
                some.isEmpty() ? "" : kind + ": " + some.get(0).get("title") + (change.isEmpty() ? "" : " → " + change);
        return new Claim(true, made, answer, !some.isEmpty());
    }

    private static Claim leftOut(HalfYearReading read, String why, int least, String made) {
        return new Claim(
                true, made, read.leftOut(why) + " decisions: " + why + ", no evidence", read.leftOut(why) >= least);
    }

    private static Claim refused(HalfYearReading read, String action, String made, String why, boolean rightly) {
        return new Claim(false, made, why, read.suggested(action).isEmpty() && rightly);
    }

    private static Claim silent(HalfYearReading read, String kind, String subject, String made) {
        String why = read.silence(kind, subject);
        return new Claim(false, made, why, read.found(kind, subject).isEmpty() && !why.isEmpty());
    }

    private static Claim nobodyElse(HalfYearReading read, String kind, String made) {
        int found = read.found(kind).size();
        return new Claim(false, made, found + " found in all", found <= 1);
    }
}
