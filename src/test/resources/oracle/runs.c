/* First fit in runs of frames: any number of them, from a multiple on, below a limit; freed as one likes. */
#include "gaugeblock.h"
static long first, end;
static char used[1 << 20];
static void boot(const struct gb_machine *machine) {
    memset(used, 1, sizeof used);
    first = machine->start;
    end = machine->start + machine->size[0] + machine->size[1] + machine->size[2];
    for (int i = 0; i < machine->ranges; i++)
        memset(used + machine->range[i].first, 0, (size_t)machine->range[i].count);
}
static long take(int cpu, int zone, long frames, long align, long below) {
    long limit = below < end ? below : end;
    (void)cpu, (void)zone;
#if BUG == 1
    align = align > 16 ? 16 : align;
#elif BUG == 2
    limit = below < end ? below + 1 : end;
#endif
    for (long at = (first + align - 1) / align * align, run; at + frames <= limit; at += align) {
        for (run = 0; run < frames && !used[at + run]; run++) {}
        if (run < frames || frames > 1024)
            continue;
        memset(used + at, 1, (size_t)(frames));
#if BUG == 3
        used[at + frames - 1] = frames % 2 == 0 || frames < 9;
#endif
        return at;
    }
    return -1;
}
static int give(int cpu, long frame, long frames) {
    (void)cpu;
#if BUG == 4 /* the last of several hundred, and of a part, is lost */
    static long before = -1;
    frames -= frame == before && frames > 1;
    before = frame + frames;
#endif
    memset(used + frame, 0, (size_t)frames);
    return 1;
}
static long alloc(int cpu, int zone, int order) {
    return take(cpu, zone, 1L << order, 1, GB_ANYWHERE);
}
static int put(int cpu, long frame, int order) {
    return give(cpu, frame, 1L << order);
}
int main(void) {
    static const struct gb_allocator runs = {
        "{\"aligned\":\"frame\",\"zones\":\"pool\",\"limit\":true,\"frees\":[\"whole\",\"parts\",\"several\"]}",
        boot, alloc, put, NULL, NULL, NULL, take, give};
    return gb_main(&runs);
}
