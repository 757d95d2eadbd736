/* A binary buddy allocator for page frames in up to three zones. */
#ifndef BUDDY_H
#define BUDDY_H

#define ZONES 3
#define MAX_ORDER 11          /* orders 0..10 */
#define MAX_FRAMES (1L << 20)

/* Keeps `count` frames from `first` on from ever being handed out: before buddy_init. */
void buddy_reserve(long first, long count);

/* Forgets what is reserved. */
void buddy_forget(void);

/* Lays out the zones one after the other from frame `start` on; sizes in frames. All other frames are free. */
void buddy_init(const long sizes[ZONES], long start);

/* The first frame of a block of 2^order frames from the highest zone up to `zone` that has one, or -1. */
long buddy_alloc(int zone, int order);

/* Takes back a block. Returns 0 if `frame` and `order` name no block that was handed out. */
int buddy_free(long frame, int order);

/* Free frames of a zone. */
long buddy_free_frames(int zone);

#endif
