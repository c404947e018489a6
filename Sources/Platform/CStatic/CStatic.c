#include "CStatic.h"

// The compiler copies each file into the program and compiles again when one changes.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char look_css[] = {
#embed "assets/look.css"
};
static const unsigned char plain_css[] = {
#embed "assets/plain.css"
};
static const unsigned char old_js[] = {
#embed "assets/old.js"
};
static const unsigned char yagura_svg[] = {
#embed "assets/yagura.svg"
};
static const unsigned char yagura_js[] = {
#embed "assets/yagura.js"
};
static const unsigned char table_js[] = {
#embed "assets/table.js"
};
static const unsigned char grid_js[] = {
#embed "assets/grid.js"
};
static const unsigned char cells_js[] = {
#embed "assets/cells.js"
};
static const unsigned char saver_js[] = {
#embed "assets/saver.js"
};
static const unsigned char drop_js[] = {
#embed "assets/drop.js"
};
static const unsigned char refresh_js[] = {
#embed "assets/refresh.js"
};
static const unsigned char draft_js[] = {
#embed "assets/draft.js"
};
static const unsigned char walk_js[] = {
#embed "assets/walk.js"
};
static const unsigned char session_js[] = {
#embed "assets/session.js"
};
static const unsigned char keys_js[] = {
#embed "assets/keys.js"
};
static const unsigned char print_js[] = {
#embed "assets/print.js"
};
static const unsigned char when_js[] = {
#embed "assets/when.js"
};

#define SCRIPT(id, file) {file, "text/javascript; charset=utf-8", id, sizeof id}

static const struct yagura_static_file files[] = {
    {"look.css", "text/css; charset=utf-8", look_css, sizeof look_css},
    {"plain.css", "text/css; charset=utf-8", plain_css, sizeof plain_css},
    SCRIPT(old_js, "old.js"),
    {"yagura.svg", "image/svg+xml", yagura_svg, sizeof yagura_svg},
    SCRIPT(yagura_js, "yagura.js"),
    SCRIPT(table_js, "table.js"),
    SCRIPT(grid_js, "grid.js"),
    SCRIPT(cells_js, "cells.js"),
    SCRIPT(saver_js, "saver.js"),
    SCRIPT(drop_js, "drop.js"),
    SCRIPT(refresh_js, "refresh.js"),
    SCRIPT(draft_js, "draft.js"),
    SCRIPT(walk_js, "walk.js"),
    SCRIPT(session_js, "session.js"),
    SCRIPT(keys_js, "keys.js"),
    SCRIPT(print_js, "print.js"),
    SCRIPT(when_js, "when.js"),
};

size_t yagura_static_count(void) { return sizeof files / sizeof files[0]; }

const struct yagura_static_file *yagura_static_file_at(size_t index) {
  return index < yagura_static_count() ? &files[index] : NULL;
}
