import Text
import Time

/// An alert of JPCERT/CC as its HTML page: number, dates and all CVE numbers of its text.
package enum AlertPageReader: FeedReader {
  package static func read(
    _ source: FeedSource,
    limits: FeedLimits = FeedLimits(),
    into: (FeedRecord) throws -> Void
  ) throws -> FeedReading {
    let page = HTMLPage(try source.wholeText(limits))
    guard let start = page.text.firstRange(of: "JPCERT-AT-") else {
      throw FeedError.notA("JPCERT/CCの注意喚起のページ", "an alert page of JPCERT/CC")
    }
    let rest = page.text[start.lowerBound...]
    let number = String(rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
    guard let address = NewsFields.address(number), let title = page.title else {
      throw FeedError.notA("JPCERT/CCの注意喚起のページ", "an alert page of JPCERT/CC")
    }
    let days = dates(in: rest.prefix(2000))
    let published = days.min().map { Instant($0) }
    // What stands behind the article (other alerts, a form) is not of this one.
    let end = rest.firstRange(of: "このページは役に立ちましたか")?.lowerBound ?? rest.endIndex
    let alert = AlertEntry(
      id: number,
      title: title,
      address: address,
      published: published,
      cves: CVENumber.all(in: title + "\n" + rest[..<end]),
      isUrgent: NewsFields.isUrgent(title)
    )
    try into(.alert(alert))
    let head = FeedHead(kind: .jpcert, part: number, made: days.max().map { Instant($0) } ?? published, isDelta: true)
    return FeedReading(head: head, read: 1)
  }

  /// Days as `2021-12-11`.
  private static func dates(in text: Substring) -> [LocalDate] {
    let bytes = Array(text.utf8)
    return bytes.indices.dropLast(9).compactMap { at in
      guard bytes[at] == UInt8(ascii: "2"), at == 0 || !(48...57).contains(bytes[at - 1]) else { return nil }
      return LocalDate(iso: String(decoding: bytes[at..<(at + 10)], as: UTF8.self))
    }
  }
}
