// Stands between a program and its disk (LD_PRELOAD): counts its storage calls, makes the n-th one fail, or writes down what each did.
//
// Only calls on files under STORAGE_ROOT count. What it does is told by the environment:
//   STORAGE_COUNT=FILE          after the run, the number of storage calls stands in FILE
//   STORAGE_AT=N                the n-th call (from 1) meets STORAGE_FAULT:
//   STORAGE_FAULT=kill|eio|enospc|short|lie      (lie: the call says that it was done, and was not; planted, to be caught)
//   STORAGE_LOG=FILE            each call that changes something is appended to FILE, with its bytes
//   STORAGE_NORMAL=1            SQLite is told synchronous=NORMAL where the program says FULL, and the program is lied to about it
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum fault { NONE, KILL, EIO_FAULT, ENOSPC_FAULT, SHORT, LIE };

static const char *root;
static size_t root_length;
static long calls, fault_at;
static enum fault fault;
static int log_file = -1;
static const char *count_path;

__attribute__((constructor)) static void begin(void) {
    root = getenv("STORAGE_ROOT");
    root_length = root ? strlen(root) : 0;
    count_path = getenv("STORAGE_COUNT");
    const char *at = getenv("STORAGE_AT"), *kind = getenv("STORAGE_FAULT"), *log = getenv("STORAGE_LOG");
    fault_at = at ? atol(at) : 0;
    if (kind) fault = !strcmp(kind, "kill") ? KILL : !strcmp(kind, "eio") ? EIO_FAULT : !strcmp(kind, "enospc") ? ENOSPC_FAULT : !strcmp(kind, "lie") ? LIE : SHORT;
    if (log) log_file = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

__attribute__((destructor)) static void end(void) {
    if (!count_path) return;
    char text[32];
    int length = snprintf(text, sizeof text, "%ld\n", calls);
    int file = syscall(SYS_openat, AT_FDCWD, count_path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file >= 0) { syscall(SYS_write, file, text, length); syscall(SYS_close, file); }
}

static int is_ours(const char *path) {
    return root && path && !strncmp(path, root, root_length) && (path[root_length] == '/' || !path[root_length]);
}

// The whole path of an open file; answers whether it is one of ours.
static int path_of(int fd, char *path) {
    if (!root) return 0;
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_ours(path);
}

static int whole_path(const char *name, char *path) {
    if (!root || !name) return 0;
    if (name[0] == '/') { snprintf(path, PATH_MAX, "%s", name); return is_ours(path); }
    if (!getcwd(path, PATH_MAX)) return 0;
    size_t length = strlen(path);
    snprintf(path + length, PATH_MAX - length, "/%s", name);
    return is_ours(path);
}

// Counts a call; answers the errno with which it is to fail, 0 if it is to go on, -1 if it is to write half, -2 if it is to lie.
static int meet(int can_be_short) {
    if (++calls != fault_at) return 0;
    switch (fault) {
    case KILL: kill(getpid(), SIGKILL); for (;;) pause();
    case EIO_FAULT: return EIO;
    case ENOSPC_FAULT: return ENOSPC;
    case SHORT: return can_be_short ? -1 : 0;
    case LIE: return can_be_short ? -2 : 0;
    default: return 0;
    }
}

// One record: the kind, the offset or size, the lengths of two texts, then these.
static void note(char kind, int64_t offset, const char *path, const void *bytes, size_t length) {
    if (log_file < 0) return;
    struct { char kind; char pad[7]; int64_t offset; int64_t path_length; int64_t length; } head;
    memset(&head, 0, sizeof head);
    head.kind = kind;
    head.offset = offset;
    head.path_length = strlen(path);
    head.length = length;
    size_t total = sizeof head + head.path_length + length;
    char *record = malloc(total);
    if (!record) abort();
    memcpy(record, &head, sizeof head);
    memcpy(record + sizeof head, path, head.path_length);
    if (length) memcpy(record + sizeof head + head.path_length, bytes, length);
    if (syscall(SYS_write, log_file, record, total) != (long)total) abort();
    free(record);
}

#define REAL(type, name, ...) static type (*real)(__VA_ARGS__); if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static int is_file(int fd) { struct stat it; return !fstat(fd, &it) && S_ISREG(it.st_mode); }

ssize_t write(int fd, const void *bytes, size_t length) {
    REAL(ssize_t, "write", int, const void *, size_t);
    char path[PATH_MAX];
    if (!path_of(fd, path) || !is_file(fd)) return real(fd, bytes, length);
    int error = meet(1);
    if (error > 0) { errno = error; return -1; }
    if (error == -2) return length;
    if (error == -1) length = (length + 1) / 2;
    int64_t offset = (fcntl(fd, F_GETFL) & O_APPEND) ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR);
    ssize_t done = real(fd, bytes, length);
    if (done > 0) note('w', offset, path, bytes, done);
    return done;
}

static ssize_t write_at(const char *name, int fd, const void *bytes, size_t length, off64_t offset) {
    ssize_t (*real)(int, const void *, size_t, off64_t) = (ssize_t (*)(int, const void *, size_t, off64_t))dlsym(RTLD_NEXT, name);
    char path[PATH_MAX];
    if (!path_of(fd, path)) return real(fd, bytes, length, offset);
    int error = meet(1);
    if (error > 0) { errno = error; return -1; }
    if (error == -2) return length;
    if (error == -1) length = (length + 1) / 2;
    ssize_t done = real(fd, bytes, length, offset);
    if (done > 0) note('w', offset, path, bytes, done);
    return done;
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) { return write_at("pwrite64", fd, bytes, length, offset); }
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) { return write_at("pwrite", fd, bytes, length, offset); }

static int sync_file(const char *name, int fd) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    char path[PATH_MAX];
    if (!path_of(fd, path)) return real(fd);
    int error = meet(0);
    if (error > 0) { errno = error; return -1; }
    int done = real(fd);
    if (!done) note('s', 0, path, NULL, 0);
    return done;
}

int fsync(int fd) { return sync_file("fsync", fd); }
int fdatasync(int fd) { return sync_file("fdatasync", fd); }

static int truncate_file(const char *name, int fd, off64_t size) {
    int (*real)(int, off64_t) = (int (*)(int, off64_t))dlsym(RTLD_NEXT, name);
    char path[PATH_MAX];
    if (!path_of(fd, path)) return real(fd, size);
    int error = meet(0);
    if (error > 0) { errno = error; return -1; }
    int done = real(fd, size);
    if (!done) note('t', size, path, NULL, 0);
    return done;
}

int ftruncate64(int fd, off64_t size) { return truncate_file("ftruncate64", fd, size); }
int ftruncate(int fd, off_t size) { return truncate_file("ftruncate", fd, size); }

// Two names: the old one stands as the path, the new one as the bytes.
static int two_names(const char *name, char kind, const char *old, const char *new) {
    int (*real)(const char *, const char *) = (int (*)(const char *, const char *))dlsym(RTLD_NEXT, name);
    char from[PATH_MAX], to[PATH_MAX];
    int is_from = whole_path(old, from), is_to = whole_path(new, to);
    if (!is_from && !is_to) return real(old, new);
    int error = meet(0);
    if (error > 0) { errno = error; return -1; }
    int done = real(old, new);
    if (!done) note(kind, 0, from, to, strlen(to));
    return done;
}

int rename(const char *old, const char *new) { return two_names("rename", 'r', old, new); }
int link(const char *old, const char *new) { return two_names("link", 'l', old, new); }

static int one_name(const char *call, char kind, const char *name) {
    int (*real)(const char *) = (int (*)(const char *))dlsym(RTLD_NEXT, call);
    char path[PATH_MAX];
    if (!whole_path(name, path)) return real(name);
    int error = meet(0);
    if (error > 0) { errno = error; return -1; }
    int done = real(name);
    if (!done) note(kind, 0, path, NULL, 0);
    return done;
}

int unlink(const char *name) { return one_name("unlink", 'u', name); }
int rmdir(const char *name) { return one_name("rmdir", 'u', name); }

int mkdir(const char *name, mode_t mode) {
    REAL(int, "mkdir", const char *, mode_t);
    char path[PATH_MAX];
    if (!whole_path(name, path)) return real(name, mode);
    int error = meet(0);
    if (error > 0) { errno = error; return -1; }
    int done = real(name, mode);
    if (!done) note('d', 0, path, NULL, 0);
    return done;
}

// Opening counts where it makes or empties a file.
static int open_file(int folder, const char *name, int flags, mode_t mode) {
    char path[PATH_MAX];
    int changes = (flags & (O_CREAT | O_TRUNC)) && (folder == AT_FDCWD || name[0] == '/') && whole_path(name, path);
    if (!changes) return syscall(SYS_openat, folder, name, flags | O_LARGEFILE, mode);
    struct stat before;
    int was_there = !stat(path, &before);
    int error = meet(0);
    if (error > 0) { errno = error; return -1; }
    int fd = syscall(SYS_openat, folder, name, flags | O_LARGEFILE, mode);
    if (fd >= 0 && !was_there) note('c', 0, path, NULL, 0);
    if (fd >= 0 && was_there && (flags & O_TRUNC)) note('t', 0, path, NULL, 0);
    return fd;
}

#define MODE(flags) mode_t mode = 0; if ((flags) & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, int); va_end(rest); }

int open(const char *name, int flags, ...) { MODE(flags); return open_file(AT_FDCWD, name, flags, mode); }
int open64(const char *name, int flags, ...) { MODE(flags); return open_file(AT_FDCWD, name, flags, mode); }
int openat(int folder, const char *name, int flags, ...) { MODE(flags); return open_file(folder, name, flags, mode); }
int openat64(int folder, const char *name, int flags, ...) { MODE(flags); return open_file(folder, name, flags, mode); }

// The planted fault of the power-loss images.
int sqlite3_prepare_v3(void *database, const char *sql, int length, unsigned flags, void **statement, const char **rest) {
    REAL(int, "sqlite3_prepare_v3", void *, const char *, int, unsigned, void **, const char **);
    if (getenv("STORAGE_NORMAL") && !strncasecmp(sql, "PRAGMA synchronous", 18)) {
        const char *other = strchr(sql, '=') ? "PRAGMA synchronous = NORMAL" : "SELECT 2";
        int code = real(database, other, -1, flags, statement, NULL);
        if (rest) *rest = sql + strlen(sql);
        return code;
    }
    return real(database, sql, length, flags, statement, rest);
}

int sqlite3_prepare_v2(void *database, const char *sql, int length, void **statement, const char **rest) {
    return sqlite3_prepare_v3(database, sql, length, 0, statement, rest);
}
