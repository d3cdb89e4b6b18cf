/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Atomic files. */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "source.h"

static enum cli_exit fail_errno(const struct cli *cli, const char *path, int number) {
    return cli_fail(cli, CLI_IO, path, strerror(number));
}

/* A store holds what an office cannot make again, and no text ever takes its place. */
static enum cli_exit refuse_store(const struct cli *cli, const char *path) {
    return cli_fail(cli, CLI_IO, path,
                    cli_text(cli, _("This is a store and is not overwritten; \"pioneer store save\" adds to "
                                    "it.")));
}

static bool write_all(int file, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t written = write(file, bytes, length);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return false;
        }
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

/* The permissions of the file that is replaced, else what the user's mask leaves of 0666. */
static mode_t mode_for(const char *path) {
    struct stat old;
    if (stat(path, &old) == 0) {
        return old.st_mode & 07777;
    }
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* Returns 0 or an errno; leaves no temporary file behind. */
static int replace(const char *path, const char *bytes, size_t length) {
    size_t size = strlen(path) + sizeof ".XXXXXX";
    char *temporary = malloc(size);
    if (temporary == NULL) {
        return ENOMEM;
    }
    snprintf(temporary, size, "%s.XXXXXX", path);
    int file = mkstemp(temporary);
    int failure = file < 0 ? errno : 0;
    if (file >= 0) {
        if (!write_all(file, bytes, length) || fchmod(file, mode_for(path)) != 0 || fsync(file) != 0) {
            failure = errno;
        }
        if (close(file) != 0 && failure == 0) {
            failure = errno;
        }
        if (failure == 0 && rename(temporary, path) != 0) {
            failure = errno;
        }
        if (failure != 0) {
            unlink(temporary);
        }
    }
    free(temporary);
    return failure;
}

static int write_direct(const char *path, const char *bytes, size_t length) {
    int file = open(path, O_WRONLY);
    if (file < 0) {
        return errno;
    }
    int failure = write_all(file, bytes, length) ? 0 : errno;
    return close(file) != 0 && failure == 0 ? errno : failure;
}

enum cli_exit cli_output_write(const struct cli *cli, const char *path, const char *bytes, size_t length) {
    if (strcmp(path, "-") == 0) {
        fwrite(bytes, 1, length, stdout);
        return cli_finish(cli, CLI_OK);
    }
    if (cli_source_names_store(path)) {
        return refuse_store(cli, path);
    }
    struct stat there;
    int failure = 0;
    if (stat(path, &there) == 0 && !S_ISREG(there.st_mode)) {
        failure = S_ISDIR(there.st_mode) ? EISDIR : write_direct(path, bytes, length);
    } else {
        /* A symbolic link stays one: its target is replaced. */
        char *target = realpath(path, NULL);
        failure = replace(target == NULL ? path : target, bytes, length);
        free(target);
    }
    return failure == 0 ? CLI_OK : fail_errno(cli, path, failure);
}

enum cli_exit cli_output_probe(const struct cli *cli, const char *path) {
    const char *slash = strrchr(path, '/');
    struct stat there;
    if (strcmp(path, "-") == 0) {
        return CLI_OK;
    }
    if (cli_source_names_store(path)) {
        return refuse_store(cli, path);
    }
    if (stat(path, &there) == 0 && !S_ISREG(there.st_mode)) {
        int failure = S_ISDIR(there.st_mode) ? EISDIR : access(path, W_OK) != 0 ? errno : 0;
        return failure == 0 ? CLI_OK : fail_errno(cli, path, failure);
    }
    char *folder = slash == NULL ? strdup(".") : strndup(path, slash == path ? 1 : (size_t)(slash - path));
    if (folder == NULL) {
        return cli_fail(cli, CLI_INTERNAL, path, strerror(ENOMEM));
    }
    int failure = access(folder, W_OK | X_OK) == 0 ? 0 : errno;
    free(folder);
    return failure == 0 ? CLI_OK : fail_errno(cli, path, failure);
}

enum cli_exit cli_output_directory(const struct cli *cli, const char *path) {
    char *part = strdup(path);
    if (part == NULL) {
        return cli_fail(cli, CLI_INTERNAL, path, strerror(ENOMEM));
    }
    int failure = 0;
    for (char *end = part + 1; failure == 0 && end[-1] != '\0'; end++) {
        if (*end == '/' || *end == '\0') {
            char kept = *end;
            *end = '\0';
            failure = mkdir(part, 0777) == 0 || errno == EEXIST ? 0 : errno;
            *end = kept;
        }
    }
    struct stat there;
    if (failure == 0 && stat(path, &there) == 0 && !S_ISDIR(there.st_mode)) {
        failure = ENOTDIR;
    }
    free(part);
    return failure == 0 ? CLI_OK : fail_errno(cli, path, failure);
}
