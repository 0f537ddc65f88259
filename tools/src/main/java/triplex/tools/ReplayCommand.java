package triplex.tools;

import java.nio.file.Path;
import org.apache.commons.cli.CommandLine;
import triplex.console.Boot;

/** {@code triplex replay}: a recorded run again, to the same end. */
final class ReplayCommand {
    private static final Usage USAGE = new Usage("replay [OPTION ...] RECORDING",
            "Runs what triplex boot --record kept once more, on throw-away copies of its\n"
            + "disks, and compares the state at the end.")
            .option("image", "my/disk", "where the disks of the recording are")
            .notes("Exit: 0 the same; 65 bad recording or other disks; 66 missing; 126 not the same");

    private ReplayCommand() {
    }

    static int run(String[] args, Command.Context context) throws Failure {
        CommandLine line = USAGE.parse(args, 1, 1, context.out());
        if (line == null) {
            return 0;
        }
        String image = line.getOptionValue("image");
        return Boot.replay(Path.of(line.getArgList().get(0)), image == null ? null : Path.of(image), context.out(),
                context.err());
    }
}
