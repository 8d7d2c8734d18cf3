#ifndef CRE2_H
#define CRE2_H
#include <stddef.h>
#include <stdbool.h>
#ifdef __cplusplus
extern "C" {
#endif
/// A compiled RE2 pattern.
typedef struct cre2_pattern cre2_pattern;
/// Compiles `pattern` (UTF-8, `length` bytes) within 1 MiB of program; `error` receives up to `capacity` bytes of the
/// reason, ended by a zero, when the answer is NULL.
cre2_pattern *cre2_compile(const char *pattern, size_t length, char *error, size_t capacity);
/// Whether the pattern is found anywhere in `text`.
bool cre2_found(const cre2_pattern *pattern, const char *text, size_t length);
void cre2_free(cre2_pattern *pattern);
#ifdef __cplusplus
}
#endif
#endif
