#pragma once
#include <stddef.h>

/// Where `needle` begins in `hay`, or NULL: `memmem`, which the C library shows to Swift only under GNU's extensions.
const void *byte_search(const void *hay, size_t hay_size, const void *needle, size_t needle_size);
