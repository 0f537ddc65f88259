package triplex.disk;

import java.io.IOException;

/**
 * Something that fsck found to be untrue of an image.
 *
 * @param stage the lower must be repaired before the higher can be judged
 */
record Finding(Rule rule, Stage stage, String text, Fix fix) {
    /** The properties of SPEC.md, section 10. */
    enum Rule {
        ORPHAN("property 1"),
        DANGLING("property 2"),
        DIRECTORY("property 3"),
        SYMLINK("property 4"),
        ALIAS("property 5"),
        ALLOCATION("property 6"),
        CHECKSUM("checksum"),
        FORMAT("format"),
        ROOT("root"),
        STATE("state area"),
        MIRROR("mirror");

        final String title;

        Rule(String title) {
            this.title = title;
        }
    }

    /** Repair goes stage by stage, each followed by a new check. */
    enum Stage { HALVES, INODE_FILE, FILES, NAMES, COUNTS }

    /** A change that makes the finding untrue, or leaves a smaller one for the next round. */
    interface Fix {
        void apply(VolumeEditor volume) throws IOException;

        /** Nothing to do but a new sync, which writes bitmap, counts and state area afresh. */
        static Fix sync() {
            return volume -> { };
        }
    }

    @Override
    public String toString() {
        return rule.title + ": " + text;
    }
}
