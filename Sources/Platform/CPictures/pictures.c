#include "CPictures.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <png.h>

void yp_free(yp_picture *picture) {
  free(picture->grey);
  picture->grey = NULL;
}

int yp_halve(const yp_picture *picture, yp_picture *half) {
  int width = picture->width / 2, height = picture->height / 2;
  if (width < 1 || height < 1) return yp_broken;
  uint8_t *grey = malloc((size_t)width * height);
  if (grey == NULL) return yp_no_memory;
  for (int y = 0; y < height; y++) {
    const uint8_t *upper = picture->grey + (size_t)2 * y * picture->width, *lower = upper + picture->width;
    for (int x = 0; x < width; x++)
      grey[(size_t)y * width + x] =
          (uint8_t)((upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1] + 2) / 4);
  }
  half->width = width;
  half->height = height;
  half->grey = grey;
  return yp_ok;
}

static int shrink(yp_picture *picture, int longest) {
  while (picture->width > longest || picture->height > longest) {
    yp_picture half;
    int result = yp_halve(picture, &half);
    if (result != yp_ok) return result;
    yp_free(picture);
    *picture = half;
  }
  return yp_ok;
}

/// libjpeg calls `error_exit` and expects it never to return.
typedef struct {
  struct jpeg_error_mgr base;
  jmp_buf out;
} failing;

static void leave(j_common_ptr info) { longjmp(((failing *)info->err)->out, 1); }
static void be_quiet(j_common_ptr info, int level) {
  // A damaged file may warn without end.
  if (level < 0 && ++info->err->num_warnings > 10000) leave(info);
}

/// A progressive picture may say the same square thousands of times over; real ones have about ten scans.
enum { most_scans = 100 };
static void count_scans(j_common_ptr info) {
  if (info->is_decompressor && ((j_decompress_ptr)info)->input_scan_number > most_scans) leave(info);
}

int yp_read_jpeg(const uint8_t *bytes, size_t count, int64_t most_pixels, int longest, yp_picture *picture) {
  struct jpeg_decompress_struct info;
  failing errors;
  struct jpeg_progress_mgr progress;
  // Volatile: they change between setjmp and longjmp.
  uint8_t *volatile grey = NULL;
  volatile int rows = 0;
  memset(&progress, 0, sizeof progress);
  info.err = jpeg_std_error(&errors.base);
  errors.base.error_exit = leave;
  errors.base.emit_message = be_quiet;
  progress.progress_monitor = count_scans;
  if (setjmp(errors.out)) {
    int width = (int)info.output_width, height = (int)info.output_height;
    jpeg_destroy_decompress(&info);
    if (grey != NULL && rows > 0) {
      // What was read until it broke; the rest stays black.
      picture->width = width;
      picture->height = height;
      picture->grey = grey;
      return shrink(picture, longest);
    }
    free(grey);
    return yp_broken;
  }
  jpeg_create_decompress(&info);
  info.progress = &progress;
  jpeg_mem_src(&info, bytes, count);
  if (jpeg_read_header(&info, TRUE) != JPEG_HEADER_OK) {
    jpeg_destroy_decompress(&info);
    return yp_broken;
  }
  if ((int64_t)info.image_width * info.image_height > most_pixels) {
    jpeg_destroy_decompress(&info);
    return yp_too_large;
  }
  info.out_color_space = JCS_GRAYSCALE;
  info.dct_method = JDCT_IFAST;
  // An eighth, a quarter or a half is read straight from the coefficients.
  unsigned largest = info.image_width > info.image_height ? info.image_width : info.image_height;
  info.scale_num = 1;
  info.scale_denom = 1;
  while (info.scale_denom < 8 && largest / info.scale_denom > (unsigned)longest) info.scale_denom *= 2;
  jpeg_start_decompress(&info);
  if (info.output_components != 1 || info.output_width == 0 || info.output_height == 0) {
    jpeg_destroy_decompress(&info);
    return yp_broken;
  }
  grey = calloc((size_t)info.output_width, info.output_height);
  if (grey == NULL) {
    jpeg_destroy_decompress(&info);
    return yp_no_memory;
  }
  while (info.output_scanline < info.output_height) {
    JSAMPROW row = grey + (size_t)info.output_scanline * info.output_width;
    jpeg_read_scanlines(&info, &row, 1);
    rows = (int)info.output_scanline;
  }
  picture->width = (int)info.output_width;
  picture->height = (int)info.output_height;
  picture->grey = grey;
  jpeg_finish_decompress(&info);
  jpeg_destroy_decompress(&info);
  return shrink(picture, longest);
}

int yp_read_png(const uint8_t *bytes, size_t count, int64_t most_pixels, int longest, yp_picture *picture) {
  png_image image;
  memset(&image, 0, sizeof image);
  image.version = PNG_IMAGE_VERSION;
  if (!png_image_begin_read_from_memory(&image, bytes, count)) return yp_broken;
  if ((int64_t)image.width * image.height > most_pixels) {
    png_image_free(&image);
    return yp_too_large;
  }
  image.format = PNG_FORMAT_GRAY;
  uint8_t *grey = calloc((size_t)image.width, image.height);
  if (grey == NULL) {
    png_image_free(&image);
    return yp_no_memory;
  }
  png_color white = {255, 255, 255};
  picture->width = (int)image.width;
  picture->height = (int)image.height;
  picture->grey = grey;
  // A file that ends too soon fails here; the rows that came may hold the code all the same.
  png_image_finish_read(&image, &white, grey, 0, NULL);
  png_image_free(&image);
  return shrink(picture, longest);
}

int yp_write_png(const yp_picture *picture, int longest, uint8_t **bytes, size_t *count) {
  yp_picture small = {picture->width, picture->height, malloc((size_t)picture->width * picture->height)};
  if (small.grey == NULL) return yp_no_memory;
  memcpy(small.grey, picture->grey, (size_t)picture->width * picture->height);
  int result = shrink(&small, longest);
  png_image image;
  memset(&image, 0, sizeof image);
  image.version = PNG_IMAGE_VERSION;
  image.width = (png_uint_32)small.width;
  image.height = (png_uint_32)small.height;
  image.format = PNG_FORMAT_GRAY;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  *bytes = result == yp_ok ? malloc(size) : NULL;
  if (*bytes == NULL) {
    yp_free(&small);
    return yp_no_memory;
  }
  int wrote = png_image_write_to_memory(&image, *bytes, &size, 0, small.grey, 0, NULL);
  yp_free(&small);
  if (!wrote) {
    free(*bytes);
    *bytes = NULL;
    return yp_broken;
  }
  *count = size;
  return yp_ok;
}
