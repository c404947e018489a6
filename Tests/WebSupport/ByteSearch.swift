import CByteSearch

/// Searching in what was answered, by the C library: tests are built without optimisation, where walking a page character
/// by character takes longer than making it.
extension [UInt8] {
  /// Where the words begin, at `start` or later.
  package func firstIndex(of words: String, from start: Int = 0) -> Int? {
    guard start >= 0, start <= count else { return nil }
    var words = words
    return words.withUTF8 { needle in
      withUnsafeBytes { hay in
        guard let from = hay.baseAddress, let wanted = needle.baseAddress else { return needle.isEmpty ? start : nil }
        guard let place = byte_search(from + start, hay.count - start, wanted, needle.count) else { return nil }
        return place - from
      }
    }
  }

  package func holds(_ words: String) -> Bool { firstIndex(of: words) != nil }
}
