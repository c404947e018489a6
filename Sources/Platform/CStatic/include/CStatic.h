#pragma once
#include <stddef.h>

/// One file that browsers fetch: its name, media type and bytes, part of the program itself.
struct yagura_static_file {
  const char *name;
  const char *type;
  const unsigned char *bytes;
  size_t size;
};

/// How many files there are.
size_t yagura_static_count(void);

/// The file at `index`, or NULL beyond the last.
const struct yagura_static_file *yagura_static_file_at(size_t index);
