/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes a chosen allocation of the whole process fail, and counts what stays allocated. */
#define _GNU_SOURCE /* dladdr */
#include "alloc_hook.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* The blocks allocated while armed: a hash set with linear probing. Blocks from before arming may be freed in
 * between, so a mere difference of two counters would not do. */
#define SLOTS      (UINT32_C(1) << 20)
#define BLOCKS_MAX (SLOTS / 2)

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
/* Read without the lock: while nothing is armed nobody takes it. Criterion forks with threads of its own
 * running, and a child would wait for ever for a lock that one of them held at that moment. */
static atomic_bool armed;
static bool overflowed;
static int64_t fail_at;
static struct alloc_hook_counts counts;
static uintptr_t blocks[SLOTS];

void alloc_hook_arm(int64_t nth) {
    pthread_mutex_lock(&lock);
    if (counts.live > 0) {
        memset(blocks, 0, sizeof blocks);
    }
    counts = (struct alloc_hook_counts){0};
    overflowed = false;
    fail_at = nth;
    armed = true;
    pthread_mutex_unlock(&lock);
}

struct alloc_hook_counts alloc_hook_disarm(void) {
    pthread_mutex_lock(&lock);
    armed = false;
    struct alloc_hook_counts result = counts;
    if (overflowed) {
        result.live = -1;
    }
    pthread_mutex_unlock(&lock);
    return result;
}

bool alloc_hook_works(void) {
    alloc_hook_arm(0);
    void *volatile block = malloc(1);
    const struct alloc_hook_counts seen = alloc_hook_disarm();
    free(block);
    return seen.allocations == 1;
}

bool alloc_hook_sweep(alloc_hook_pass_fn *pass, void *context, struct alloc_hook_sweep *sweep) {
    *sweep = (struct alloc_hook_sweep){0};
    if (pass(context) != PIONEER_OK) {
        return false;
    }
    for (int64_t at = 0;; at++) {
        alloc_hook_arm(at);
        const enum pioneer_status status = pass(context);
        const struct alloc_hook_counts seen = alloc_hook_disarm();
        const bool good = status == PIONEER_OK || (seen.failed && status == PIONEER_E_NO_MEMORY);
        const bool is_lost = alloc_hook_lost_by_glpk(&seen);
        sweep->lost += is_lost;
        if (!good || (seen.live != 0 && !is_lost)) {
            sweep->bad_at = at;
            sweep->bad_status = status;
            sweep->bad_live = seen.live;
            return false;
        }
        if (at > 0 && !seen.failed) {
            return true;
        }
        sweep->passes += seen.failed;
        sweep->tolerated += seen.failed && status == PIONEER_OK;
    }
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HAS_OWN_ALLOCATOR 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define HAS_OWN_ALLOCATOR 1
#endif
#endif

#ifndef HAS_OWN_ALLOCATOR

static uint32_t slot_of(uintptr_t block) {
    return (uint32_t)((block >> 4) * UINT64_C(0x9e3779b97f4a7c15) >> 44) & (SLOTS - 1);
}

static void remember(uintptr_t block) {
    if (counts.live == BLOCKS_MAX) {
        overflowed = true;
        return;
    }
    uint32_t at = slot_of(block);
    while (blocks[at]) {
        at = (at + 1) & (SLOTS - 1);
    }
    blocks[at] = block;
    counts.live++;
}

/* Closes the gap behind a removed block, so that every other one is still found from its own slot. */
static void close_gap(uint32_t gap) {
    for (uint32_t at = (gap + 1) & (SLOTS - 1); blocks[at]; at = (at + 1) & (SLOTS - 1)) {
        const uint32_t home = slot_of(blocks[at]);
        if (((at - home) & (SLOTS - 1)) >= ((at - gap) & (SLOTS - 1))) {
            blocks[gap] = blocks[at];
            blocks[at] = 0;
            gap = at;
        }
    }
}

static void forget(uintptr_t block) {
    uint32_t at = slot_of(block);
    while (blocks[at] && blocks[at] != block) {
        at = (at + 1) & (SLOTS - 1);
    }
    if (blocks[at]) {
        blocks[at] = 0;
        counts.live--;
        close_gap(at);
    }
}

/* glibc exports its allocator under these names too, for exactly this purpose. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void __libc_free(void *block);

/* Whether the allocation that comes now is the chosen one. Called with the lock held. */
static bool must_fail(void) {
    counts.allocations++;
    if (counts.allocations != fail_at) {
        return false;
    }
    counts.failed = true;
    errno = ENOMEM;
    return true;
}

static void *allocate(size_t count, size_t size, bool zeroed) {
    if (!armed) {
        return zeroed ? __libc_calloc(count, size) : __libc_malloc(size);
    }
    pthread_mutex_lock(&lock);
    void *block = NULL;
    if (!must_fail()) {
        block = zeroed ? __libc_calloc(count, size) : __libc_malloc(size);
        if (block) {
            remember((uintptr_t)block);
        }
    }
    pthread_mutex_unlock(&lock);
    return block;
}

void *malloc(size_t size) {
    return allocate(1, size, false);
}

void *calloc(size_t count, size_t size) {
    return allocate(count, size, true);
}

void *realloc(void *block, size_t size) {
    if (!armed) {
        return __libc_realloc(block, size);
    }
    pthread_mutex_lock(&lock);
    void *moved = NULL;
    if (must_fail()) {
        counts.resizer = __builtin_return_address(0);
    } else {
        const uintptr_t before = (uintptr_t)block;
        moved = __libc_realloc(block, size);
        if (moved || size == 0) {
            forget(before);
        }
        if (moved) {
            remember((uintptr_t)moved);
        }
    }
    pthread_mutex_unlock(&lock);
    return moved;
}

void free(void *block) {
    const int kept_errno = errno;
    if (armed && block) {
        pthread_mutex_lock(&lock);
        forget((uintptr_t)block);
        pthread_mutex_unlock(&lock);
    }
    __libc_free(block);
    errno = kept_errno;
}

#endif

bool alloc_hook_lost_by_glpk(const struct alloc_hook_counts *seen) {
    Dl_info info = {0};
    return seen->live == 1 && seen->resizer != NULL && dladdr(seen->resizer, &info) != 0 &&
           info.dli_fname != NULL && strstr(info.dli_fname, "libglpk") != NULL;
}
