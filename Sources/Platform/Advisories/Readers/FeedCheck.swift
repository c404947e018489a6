import Text

/// Something a publisher says of a feed, held against what was read.
package struct FeedCheck: Sendable, Hashable {
  package enum Subject: String, Sendable, Hashable {
    /// SHA-256 of the content.
    case digest
    /// Bytes of the content.
    case size
    /// Records of the content.
    case count
    /// The check sum at the end of a gzip file.
    case gzip
  }

  package let subject: Subject
  package let holds: Bool
  /// What was compared with what.
  package let detail: Localized

  package init(_ subject: Subject, holds: Bool, detail: Localized) {
    self.subject = subject
    self.holds = holds
    self.detail = detail
  }

  static func count(announced: Int, found: Int) -> FeedCheck {
    FeedCheck(
      .count,
      holds: announced == found,
      detail: Localized(
        ja: "発行元の件数\(announced)件に対し、ファイルには\(found)件ありました。",
        en: "The publisher announces \(announced) records; the file holds \(found)."
      )
    )
  }

  static let gzip = FeedCheck(
    .gzip,
    holds: true,
    detail: Localized(ja: "gzipの検査値が一致しました。", en: "The check sum of the gzip file is right.")
  )

  static func checks(announced: Int?, found: Int, _ stream: ByteStream) -> [FeedCheck] {
    var checks: [FeedCheck] = []
    if let announced { checks.append(.count(announced: announced, found: found)) }
    // A wrong one would have been thrown while reading.
    if stream.isCompressed { checks.append(.gzip) }
    return checks
  }
}
