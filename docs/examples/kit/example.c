#define GB_THREADS /* bursts of threads: link with -pthread */
#include "gaugeblock.h"
#include "../c-buddy/buddy.h"
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void boot(const struct gb_machine *machine) {
    long at = machine->start;
    buddy_forget();
    for (int i = 0; i < machine->ranges; i++) {
        buddy_reserve(at, machine->range[i].first - at); /* what lies before a range of free frames */
        at = machine->range[i].first + machine->range[i].count;
    }
    buddy_reserve(at, machine->start + machine->size[0] + machine->size[1] + machine->size[2] - at);
    buddy_init(machine->size, machine->start);
}
static long take(int cpu, int zone, int order) {
    pthread_mutex_lock(&lock);
    long frame = cpu < 0 ? -1 : buddy_alloc(zone, order);
    pthread_mutex_unlock(&lock);
    return frame;
}
static int give(int cpu, long frame, int order) {
    pthread_mutex_lock(&lock);
    int right = cpu >= 0 && buddy_free(frame, order);
    pthread_mutex_unlock(&lock);
    return right;
}
int main(void) {
    static const struct gb_allocator us = {"{\"threads\":4}", boot, take, give, NULL, NULL, buddy_free_frames, NULL, NULL};
    return gb_main(&us);
}
