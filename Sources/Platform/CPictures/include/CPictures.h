#ifndef YAGURA_CPICTURES_H
#define YAGURA_CPICTURES_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A picture in 256 shades of grey, row by row. `grey` belongs to the caller: `yp_free`.
typedef struct {
  int width;
  int height;
  uint8_t *grey;
} yp_picture;

/// What came of reading one.
enum { yp_ok = 0, yp_broken = 1, yp_too_large = 2, yp_no_memory = 3 };

/// Reads a JPEG or PNG. Pictures of more than `most_pixels` are refused before anything of them is unpacked; the longer
/// side is brought to at most `longest` squares. A file that ends too soon gives what there is of it.
int yp_read_jpeg(const uint8_t *bytes, size_t count, int64_t most_pixels, int longest, yp_picture *picture);
int yp_read_png(const uint8_t *bytes, size_t count, int64_t most_pixels, int longest, yp_picture *picture);
void yp_free(yp_picture *picture);

/// Half as large in both directions, each square the mean of four. `yp_no_memory` without memory.
int yp_halve(const yp_picture *picture, yp_picture *half);

/// The picture as a PNG; `*bytes` belongs to the caller: `free`. Its longer side is brought to at most `longest`.
int yp_write_png(const yp_picture *picture, int longest, uint8_t **bytes, size_t *count);

/// A QR code that was found: its text in UTF-8 with a zero behind it, and where its middle is, in thousandths of the
/// picture's width and height; `size` is the longer side of its outline in thousandths of the picture's longer side.
typedef struct {
  char text[512];
  int x;
  int y;
  int size;
} yp_code;

/// Finds at most `most` codes of a text below 512 bytes. Answers how many there are.
int yp_find_codes(const yp_picture *picture, yp_code *codes, int most);

#ifdef __cplusplus
}
#endif

#endif
