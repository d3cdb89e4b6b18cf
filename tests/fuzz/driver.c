/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a fuzz target over the files of a corpus, so that what a fuzzer once found stays a test without one.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* Gives the target the bytes in a block of exactly their size, so that a read beyond the end is caught. */
static int run_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) {
        return -1;
    }
    const long size = ftell(file);
    rewind(file);
    uint8_t *bytes = size >= 0 ? malloc((size_t)size) : NULL;
    const size_t length = bytes || size == 0 ? fread(bytes, 1, (size_t)size, file) : 0;
    fclose(file);
    if (size < 0 || length != (size_t)size) {
        free(bytes);
        return -1;
    }
    LLVMFuzzerTestOneInput(bytes, length);
    free(bytes);
    return 0;
}

int main(int argc, char **argv) {
    DIR *corpus = argc == 2 ? opendir(argv[1]) : NULL;
    if (!corpus) {
        fprintf(stderr, "usage: %s CORPUS\n", argv[0]);
        return 2;
    }
    int count = 0;
    int failed = 0;
    for (const struct dirent *entry = readdir(corpus); entry; entry = readdir(corpus)) {
        if (entry->d_name[0] == '.') {
            continue;
        }
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", argv[1], entry->d_name);
        const int status = run_file(path);
        printf("%s %d - %s\n", status == 0 ? "ok" : "not ok", ++count, entry->d_name);
        fflush(stdout);
        failed += status != 0;
    }
    closedir(corpus);
    printf("1..%d\n", count);
    return failed > 0 || count == 0;
}
