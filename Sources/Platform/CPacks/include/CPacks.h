// The rule packs of the folder Packs, as bytes inside the program.
#ifndef YAGURA_PACKS_H
#define YAGURA_PACKS_H

#include <stddef.h>

/// One embedded file: its path below Packs, and its bytes.
struct yagura_pack {
  const char *path;
  const unsigned char *bytes;
  size_t length;
};

/// How many packs there are.
size_t yagura_pack_count(void);

/// The pack at `index`, which is below `yagura_pack_count()`.
struct yagura_pack yagura_pack_at(size_t index);

#endif
