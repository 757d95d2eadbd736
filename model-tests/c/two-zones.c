/*
 * Two CPUs, each of which takes two frames of a zone under its lock and then looks at the other zone without a lock, on a real machine:
 * docs/findings.md. A spin lock is released by a plain store, as on i386. Needs two CPUs.
 *   cc -O2 -pthread two-zones.c && ./a.out [ROUNDS]
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

#define compiler_barrier() __asm__ volatile("" ::: "memory")

/* Each in a cache line of its own. */
struct word {
  volatile int value;
  char padding[124];
};

static struct word free_pages[2], lock[2], seen[2], at[2];
static int rounds = 400000;
static int fenced;
static long both;

/* Both threads come to here before either goes on. */
static void meet(int me, int where) {
  at[me].value = where;
  for (int turns = 0; at[1 - me].value < where; turns++)
    if (turns > 2000) {
      turns = 0;
      sched_yield();
    }
}

static void *take_and_look(void *number) {
  int me = (int)(long)number;
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(me, &set);
  sched_setaffinity(0, sizeof set, &set);
  for (int round = 1; round <= rounds; round++) {
    free_pages[me].value = 4;
    __sync_synchronize();
    meet(me, 3 * round);
    for (volatile int turn = 0; turn < (round * (me ? 13 : 7) & 31); turn++) {
    }
    while (__sync_lock_test_and_set(&lock[me].value, 1)) {
    }
    free_pages[me].value -= 2;
    if (fenced) __sync_synchronize();
    compiler_barrier();
    lock[me].value = 0;
    compiler_barrier();
    seen[me].value = free_pages[1 - me].value;
    __sync_synchronize();
    meet(me, 3 * round + 1);
    if (me == 0 && seen[0].value == 4 && seen[1].value == 4) both++;
    meet(me, 3 * round + 2);
  }
  return NULL;
}

int main(int argc, char **argv) {
  if (argc > 1) rounds = atoi(argv[1]);
  for (fenced = 0; fenced < 2; fenced++) {
    pthread_t threads[2];
    both = at[0].value = at[1].value = 0;
    for (long me = 0; me < 2; me++) pthread_create(&threads[me], NULL, take_and_look, (void *)me);
    for (int me = 0; me < 2; me++) pthread_join(threads[me], NULL);
    printf("fence %d: of %d rounds, both saw what was there before: %ld\n", fenced, rounds, both);
  }
  return 0;
}
