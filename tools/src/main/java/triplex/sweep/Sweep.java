package triplex.sweep;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import triplex.machine.UserError;

/**
 * Makes the runs of a campaign over workloads. Runs that begin alike share their beginning: a machine is brought to a
 * fault's cycle, saved there, and goes back to it for each fault that is tried.
 */
public final class Sweep {
    /** Points that one thread takes at a time. */
    private static final int PIECE = 12;

    private record Piece(Campaign campaign, Workload workload, Twin twin, Campaign.Trunk trunk, int from, int to) {
    }

    private final Laboratory laboratory;
    private final Ledger ledger;
    private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
    private final List<Result> results = new ArrayList<>();
    private final Consumer<Result> watcher;
    private RuntimeException defect;
    private boolean stopAtFirst;
    private boolean stopped;
    private int frames;

    /** Results, also those found in the ledger, go to {@code watcher} as they come. */
    Sweep(Laboratory laboratory, Ledger ledger, Consumer<Result> watcher) {
        this.laboratory = laboratory;
        this.ledger = ledger;
        this.watcher = watcher;
    }

    /** A sweep that is kept nowhere. */
    public Sweep(Laboratory laboratory, Consumer<Result> watcher) {
        this(laboratory, Ledger.none(), watcher);
    }

    /**
     * Adds the runs of a campaign over a workload.
     *
     * @param points most points of time; 0: every frame
     * @throws UserError 126 when the workload fails without faults
     */
    public void add(Campaign campaign, Workload workload, int points) throws UserError {
        for (Workload variant : campaign.variants(workload, laboratory.boards())) {
            Twin twin = laboratory.twin(variant);
            frames += twin.frames().size();
            for (Campaign.Trunk trunk : campaign.trunks(twin, variant, laboratory.boards(), points,
                    laboratory.station())) {
                for (int from = 0; from < trunk.points().size(); from += PIECE) {
                    pieces.add(new Piece(campaign, variant, twin, trunk, from,
                        Math.min(from + PIECE, trunk.points().size())));
                }
            }
        }
    }

    /** Keeps every {@code shards}th piece only, from the {@code shard}th on; 1 is the first. */
    void keep(int shard, int shards) {
        int[] number = {0};
        pieces.removeIf(piece -> number[0]++ % shards != shard - 1);
    }

    /** Frames of the workloads without faults. */
    int frames() {
        return frames;
    }

    /** Runs that are to be made, those in the ledger included. */
    public int size() {
        return pieces.stream().mapToInt(p -> p.trunk.runs(p.from, p.to)).sum();
    }

    /** Makes all runs; the results in no certain order. {@code jobs}: machines at work at the same time. */
    public List<Result> run(int jobs) {
        return run(jobs, false);
    }

    /** The same; with {@code first}, no further run is begun when one has failed. */
    List<Result> run(int jobs, boolean first) {
        stopAtFirst = first;
        List<Thread> threads = new ArrayList<>();
        for (int k = 0; k < jobs; k++) {
            Thread thread = new Thread(this::work, "sweep " + k);
            thread.start();
            threads.add(thread);
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            synchronized (this) {
                pieces.clear();
            }
            Thread.currentThread().interrupt();
        }
        if (defect != null) {
            throw defect;
        }
        return results;
    }

    private synchronized Piece next() {
        return defect == null && !stopped ? pieces.poll() : null;
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private synchronized void found(Result result) {
        results.add(result);
        stopped |= stopAtFirst && result.failed();
        watcher.accept(result);
    }

    private void work() {
        try {
            Station station = laboratory.station();
            for (Piece piece = next(); piece != null; piece = next()) {
                sweep(station, piece);
            }
        } catch (RuntimeException e) {
            synchronized (this) {
                defect = e;
            }
        }
    }

    private void sweep(Station station, Piece piece) {
        List<Result> known = known(piece);
        if (known.size() == piece.trunk.runs(piece.from, piece.to)) {
            known.forEach(this::found);
            return;
        }
        Judge judge = new Judge(laboratory, piece.workload, piece.twin, laboratory::isNew);
        station.restore(piece.twin.base());
        station.inject(piece.trunk.prefix());
        int done = piece.trunk.prefix().faults().size();
        for (int k = piece.from; k < piece.to && !isStopped(); k++) {
            Campaign.Point point = piece.trunk.points().get(k);
            station.run(point.cycle(), false);
            Station.Saved here = station.save();
            for (FaultPlan attempt : point.attempts()) {
                FaultPlan plan = piece.trunk.prefix().then(point.cycle(), attempt);
                Result result = ledger.find(piece.workload.name(), plan);
                if (result == null) {
                    station.restore(here);
                    result = judge.run(station, plan, done).in(piece.campaign.word());
                    ledger.add(result);
                }
                found(result);
            }
            station.restore(here);
        }
    }

    /** Results of a piece that the ledger has. */
    private List<Result> known(Piece piece) {
        List<Result> known = new ArrayList<>();
        for (int k = piece.from; k < piece.to; k++) {
            Campaign.Point point = piece.trunk.points().get(k);
            for (FaultPlan attempt : point.attempts()) {
                Result result = ledger.find(piece.workload.name(),
                    piece.trunk.prefix().then(point.cycle(), attempt));
                if (result != null) {
                    known.add(result);
                }
            }
        }
        return known;
    }

    /** One run, from the beginning; {@code before} is done just before the first fault. */
    static Result one(Laboratory laboratory, Station station, Workload workload, Twin twin, FaultPlan plan,
            Runnable before) {
        station.restore(twin.base());
        station.run(plan.first(), false);
        before.run();
        return new Judge(laboratory, workload, twin, image -> true).run(station, plan, 0);
    }
}
