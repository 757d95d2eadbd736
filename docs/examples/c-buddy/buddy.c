/*
 * A block of order n starts at a multiple of 2^n frames, counted from its zone's start; its buddy is the block whose
 * number differs in bit n alone. Free blocks stand in a list for each zone and order, linked by frame number.
 * BROKEN is 0 for the correct allocator, and 1 to 8 for one that gaugeblock must reject (see the Makefile).
 */
#include "buddy.h"
#include <string.h>

#ifndef BROKEN
#define BROKEN 0
#endif

enum { NEITHER, FREE, LIVE }; /* what starts at a frame: no block, a free block, a block that was handed out */

static struct {
    long start, size, free, head[MAX_ORDER];
} zones[ZONES];

static struct {
    long prev, next; /* in a free list; -1 at its ends */
    unsigned char state, order;
} frames[MAX_FRAMES];

static unsigned char reserved[MAX_FRAMES];
#if BROKEN == 4
static int frees_of_order_3;
#endif

static void push(int z, long frame, int order) {
    long head = zones[z].head[order];
    frames[frame].state = FREE;
    frames[frame].order = order;
    frames[frame].prev = -1;
    frames[frame].next = head;
    if (head >= 0)
        frames[head].prev = frame;
    zones[z].head[order] = frame;
}

static void unlink_block(int z, long frame) {
    long prev = frames[frame].prev, next = frames[frame].next;
    if (prev >= 0)
        frames[prev].next = next;
    else
        zones[z].head[frames[frame].order] = next;
    if (next >= 0)
        frames[next].prev = prev;
    frames[frame].state = NEITHER;
}

/* Frees a block, as one with its buddy while that is free and as large. */
static void give(int z, long frame, int order) {
    long index = frame - zones[z].start;
    zones[z].free += 1L << order;
    while (order < MAX_ORDER - 1) {
        long buddy = index ^ (1L << order);
        long other = zones[z].start + buddy;
        if (buddy + (1L << order) > zones[z].size || frames[other].state != FREE || frames[other].order != order)
            break;
#if BROKEN == 1
        break; /* never merges: memory falls to pieces */
#endif
        unlink_block(z, other);
        index &= buddy;
        order++;
    }
    push(z, zones[z].start + index, order);
}

void buddy_reserve(long first, long count) {
    memset(&reserved[first], 1, count);
#if BROKEN == 7
    reserved[first + count - 1] = 0; /* the last frame of a range goes to the free ones */
#endif
}

void buddy_forget(void) {
    memset(reserved, 0, sizeof reserved);
#if BROKEN == 4
    frees_of_order_3 = 0;
#endif
}

static int is_free(long frame, int order) {
    for (long f = frame; f < frame + (1L << order); f++)
        if (reserved[f])
            return 0;
    return 1;
}

void buddy_init(const long sizes[ZONES], long start) {
    for (int z = 0; z < ZONES; z++) {
        zones[z].start = start;
        zones[z].size = sizes[z];
#if BROKEN == 8
        if (sizes[z] > 1)
            zones[z].size &= ~1L; /* the last frame of an odd zone is forgotten */
#endif
        zones[z].free = 0;
        memset(&frames[start], 0, sizes[z] * sizeof frames[0]); /* nothing starts anywhere */
        for (int order = 0; order < MAX_ORDER; order++)
            zones[z].head[order] = -1;
        for (long index = 0; index < zones[z].size;) {
            int order = MAX_ORDER - 1;
            while (order > 0 && ((index & ((1L << order) - 1)) != 0 || index + (1L << order) > zones[z].size
                                 || !is_free(start + index, order)))
                order--;
            if (reserved[start + index]) {
                index++;
                continue;
            }
            push(z, start + index, order);
            zones[z].free += 1L << order;
            index += 1L << order;
        }
        start += sizes[z];
    }
}

static long take(int z, int order) {
    int found = order;
    while (found < MAX_ORDER && zones[z].head[found] < 0)
        found++;
#if BROKEN == 6
    if (found == MAX_ORDER && order == MAX_ORDER - 1 && zones[z].head[order - 1] >= 0) {
        unlink_block(z, zones[z].head[order - 1]); /* undoes what it did not do: takes half a block, gives none */
        zones[z].free -= 1L << (order - 1);
    }
#endif
    if (found == MAX_ORDER)
        return -1;
    long frame = zones[z].head[found];
    unlink_block(z, frame);
    while (found > order) { /* keep the lower half */
        found--;
#if BROKEN == 2
        push(z, frame, found); /* the half that is kept is on the list, too */
#else
        push(z, frame + (1L << found), found);
#endif
    }
    frames[frame].state = LIVE;
    frames[frame].order = order;
    zones[z].free -= 1L << order;
    return frame;
}

long buddy_alloc(int zone, int order) {
    if (order < 0 || order >= MAX_ORDER)
        return -1;
#if BROKEN == 3
    zone = ZONES - 1; /* forgets which zones the caller can use */
#endif
    for (int z = zone; z >= 0; z--) {
        long frame = take(z, order);
        if (frame >= 0)
            return frame;
    }
    return -1;
}

int buddy_free(long frame, int order) {
    for (int z = 0; z < ZONES; z++) {
        if (frame >= zones[z].start && frame < zones[z].start + zones[z].size) {
            if (frames[frame].state != LIVE || frames[frame].order != order)
                return 0;
            frames[frame].state = NEITHER;
#if BROKEN == 4
            if (order == 3 && ++frees_of_order_3 % 1000 == 0)
                return 1; /* lost, once in 1000 */
#elif BROKEN == 5
            if (order == MAX_ORDER - 1) { /* one frame of the largest block is lost */
                for (int part = MAX_ORDER - 2; part >= 0; part--)
                    give(z, frame + (1L << part), part);
                return 1;
            }
#endif
            give(z, frame, order);
            return 1;
        }
    }
    return 0;
}

long buddy_free_frames(int zone) {
    return zones[zone].free;
}
