import CPCRE2

/// A pattern that people wrote, on PCRE2 with limits on steps and depth: whatever the pattern and the banner are, an answer
/// comes soon.
///
/// A compiled pattern is never changed after `init` and PCRE2 allows any number of threads to match by it, each with match
/// data of its own, as `groups` has; so it may be shared.
final class BannerPattern: @unchecked Sendable {
  private let code: OpaquePointer

  /// Steps of one match, and how deep it may backtrack.
  private static let stepLimit: UInt32 = 100_000
  private static let depthLimit: UInt32 = 2_000
  /// Bytes of a banner that are looked at.
  static let bannerLimit = 4_096

  /// Nil where PCRE2 does not take the pattern.
  init?(_ pattern: String, ignoresCase: Bool, dotMatchesNewline: Bool) {
    // Ruby, for which recog is written, lets ^ and $ stand at every line.
    var options = PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C
    if ignoresCase { options |= PCRE2_CASELESS }
    if dotMatchesNewline { options |= PCRE2_DOTALL }
    var error: Int32 = 0
    var offset = 0
    let bytes = Array(pattern.utf8)
    guard bytes.count <= 4_096, let code = pcre2_compile_8(bytes, bytes.count, options, &error, &offset, nil) else {
      return nil
    }
    self.code = code
  }

  deinit { pcre2_code_free_8(code) }

  /// What the groups catch, the whole match first; nil where it does not fit, or not within the limits.
  func groups(_ banner: [UInt8]) -> [String?]? {
    guard let context = pcre2_match_context_create_8(nil) else { return nil }
    defer { pcre2_match_context_free_8(context) }
    pcre2_set_match_limit_8(context, Self.stepLimit)
    pcre2_set_depth_limit_8(context, Self.depthLimit)
    guard let data = pcre2_match_data_create_from_pattern_8(code, nil) else { return nil }
    defer { pcre2_match_data_free_8(data) }
    let length = min(banner.count, Self.bannerLimit)
    guard pcre2_match_8(code, banner, length, 0, 0, data, context) > 0 else { return nil }
    guard let places = pcre2_get_ovector_pointer_8(data) else { return nil }
    return (0..<Int(pcre2_get_ovector_count_8(data))).map { group in
      let start = places[group * 2]
      let end = places[group * 2 + 1]
      // An unset group has ~0 for both.
      guard start >= 0, start <= end, end <= length else { return nil }
      return String(decoding: banner[start..<end], as: UTF8.self)
    }
  }
}
