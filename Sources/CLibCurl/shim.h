// Swift calls no C function with a variable number of arguments: one function for each kind of option.
#include <curl/curl.h>

static inline CURLcode clibcurl_set_number(CURL *handle, CURLoption option, long value) {
    return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode clibcurl_set_text(CURL *handle, CURLoption option, const char *value) {
    return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode clibcurl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode clibcurl_set_reader(CURL *handle, curl_read_callback reader) {
    return (curl_easy_setopt)(handle, CURLOPT_READFUNCTION, reader);
}

static inline CURLcode clibcurl_set_witness(CURL *handle, curl_debug_callback witness) {
    return (curl_easy_setopt)(handle, CURLOPT_DEBUGFUNCTION, witness);
}

static inline CURLcode clibcurl_get_number(CURL *handle, CURLINFO which, long *value) {
    return (curl_easy_getinfo)(handle, which, value);
}
