#include "CSimdjson.h"

#include <new>

#include <simdjson.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

// The interface of DOM chooses the instructions of the processor at run time; On-Demand would be bound to those this
// file is compiled for. The tape is read by Swift, without a call for each value.
struct yj_parser {
  simdjson::dom::parser parser;
  size_t depth;

  yj_parser(size_t max_bytes, size_t max_depth) : parser(max_bytes), depth(max_depth) {}
};

extern "C" yj_parser *yj_new(size_t max_bytes, size_t max_depth) {
  auto made = new (std::nothrow) yj_parser(max_bytes, max_depth);
  if (made == nullptr) return nullptr;
  if (made->parser.allocate(1 << 16, max_depth) != simdjson::SUCCESS) {
    delete made;
    return nullptr;
  }
  return made;
}

extern "C" void yj_free(yj_parser *parser) { delete parser; }

extern "C" int yj_parse(yj_parser *parser, const uint8_t *bytes, size_t length) {
  if (length > parser->parser.max_capacity()) return simdjson::CAPACITY;
  if (length > parser->parser.capacity()) {
    // Twice as much as before, so that slowly growing records do not allocate each time.
    size_t wanted = parser->parser.capacity();
    while (wanted < length) wanted *= 2;
    if (wanted > parser->parser.max_capacity()) wanted = parser->parser.max_capacity();
    auto error = parser->parser.allocate(wanted, parser->depth);
    if (error != simdjson::SUCCESS) return error;
  }
  // The caller has padded: no copy.
  return parser->parser.parse(bytes, length, false).error();
}

extern "C" const uint64_t *yj_tape(const yj_parser *parser) { return parser->parser.doc.tape.get(); }

extern "C" const uint8_t *yj_strings(const yj_parser *parser) { return parser->parser.doc.string_buf.get(); }

extern "C" const char *yj_message(int code) {
  return simdjson::error_message(static_cast<simdjson::error_code>(code));
}

extern "C" int yj_code_capacity(void) { return simdjson::CAPACITY; }
extern "C" int yj_code_depth(void) { return simdjson::DEPTH_ERROR; }

namespace {

// The first `"` or `\`, else the end.
inline size_t find_in_string(const uint8_t *bytes, size_t at, size_t length) {
#if defined(__SSE2__)
  const __m128i quote = _mm_set1_epi8('"');
  const __m128i slash = _mm_set1_epi8('\\');
  while (at + 16 <= length) {
    __m128i piece = _mm_loadu_si128(reinterpret_cast<const __m128i *>(bytes + at));
    int found = _mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi8(piece, quote), _mm_cmpeq_epi8(piece, slash)));
    if (found != 0) return at + static_cast<size_t>(__builtin_ctz(found));
    at += 16;
  }
#endif
  while (at < length && bytes[at] != '"' && bytes[at] != '\\') at++;
  return at;
}

// The first `"` or bracket, else the end. `{` and `[` differ in one bit, as `}` and `]` do.
inline size_t find_outside(const uint8_t *bytes, size_t at, size_t length) {
#if defined(__SSE2__)
  const __m128i quote = _mm_set1_epi8('"');
  const __m128i open = _mm_set1_epi8('{');
  const __m128i close = _mm_set1_epi8('}');
  const __m128i bit = _mm_set1_epi8(0x20);
  while (at + 16 <= length) {
    __m128i piece = _mm_loadu_si128(reinterpret_cast<const __m128i *>(bytes + at));
    __m128i folded = _mm_or_si128(piece, bit);
    __m128i hits = _mm_or_si128(
        _mm_cmpeq_epi8(piece, quote), _mm_or_si128(_mm_cmpeq_epi8(folded, open), _mm_cmpeq_epi8(folded, close)));
    int found = _mm_movemask_epi8(hits);
    if (found != 0) return at + static_cast<size_t>(__builtin_ctz(found));
    at += 16;
  }
#endif
  while (at < length && bytes[at] != '"' && (bytes[at] | 0x20) != '{' && (bytes[at] | 0x20) != '}') at++;
  return at;
}

}  // namespace

extern "C" size_t yj_walk_value(yj_walk *walk, const uint8_t *bytes, size_t length) {
  size_t at = 0;
  if (walk->is_escaped && length > 0) {
    walk->is_escaped = 0;
    at = 1;
  }
  while (at < length) {
    if (walk->in_string) {
      at = find_in_string(bytes, at, length);
      if (at == length) return 0;
      if (bytes[at] == '"') {
        walk->in_string = 0;
        at += 1;
      } else if (at + 1 == length) {
        walk->is_escaped = 1;
        return 0;
      } else {
        at += 2;
      }
      continue;
    }
    at = find_outside(bytes, at, length);
    if (at == length) return 0;
    uint8_t byte = bytes[at++];
    if (byte == '"') {
      walk->in_string = 1;
    } else if (byte == '{' || byte == '[') {
      walk->depth += 1;
    } else if (walk->depth <= 1) {
      walk->depth = 0;
      return at;
    } else {
      walk->depth -= 1;
    }
  }
  return 0;
}
