package triplex.sweep;

import java.util.ArrayList;
import java.util.List;
import triplex.hw.Fault;
import triplex.m68k.jit.CodeCache;
import triplex.m68k.jit.Engine;
import triplex.machine.GuestFiles;
import triplex.machine.MachineSpec;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;
import triplex.tests.determinism.Events;

/**
 * Runs workloads of the sweeps, in the middle of each of which a board is pulled, and prints digests of the machine and
 * of all that happened: of each workload a line about its beginning, then for each engine one about the loss and one
 * about the end. Arguments: the engine of boot and preparation, the engines of the runs with commas between them (of
 * two equal ones the second finds code compiled), and the workloads; none: all. It stands in the sweeps' package
 * because it is made of their parts.
 */
public final class WorkloadRun {
    /** The word before the number of regions. */
    public static final String REGIONS = "regions ";
    private static final long PATIENCE = 30 * SimulatedTime.SECOND;

    private WorkloadRun() {
    }

    /** The lines of one workload, those of each engine behind each other. */
    static List<String> lines(Laboratory laboratory, String name, List<Engine> engines) throws UserError {
        Workload workload = Workloads.find(name);
        Twin twin = laboratory.twin(workload);
        int board = Workloads.all().indexOf(workload) % laboratory.boards();
        long middle = twin.commits()[twin.frames().size() / 2] + 1;
        List<String> lines = new ArrayList<>();
        lines.add(name + " begins at " + twin.base().state().cycle() + ", ends at " + twin.end());
        for (Engine engine : engines) {
            Station station = laboratory.station();
            station.machine().hardware().setEngine(engine, false);
            station.restore(twin.base());
            Events events = new Events();
            events.listenTo(station.machine());
            station.run(middle, false);
            station.inject(new Fault.OfBoard(board, Fault.BoardFault.PULL));
            lines.add(line(name, "loses board " + board, station, events));
            station.run(twin.end() + PATIENCE, true);
            boolean good = station.trouble() == null && station.finished();
            lines.add(line(name, good ? "ends" : "fails", station, events));
        }
        return lines;
    }

    private static String line(String name, String what, Station station, Events events) {
        return name + " " + what + " at " + station.machine().now() + " "
            + Long.toHexString(station.machine().digest()) + " " + Long.toHexString(events.sum());
    }

    /** See above. */
    public static void main(String[] arguments) throws UserError {
        Laboratory laboratory = new Laboratory(GuestFiles.archive(), MachineSpec.standard(), Engine.of(arguments[0]));
        List<Engine> engines = new ArrayList<>();
        for (String engine : arguments[1].split(",")) {
            engines.add(Engine.of(engine));
        }
        List<String> names = arguments.length > 2 ? List.of(arguments).subList(2, arguments.length)
            : Workloads.all().stream().map(Workload::name).toList();
        for (String name : names) {
            lines(laboratory, name, engines).forEach(System.out::println);
        }
        System.out.println(REGIONS + CodeCache.SHARED.size());
    }
}
