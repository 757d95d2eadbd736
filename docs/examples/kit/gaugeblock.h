/*
 * Lets gaugeblock judge a page allocator in C99 or C++17; docs/oracle.md says how. Include it first, in one file.
 *
 * gb_main(&yours)         speaks the protocol of `gaugeblock drive`. Standard output is kept free for the answers: what
 *                         the allocator prints goes to standard error. Needs POSIX; with GB_THREADS defined, threads.
 * gb_trace_begin(...)     writes a trace for `gaugeblock check` as the allocator goes, line by line.
 *
 * With GB_FREESTANDING defined nothing but the trace is there, no library and no allocator is needed, and you write
 * gb_putc, which sends a character to, say, a serial line.
 */
#ifndef GAUGEBLOCK_H
#define GAUGEBLOCK_H

#ifdef __GNUC__
#define GB_UNUSED __attribute__((unused))
#else
#define GB_UNUSED
#endif

/* --- Traces --- */

#ifdef GB_FREESTANDING
void gb_putc(char c);
#define GB_FLUSH() ((void)0)
#else
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static FILE *gb_file; /* of the trace */
GB_UNUSED static void gb_putc(char c) {
    fputc(c, gb_file);
}
#define GB_FLUSH() fflush(gb_file)
#endif

static long gb_events; /* events in the trace */

GB_UNUSED static void gb_text(const char *text) {
    while (*text)
        gb_putc(*text++);
}

GB_UNUSED static void gb_number(const char *key, long number) {
    char digits[24];
    int length = 0;
    unsigned long rest = number < 0 ? 0UL - (unsigned long)number : (unsigned long)number;
    gb_text(key);
    if (number < 0)
        gb_putc('-');
    do
        digits[length++] = (char)('0' + rest % 10);
    while ((rest /= 10) != 0);
    while (length > 0)
        gb_putc(digits[--length]);
}

GB_UNUSED static void gb_end(void) {
    gb_text("}\n");
    GB_FLUSH();
}

GB_UNUSED static void gb_event(const char *operation) {
    gb_number("{\"i\":", gb_events++);
    gb_text(",\"op\":\"");
    gb_text(operation);
    gb_text("\"");
}

/* Begins a trace of an allocator: what it declares (NULL for nothing), and zones in frames, one after the other. */
GB_UNUSED static void gb_trace_zones(const char *declares, const long *sizes, int zones, long start) {
    gb_events = 0;
    gb_text("{\"header\":1,\"scenario\":\"kit\",\"desc\":\"\",\"binary\":\"kit\",\"last_pkmap\":0,\"hugetlb\":false,");
    gb_text("\"debug_highmem\":false,\"pae_window\":false,\"source\":\"gaugeblock.h\",\"config\":{}");
    if (declares) {
        gb_text(",\"declares\":");
        gb_text(declares);
    }
    gb_end();
    gb_event("zones");
    for (int zone = 0; zone < zones; zone++)
        gb_number(zone ? "," : ",\"sizes\":[", sizes[zone]);
    gb_number("],\"node_start\":", start);
    gb_end();
}

/* CPUs, before the boot; there is 1 unless this says otherwise. */
GB_UNUSED static void gb_trace_cpus(int count) {
    gb_event("ncpu");
    gb_number(",\"n\":", count);
    gb_end();
}

/* Frames that are never handed out; before the boot, or later when the allocator takes them for itself. */
GB_UNUSED static void gb_trace_reserve(long frame, long count) {
    gb_event("reserve");
    gb_number(",\"pfn\":", frame);
    gb_number(",\"count\":", count);
    gb_end();
}

/* All frames that are not reserved are free now. Leave it out if nobody knows who has them. */
GB_UNUSED static void gb_trace_boot(void) {
    gb_event("bootq");
    gb_text(",\"mode\":\"blocks\"");
    gb_end();
}

/* A request was answered: gfp is 1 for DMA alone, 0 for Normal and DMA, 2 for all three; frame is -1 if it failed. */
GB_UNUSED static void gb_trace_alloc(int cpu, int gfp, int order, long frame) {
    gb_event("alloc");
    gb_number(",\"cpu\":", cpu);
    gb_number(",\"gfp\":", gfp);
    gb_number(",\"order\":", order);
    gb_text(",\"task\":0,\"r\":");
    if (frame < 0)
        gb_text("null");
    else
        gb_number("", frame);
    gb_end();
}

GB_UNUSED static void gb_trace_free(int cpu, long frame, int order) {
    gb_event("free");
    gb_number(",\"cpu\":", cpu);
    gb_number(",\"pfn\":", frame);
    gb_number(",\"order\":", order);
    gb_end();
}

#ifndef GB_FREESTANDING

/* Opens the file of a trace; returns 0 if that cannot be. Call it under the allocator's lock, like all gb_trace_. */
GB_UNUSED static int gb_trace_begin(const char *name, const char *declares, const long *sizes, int zones, long start) {
    gb_file = fopen(name, "w");
    if (gb_file == NULL)
        return 0;
    gb_trace_zones(declares, sizes, zones, start);
    return 1;
}

/* --- The protocol of gaugeblock drive --- */

#define GB_ZONES 64
#define GB_RANGES 4096
#define GB_ANYWHERE (1L << 28)

struct gb_range {
    int zone;
    long first, count;
};

struct gb_machine {
    int zones, cpus;
    long start, size[GB_ZONES]; /* frames: the zones lie one after the other from start on */
    int ranges;
    struct gb_range range[GB_RANGES]; /* the frames that may be handed out: all but the reserved ones, ascending */
};

struct gb_allocator {
    const char *declares;                               /* a JSON object, or NULL: docs/oracle.md has the table */
    void (*boot)(const struct gb_machine *machine);     /* forgets all, and begins anew */
    long (*alloc)(int cpu, int zone, int order);        /* a first frame, of this zone or a lower one; or -1 */
    int (*free)(int cpu, long frame, int order);        /* 0: that is no block (order is -1 if none is said) */
    void (*drain)(int cpu);                             /* these three may be NULL */
    long (*get)(long frame);                            /* one more reference: how many there are then */
    long (*free_frames)(int zone);                      /* on the free lists */
    /* What is only asked of those that declare it: "aligned":"frame" or "limit":true; else both may be NULL. */
    long (*take)(int cpu, int zone, long frames, long align, long below); /* below is GB_ANYWHERE for no limit */
    int (*give)(int cpu, long frame, long frames);      /* 0: these are not what was handed out */
};

static const struct gb_allocator *gb;
static struct gb_machine gb_now;
static struct { long first, count; } gb_reserved[GB_RANGES];
static int gb_reserves, gb_max_order;
static FILE *gb_answers;

/* Where the value of a key begins; NULL if it is not there. */
static const char *gb_find(const char *line, const char *key) {
    const char *at = strstr(line, key);
    return at ? at + strlen(key) : NULL;
}

static long gb_value(const char *line, const char *key, long missing) {
    const char *at = gb_find(line, key);
    return at ? strtol(at, NULL, 10) : missing;
}

/* The end of the free frames that begin at a frame: the first reserved one, if none lies before. */
static long gb_skip(long at, long end, int reserved) {
    for (; at < end; at++) {
        int is = 0;
        for (int i = 0; i < gb_reserves; i++)
            is |= at >= gb_reserved[i].first && at < gb_reserved[i].first + gb_reserved[i].count;
        if (is != reserved)
            break;
    }
    return at;
}

static void gb_boot(void) {
    long first = gb_now.start;
    gb_now.ranges = 0;
    for (int zone = 0; zone < gb_now.zones; zone++) {
        long end = first + gb_now.size[zone];
        for (long at = gb_skip(first, end, 1); at < end; at = gb_skip(at, end, 1)) {
            struct gb_range *range = &gb_now.range[gb_now.ranges++];
            range->zone = zone;
            range->first = at;
            at = gb_skip(at, end, 0);
            range->count = at - range->first;
        }
        first = end;
    }
    gb->boot(&gb_now);
}

static void gb_zones(const char *line) {
    char *at = (char *)(uintptr_t)gb_find(line, "\"sizes\":");
    gb_now.zones = 0;
    while (at && (*at == '[' || *at == ',') && gb_now.zones < GB_ZONES)
        gb_now.size[gb_now.zones++] = strtol(at + 1, &at, 10);
    gb_now.start = gb_value(line, "\"node_start\":", 0);
}

static void gb_free_counts(void) {
    for (int zone = 0; gb->free_frames && zone < gb_now.zones; zone++)
        fprintf(gb_answers, "%s%ld%s", zone ? "," : ",\"fp\":[", gb->free_frames(zone), zone < gb_now.zones - 1 ? "" : "]");
}

static void gb_frame(long frame) {
    if (frame < 0)
        fprintf(gb_answers, ",\"r\":null");
    else
        fprintf(gb_answers, ",\"r\":%ld", frame);
}

#ifdef GB_THREADS
#include <pthread.h>
#include <sched.h>

struct gb_done {
    long frame, order, r, t0, t1; /* frame is -1 for a request; r what it was given, or whether the free was right */
};

struct gb_thread {
    pthread_t id;
    int cpu;
    long operations, count;
    uint64_t state;
    struct gb_done *done;
};

static int gb_go;

static long gb_clock(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long)now.tv_sec * 1000000000L + now.tv_nsec;
}

static uint64_t gb_random(uint64_t *state) {
    uint64_t z = *state += 0x9E3779B97F4A7C15U;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return z ^ z >> 31;
}

static void *gb_run(void *argument) {
    static const int orders[] = {0, 0, 0, 0, 1, 1, 2, 3};
    struct gb_thread *thread = (struct gb_thread *)argument;
    int cpu = thread->cpu;
    long held[8][2];
    int count = 0;
    __atomic_sub_fetch(&gb_go, 1, __ATOMIC_ACQ_REL);
    while (__atomic_load_n(&gb_go, __ATOMIC_ACQUIRE) > 0)
        sched_yield(); /* all begin at once */
    for (long left = thread->operations; left > 0 || count > 0; left--) {
        uint64_t z = left > 0 ? gb_random(&thread->state) : 0;
        struct gb_done *done = &thread->done[thread->count++];
        if (left > 0 && (count == 0 || (count < 8 && z % 16 < 9))) {
            done->frame = -1;
            done->order = orders[z >> 8 & 7] < gb_max_order ? orders[z >> 8 & 7] : gb_max_order;
            done->t0 = gb_clock();
            done->r = gb->alloc(cpu, 2 < gb_now.zones ? 2 : gb_now.zones - 1, (int)done->order);
            done->t1 = gb_clock();
            if (done->r >= 0) {
                held[count][0] = done->r;
                held[count++][1] = done->order;
            }
        } else {
            int at = left > 0 ? (int)((z >> 16 & 0xffff) % (uint64_t)count) : count - 1;
            done->frame = held[at][0];
            done->order = held[at][1];
            count--;
            held[at][0] = held[count][0];
            held[at][1] = held[count][1];
            done->t0 = gb_clock();
            done->r = gb->free(cpu, done->frame, (int)done->order);
            done->t1 = gb_clock();
        }
    }
    return NULL;
}

static void gb_burst(long i, const char *line) {
    int threads = (int)gb_value(line, "\"threads\":", 1);
    long operations = gb_value(line, "\"operations\":", 1), seed = gb_value(line, "\"seed\":", 0), events = 0;
    int says_order = gb->declares == NULL || strstr(gb->declares, "\"order_in_free\":false") == NULL;
    struct gb_thread *thread = (struct gb_thread *)calloc((size_t)threads, sizeof *thread);
    gb_go = threads;
    for (int k = 0; thread && k < threads; k++) {
        thread[k].cpu = k;
        thread[k].operations = operations;
        thread[k].state = (uint64_t)seed * 1024 + (uint64_t)k;
        thread[k].done = (struct gb_done *)calloc((size_t)operations + 8, sizeof *thread[k].done);
        if (!thread[k].done || pthread_create(&thread[k].id, NULL, gb_run, &thread[k]) != 0)
            abort(); /* too many threads for this machine */
    }
    for (int k = 0; k < threads; k++)
        pthread_join(thread[k].id, NULL);
    for (int k = 0; k < threads; k++) {
        for (long n = 0; n < thread[k].count; n++, events++) {
            const struct gb_done *done = &thread[k].done[n];
            if (done->frame < 0) {
                fprintf(gb_answers, "{\"i\":%ld,\"op\":\"alloc\",\"cpu\":%d,\"gfp\":2,\"order\":%ld,\"task\":0", i, k, done->order);
                gb_frame(done->r);
            } else {
                fprintf(gb_answers, "{\"i\":%ld,\"op\":\"free\",\"cpu\":%d,\"pfn\":%ld", i, k, done->frame);
                if (says_order)
                    fprintf(gb_answers, ",\"order\":%ld", done->order);
                if (!done->r)
                    fprintf(gb_answers, ",\"r\":\"BUG\"");
            }
            fprintf(gb_answers, ",\"t0\":%ld,\"t1\":%ld}\n", done->t0, done->t1);
        }
        free(thread[k].done);
    }
    free(thread);
    fprintf(gb_answers, "{\"i\":%ld,\"events\":%ld}\n", i, events);
}
#endif

static void gb_answer(const char *line) {
    const char *op = gb_find(line, "\"op\":\"");
    long i = gb_value(line, "\"i\":", -1);
    int cpu = (int)gb_value(line, "\"cpu\":", 0);
    long frame = gb_value(line, "\"pfn\":", -1);
    int order = (int)gb_value(line, "\"order\":", -1);
    if (op == NULL)
        return;
#ifdef GB_THREADS
    if (strncmp(op, "burst\"", 6) == 0) {
        gb_burst(i, line);
        return;
    }
#endif
    fprintf(gb_answers, "{\"i\":%ld", i);
    if (strncmp(op, "alloc\"", 6) == 0) {
        long gfp = gb_value(line, "\"gfp\":", 0); /* __GFP_DMA is 1, __GFP_HIGHMEM 2 */
        int zone = gfp & 1 ? 0 : gfp & 2 ? 2 : 1;
        long frames = gb_value(line, "\"count\":", 0), align = gb_value(line, "\"align\":", 1);
        long below = gb_value(line, "\"below\":", GB_ANYWHERE);
        zone = zone < gb_now.zones ? zone : gb_now.zones - 1;
        if (gb->take && (frames > 0 || align > 1 || below < GB_ANYWHERE))
            gb_frame(gb->take(cpu, zone, frames > 0 ? frames : 1L << order, align, below));
        else
            gb_frame(gb->alloc(cpu, zone, order));
        gb_free_counts();
    } else if (strncmp(op, "free\"", 5) == 0) {
        long frames = gb_value(line, "\"count\":", 0);
        if (frames > 0 && gb->give ? !gb->give(cpu, frame, frames) : !gb->free(cpu, frame, order))
            fprintf(gb_answers, ",\"r\":\"BUG\"");
        gb_free_counts();
    } else if (strncmp(op, "drain\"", 6) == 0 && gb->drain) {
        gb->drain(cpu);
        gb_free_counts();
    } else if (strncmp(op, "get\"", 4) == 0 && gb->get) {
        fprintf(gb_answers, ",\"count\":%ld", gb->get(frame));
    } else if (strncmp(op, "reset\"", 6) == 0) {
        gb_reserves = 0;
        gb_now.cpus = 1;
        int counts = gb->take && gb->give && gb->declares && strstr(gb->declares, "\"frame\"");
        const char *also[] = {gb->drain ? "\"drain\"" : NULL, gb->get ? "\"get\"" : NULL, counts ? "\"count\",\"align\"" : NULL};
        fputs(",\"also\":[", gb_answers);
        for (int n = 0, said = 0; n < 3; n++)
            if (also[n])
                fprintf(gb_answers, "%s%s", said++ ? "," : "", also[n]);
        fputs("]", gb_answers);
        if (gb->declares)
            fprintf(gb_answers, ",\"declares\":%s", gb->declares);
    } else if (strncmp(op, "zones\"", 6) == 0) {
        gb_zones(line);
    } else if (strncmp(op, "ncpu\"", 5) == 0) {
        gb_now.cpus = (int)gb_value(line, "\"n\":", 1);
    } else if (strncmp(op, "reserve\"", 8) == 0 && gb_reserves < GB_RANGES / 2) {
        gb_reserved[gb_reserves].first = frame;
        gb_reserved[gb_reserves++].count = gb_value(line, "\"count\":", 0);
    } else if (strncmp(op, "bootq\"", 6) == 0) {
        gb_boot();
    }
    fprintf(gb_answers, "}\n");
}

/* Answers until there are no more requests. */
GB_UNUSED static int gb_main(const struct gb_allocator *allocator) {
    static char line[1 << 16];
    int out = dup(1);
    gb = allocator;
    gb_max_order = (int)gb_value(gb->declares ? gb->declares : "", "\"max_order\":", 10);
    gb_answers = out < 0 || dup2(2, 1) < 0 ? NULL : fdopen(out, "w");
    if (gb_answers == NULL)
        return 1;
    setvbuf(gb_answers, NULL, _IOLBF, 1 << 16);
    while (fgets(line, sizeof line, stdin))
        gb_answer(line);
    return fclose(gb_answers) == 0 ? 0 : 1;
}

#endif
#endif
