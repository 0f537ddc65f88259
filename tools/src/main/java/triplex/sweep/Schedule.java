package triplex.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The one table of what a full sweep is: which campaigns take every frame of which workloads, and how many points of
 * the others.
 */
public final class Schedule {
    /** Workloads whose every frame is taken: an editor, shells here and on another board, families, signals, a race. */
    private static final String COMPLETE = "ed storm orphans signals append";
    private static final String ALL = "";

    /** One campaign over one workload; {@code points} 0: every frame. */
    public record Row(Campaign campaign, Workload workload, int points) {
    }

    private record Line(Campaign campaign, String every, int others, String otherWorkloads) {
    }

    private static final List<Line> LINES = List.of(
        new Line(Campaign.PULL, COMPLETE, 100, ALL),
        new Line(Campaign.SYNC, "storm", 60, "ed signals bank families"),
        new Line(Campaign.RETURN, "ed storm", 18, ALL),
        new Line(Campaign.SECOND, "ed storm", 18, ALL),
        new Line(Campaign.AGAIN, "ed storm", 18, "append bank families signals"),
        new Line(Campaign.SECTOR, COMPLETE, 30, ALL),
        new Line(Campaign.POWER, COMPLETE, 60, ALL),
        new Line(Campaign.BLACKOUT, "", 120, "ed append storm families bank mix"),
        new Line(Campaign.DRIVE, "", 20, "ed append storm bank"),
        new Line(Campaign.PORT, "", 12, ALL),
        new Line(Campaign.DARK, "", 12, "ed storm append bank print which"),
        new Line(Campaign.LANE, "", 10, ALL),
        new Line(Campaign.INSERT, "", 20, ALL),
        new Line(Campaign.BABBLE, "", 30, ALL),
        new Line(Campaign.HANG, COMPLETE, 30, ALL));

    private Schedule() {
    }

    /** The same number of points of each workload in each campaign; 0: every frame. */
    public static List<Row> of(List<Campaign> campaigns, List<Workload> workloads, int points) {
        List<Row> rows = new ArrayList<>();
        for (Campaign campaign : campaigns) {
            workloads.forEach(workload -> rows.add(new Row(campaign, workload, points)));
        }
        return rows;
    }

    /** The table, as far as it is about these. */
    public static List<Row> full(List<Campaign> campaigns, List<Workload> workloads) {
        List<Row> rows = new ArrayList<>();
        for (Line line : LINES) {
            List<String> every = words(line.every);
            List<String> others = words(line.otherWorkloads);
            for (Workload workload : workloads) {
                if (campaigns.contains(line.campaign) && (every.contains(workload.name()) || others.isEmpty()
                        || others.contains(workload.name()))) {
                    rows.add(new Row(line.campaign, workload, every.contains(workload.name()) ? 0 : line.others));
                }
            }
        }
        return rows;
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
    }
}
