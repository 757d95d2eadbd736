/*
 * An order that kswapd does not hear, reduced to its accesses, on a real machine: docs/findings.md. Needs two CPUs.
 *   cc -O2 -pthread order-unheard.c && ./a.out [ROUNDS]
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

static struct word max_order, queued, queue_lock, heard, at[2];
static int rounds = 400000;
static int fenced;
static long unheard;

/* Both threads come to here before either goes on. */
static void meet(int me, int where) {
  at[me].value = where;
  for (int turns = 0; at[1 - me].value < where; turns++)
    if (turns > 2000) {
      turns = 0;
      sched_yield();
    }
}

static void pin(int cpu) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(cpu, &set);
  sched_setaffinity(0, sizeof set, &set);
}

static void wait_a_little(int turns) {
  for (volatile int turn = 0; turn < turns; turn++) {
  }
}

static void *request(void *unused) {
  pin(0);
  for (int round = 1; round <= rounds; round++) {
    max_order.value = queued.value = 0;
    __sync_synchronize();
    meet(0, 3 * round);
    wait_a_little(round * 7 & 31);
    if (max_order.value < 2) max_order.value = 2;
    if (fenced) __sync_synchronize();
    compiler_barrier();
    int woken = queued.value;
    meet(0, 3 * round + 1);
    if (!woken && !heard.value) unheard++;
    meet(0, 3 * round + 2);
  }
  return unused;
}

static void *kswapd(void *unused) {
  pin(1);
  for (int round = 1; round <= rounds; round++) {
    meet(1, 3 * round);
    wait_a_little(round * 13 & 31);
    while (__sync_lock_test_and_set(&queue_lock.value, 1)) {
    }
    queued.value = 1;
    __sync_synchronize(); /* set_current_state */
    queue_lock.value = 0;
    compiler_barrier();
    heard.value = max_order.value;
    __sync_synchronize();
    meet(1, 3 * round + 1);
    meet(1, 3 * round + 2);
  }
  return unused;
}

int main(int argc, char **argv) {
  if (argc > 1) rounds = atoi(argv[1]);
  for (fenced = 0; fenced < 2; fenced++) {
    pthread_t threads[2];
    unheard = at[0].value = at[1].value = 0;
    pthread_create(&threads[0], NULL, request, NULL);
    pthread_create(&threads[1], NULL, kswapd, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    printf("fence %d: of %d rounds, order unheard and nobody woken: %ld\n", fenced, rounds, unheard);
  }
  return 0;
}
