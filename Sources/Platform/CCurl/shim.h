#include <curl/curl.h>

/* Swift cannot call functions with a variable number of arguments: one call for each type that an option takes. */

typedef size_t (*yagura_curl_writer)(char *bytes, size_t size, size_t count, void *context);
typedef int (*yagura_curl_progress)(void *context, curl_off_t wanted, curl_off_t got, curl_off_t toSend, curl_off_t sent);

static inline CURLcode yagura_curl_set_number(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode yagura_curl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(handle, option, value);
}

/* The text is copied by libcurl. */
static inline CURLcode yagura_curl_set_text(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode yagura_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode yagura_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(handle, option, value);
}

/* For the write, read and header callbacks. */
static inline CURLcode yagura_curl_set_writer(CURL *handle, CURLoption option, yagura_curl_writer value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode yagura_curl_set_progress(CURL *handle, yagura_curl_progress value) {
  return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, value);
}

static inline CURLcode yagura_curl_get_number(CURL *handle, CURLINFO info, long *value) {
  return curl_easy_getinfo(handle, info, value);
}

/* Copied by libcurl. */
static inline CURLcode yagura_curl_set_copied_body(CURL *handle, const void *bytes, curl_off_t count) {
  CURLcode code = curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, count);
  return code == CURLE_OK ? curl_easy_setopt(handle, CURLOPT_COPYPOSTFIELDS, bytes) : code;
}
