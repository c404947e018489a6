#include "CPictures.h"

#include <algorithm>
#include <cstring>

#include <ZXing/ReadBarcode.h>
#include <ZXing/TextUtfEncoding.h>

extern "C" int yp_find_codes(const yp_picture *picture, yp_code *codes, int most) {
  // The library throws where memory ends; nothing may pass into Swift.
  try {
    ZXing::ImageView view(picture->grey, picture->width, picture->height, ZXing::ImageFormat::Lum);
    auto hints = ZXing::DecodeHints()
                     .setFormats(ZXing::BarcodeFormat::QRCode)
                     .setTryHarder(true)
                     .setTryRotate(true)
                     .setMaxNumberOfSymbols(static_cast<uint8_t>(std::min(most, 255)));
    int count = 0;
    for (const auto &result : ZXing::ReadBarcodes(view, hints)) {
      if (!result.isValid() || count == most) continue;
      std::string text = ZXing::TextUtfEncoding::ToUtf8(result.text());
      if (text.empty() || text.size() >= sizeof codes[0].text || text.find('\0') != std::string::npos) continue;
      const auto &place = result.position();
      int left = place[0].x, right = left, top = place[0].y, bottom = top;
      for (int corner = 1; corner < 4; corner++) {
        left = std::min(left, place[corner].x);
        right = std::max(right, place[corner].x);
        top = std::min(top, place[corner].y);
        bottom = std::max(bottom, place[corner].y);
      }
      yp_code &code = codes[count++];
      std::memcpy(code.text, text.c_str(), text.size() + 1);
      code.x = static_cast<int>((left + right) * 500LL / std::max(picture->width, 1));
      code.y = static_cast<int>((top + bottom) * 500LL / std::max(picture->height, 1));
      code.size = static_cast<int>(
          std::max(right - left, bottom - top) * 1000LL / std::max({picture->width, picture->height, 1}));
    }
    return count;
  } catch (...) {
    return 0;
  }
}
