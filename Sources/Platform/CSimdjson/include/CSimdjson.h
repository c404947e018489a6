#ifndef YAGURA_CSIMDJSON_H
#define YAGURA_CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A parser of simdjson with the document it read last. Not for several threads at once.
typedef struct yj_parser yj_parser;

/// Bytes that must be readable behind every text given to `yj_parse`. What they hold does not matter.
#define YJ_PADDING 64

/// NULL without memory.
yj_parser *yj_new(size_t max_bytes, size_t max_depth);
void yj_free(yj_parser *parser);

/// Reads one JSON text. 0, or simdjson's error code. The tape and the strings hold until the next call.
int yj_parse(yj_parser *parser, const uint8_t *bytes, size_t length);

/// simdjson's tape (doc/tape.md there) and its string buffer: a 32-bit length, the bytes, a zero byte.
const uint64_t *yj_tape(const yj_parser *parser);
const uint8_t *yj_strings(const yj_parser *parser);

/// What an error code means, in English.
const char *yj_message(int code);

/// The codes that callers tell apart.
int yj_code_capacity(void);
int yj_code_depth(void);

/// Where a walk over the bytes of one value stands, so that it can go on in the next piece. Begin with zeros.
typedef struct {
  uint32_t depth;
  uint8_t in_string;
  uint8_t is_escaped;
} yj_walk;

/// Walks from the opening bracket of an object or array to behind its closing one. Returns the number of bytes up to
/// there, or 0 if the piece ends before. Only brackets and strings are looked at: what lies between is for `yj_parse`.
size_t yj_walk_value(yj_walk *walk, const uint8_t *bytes, size_t length);

#ifdef __cplusplus
}
#endif

#endif
