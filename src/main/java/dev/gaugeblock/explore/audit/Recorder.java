package dev.gaugeblock.explore.audit;

import dev.gaugeblock.explore.audit.Location.Touch;
import dev.gaugeblock.explore.execution.AuditRule;
import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.execution.Watcher;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.explore.state.Step;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Wakeup;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Judges what the programs of one execution touch.
 *
 * <p>A step has a head, the one access that it announced, and a tail, all the rest up to the next point. What others
 * may count on is the order of heads; so a tail is a segment of its own, and so is what comes after the release of a
 * lock.
 */
final class Recorder implements Watcher {
    private final Audit audit;
    private final Sites sites;
    private final boolean told;
    final Set<Object> ghosts = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<String, Object> announcedBy = new HashMap<>();
    private Simulation simulation;
    private boolean[] hasHandler;
    private Clocks clocks;
    private Locations<Location> locations;
    private boolean recording;
    private int current;
    private int step;
    private final StepHead head = new StepHead();
    /** The word that the running program may touch next without an announcement: nobody else names or sees it. */
    private @Nullable Object own;

    /** {@code null} for a test without a handler. */
    private final @Nullable StrikeWatch strikes;
    /** {@code null} where states are not told apart. */
    private @Nullable StateWatch states;

    private boolean booted;
    private long accesses;
    private @Nullable Finding first;

    @SuppressWarnings("nullness:initialization.fields.uninitialized") // begins() comes before anything is recorded.
    Recorder(Audit audit, Sites sites, boolean told) {
        this.audit = audit;
        this.sites = sites;
        this.told = told;
        this.strikes = audit.hasHandlers() ? new StrikeWatch(audit.strikes()) : null;
    }

    @Override
    public void boots() {
        Hooks.tell(this);
    }

    @Override
    public void begins(Simulation ready) {
        booted = true;
        simulation = ready;
        hasHandler = new boolean[ready.cpuCount()];
        for (int i = 0; i < ready.programs(); i++) {
            hasHandler[ready.program(i).cpu] |= ready.program(i).interrupt;
        }
        clocks = new Clocks(ready);
        locations = new Locations<>(() -> new Location(clocks.tasks()));
        states = audit.judgesStates() ? new StateWatch(clocks.tasks()) : null;
        audit.listener().begins(ready);
        if (strikes != null) {
            strikes.begins(ready);
        }
    }

    @Override
    public void starts(int program) {
        Hooks.tell(this);
        current = program;
        head.none();
        recording = true;
    }

    @Override
    public void steps(
            int program, Step taken, @Nullable Object object, @Nullable Object second, @Nullable Wakeup wakeup) {
        Hooks.tell(this);
        step++;
        if (strikes != null) {
            strikes.steps(program, taken);
        }
        if (taken.decides()) {
            return;
        }
        current = program;
        own = null;
        if (!clocks.isBuffer(program)) {
            audit.listener().steps(program);
        }
        clocks.steps(program, taken);
        head.none();
        if (object != null) {
            requireOneName(taken.object(), object);
            clocks.announces(current, taken);
        }
        if (second != null) {
            requireOneName(taken.alsoRead(), second);
            clocks.reads(program, taken.alsoRead());
        }
        recording = true;
        if (wakeup != null && object != null) {
            head.open(object, null, true);
            head.enter(object);
            wakeup.isDue();
            head.leave();
            clocks.next(program);
        } else if (object != null && taken.kind() != Step.Kind.ACQUIRE) {
            head.open(object, second, taken.onlyReads());
            if (!Instrumenter.isWord(object)) {
                head.none();
                clocks.next(program);
            }
        }
    }

    @Override
    public void accessesOwn(Object word) {
        own = word;
    }

    @Override
    public void stores(Object word) {
        own = word;
        clocks.stores(current);
    }

    /** The reduction knows locks and words by their names. */
    private void requireOneName(String name, Object object) {
        Object known = announcedBy.putIfAbsent(name, object);
        if (known != null && known != object && !Exemption.sharesName(name)) {
            found(
                    AuditRule.WORD_MISUSED,
                    name,
                    "two objects are announced by one name, \"" + name + "\", in step " + step
                            + " and before it: the reduction takes them for one");
        }
    }

    @Override
    public void rests() {
        if (!recording) {
            return;
        }
        recording = false;
        int cpu = clocks.cpu(current);
        if (hasHandler[cpu]) {
            clocks.endsOn(cpu, current);
        }
    }

    @Override
    public void goesOn() {
        recording = true;
    }

    @Override
    public boolean judgesStates() {
        return states != null;
    }

    @Override
    public void hashes() {
        StateWatch watch = states;
        if (watch != null) {
            Hooks.tell(this);
            watch.hashes(step + 1);
        }
    }

    @Override
    public void sees(int program) {
        StateWatch watch = states;
        if (watch != null) {
            Hooks.tell(this);
            watch.sees(program);
        }
    }

    @Override
    public void looked() {
        if (states != null) {
            states.looked();
        }
    }

    @Override
    public void operationBegins(int program, LitmusOperation operation) {
        audit.listener().calls(program, operation);
        if (states != null) {
            states.operationBegins(program);
            sees(program);
        }
    }

    @Override
    public void operationEnds(int program) {
        audit.listener().returns(program);
        if (states != null) {
            states.operationEnds(program);
        }
    }

    @Override
    public void releases(SpinLock lock) {
        clocks.releases(current, lock.toString());
        clocks.next(current);
    }

    @Override
    public void leavesCpu(int program) {
        clocks.leavesCpu(program);
    }

    @Override
    public @Nullable Violation ended() {
        Hooks.tell(null);
        audit.judged(accesses);
        Strikes.Struck struck = strikes == null ? null : strikes.ended();
        if (struck != null) {
            found(struck.finding());
        }
        Finding shown = audit.goesOn() ? null : first;
        return shown == null ? null : new Violation(shown.rule().id(), shown.message());
    }

    void looks(Object object, Object part) {
        if (states != null) {
            states.looks(object, part);
        }
    }

    void field(Object object, boolean writes, int number) {
        Site site = sites.site(number);
        access(object, site.target(), writes, site, number);
    }

    void element(Object array, int index, boolean writes, int number) {
        access(array, index, writes, sites.site(number), number);
    }

    void collection(Object collection, boolean writes, int number) {
        access(collection, Hooks.WHOLE, writes, sites.site(number), number);
    }

    void statics(boolean writes, int number) {
        Site site = sites.site(number);
        access(sites, site.target(), writes, site, number);
    }

    private void access(Object object, Object part, boolean writes, Site site, int number) {
        if (recording && !site.initializesClass()) {
            touch(object, part, writes, site, number);
        } else {
            looks(object, part);
        }
    }

    void made(Object object) {
        if (strikes != null && (recording || !booted)) {
            strikes.made(object, booted ? current : ObjectNames.BOOT);
        }
    }

    void enterOwned(Object word) {
        head.enter(word);
    }

    void exitOwned(Object word) {
        if (head.exit(word) && recording) {
            clocks.next(current);
        }
    }

    void announces(int number) {
        if (recording) {
            Access access = access(sites.site(number), current, step, callers());
            found(
                    AuditRule.WORD_MISUSED,
                    access.site().place(),
                    access + ": only words of the machine announce accesses");
        }
    }

    void asksGhost(int number) {
        if (recording) {
            ghostRead(sites.site(number));
        }
    }

    private void touch(Object object, Object part, boolean writes, Site site, int number) {
        accesses++;
        if (!clocks.isBuffer(current)) {
            audit.listener().touches(current, object, site);
        }
        if (site.ghost() || ghosts.contains(object)) {
            if (!site.inGhost() && !(site.makes() && writes)) {
                ghostRead(site);
            }
            return;
        }
        if (strikes != null && !clocks.isBuffer(current)) {
            strikes.touches(current, object, part, site, head.isInside());
        }
        if (states != null) {
            goesBy(states, object, part, writes, site, number);
        }
        if (site.ofWord() && object != own) {
            if (!site.makes() && !head.covers(object, site)) {
                Access access = access(site, current, step, callers());
                found(
                        AuditRule.WORD_MISUSED,
                        site.place() + access.callers(),
                        access + ": " + head.complaint(object, site));
            }
            return;
        }
        Touch touch = new Touch(current, clocks.segment(current), number, step, callers());
        Location location = locations.of(object, part);
        conflict(location.write(), touch);
        if (writes) {
            for (int task = 0; task < clocks.tasks(); task++) {
                conflict(location.read(task), touch);
            }
            location.write(touch);
        } else {
            location.read(touch);
        }
    }

    private void goesBy(StateWatch watch, Object object, Object part, boolean writes, Site site, int number) {
        if (writes) {
            watch.writes(current, object, part, step, number);
            return;
        }
        StateWatch.Missed missed = watch.reads(current, object, part, step);
        if (missed != null && !Exemption.leavesOut(site)) {
            Access write = access(sites.site(missed.site()), missed.writer(), missed.step(), "");
            Access read = access(site, current, step, callers());
            found(
                    AuditRule.UNHASHED_STATE,
                    site.target() + ": " + write.site().place() + " / " + site.place(),
                    read + ", what " + write + "; the key of the state before that step leaves it out, so the step may"
                            + " go on otherwise in another state of the same key");
        }
    }

    private void conflict(@Nullable Touch earlier, Touch touch) {
        if (earlier == null
                || earlier.task() == current
                || clocks.isBefore(earlier.task(), earlier.segment(), current)) {
            return;
        }
        Access one = access(sites.site(earlier.site()), earlier.task(), earlier.step(), earlier.callers());
        Access other = access(sites.site(touch.site()), current, step, touch.callers());
        String key = one.site().target() + ": " + one.site().place() + " / "
                + other.site().place();
        found(
                AuditRule.UNANNOUNCED_ACCESS,
                key,
                one + ", and " + other + ", and no step that others may depend on puts one before the other");
    }

    private void ghostRead(Site site) {
        Access access = access(site, current, step, callers());
        found(AuditRule.GHOST_READ, site.place(), access + ": only ghosts may touch a ghost, or take what it gives");
    }

    private Access access(Site site, int task, int inStep, String callers) {
        return new Access(site, clocks.name(task), inStep, callers);
    }

    private String callers() {
        return told ? Callers.ofAccess() : "";
    }

    private void found(AuditRule rule, String key, String message) {
        found(new Finding(rule, rule.id() + " " + key, message));
    }

    private void found(Finding finding) {
        audit.found(finding);
        first = first == null ? finding : first;
    }
}
