#include "CRE2.h"

#include <re2/re2.h>

#include <cstring>
#include <new>

struct cre2_pattern {
    re2::RE2 re;
    cre2_pattern(re2::StringPiece text, const re2::RE2::Options &options) : re(text, options) {}
};

static re2::RE2::Options limits() {
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(1 << 20);
    return options;
}

cre2_pattern *cre2_compile(const char *pattern, size_t length, char *error, size_t capacity) {
    cre2_pattern *made = new (std::nothrow) cre2_pattern(re2::StringPiece(pattern, length), limits());
    if (made == nullptr) return nullptr;
    if (made->re.ok()) return made;
    if (capacity > 0) {
        std::strncpy(error, made->re.error().c_str(), capacity - 1);
        error[capacity - 1] = 0;
    }
    delete made;
    return nullptr;
}

bool cre2_found(const cre2_pattern *pattern, const char *text, size_t length) {
    return re2::RE2::PartialMatch(re2::StringPiece(text, length), pattern->re);
}

void cre2_free(cre2_pattern *pattern) { delete pattern; }
