import Text
import Time

/// FIRST's EPSS scores of one day, as CSV. Files before 2021-09 lack the percentile, those before 2022-02 the line that
/// names model and date; then the day of the file's name stands for it.
package enum ProbabilityReader: FeedReader {
  package static func read(
    _ source: FeedSource,
    limits: FeedLimits = FeedLimits(),
    into: (FeedRecord) throws -> Void
  ) throws -> FeedReading {
    var rows = try CSVRows.open(source, limits)
    var tally = FeedTally(limits)
    var model: String?
    var day = source.name.split { !($0.isNumber || $0 == "-") }.lazy.compactMap { LocalDate(iso: dashless($0)) }.first
    var columns: [String: Int] = [:]
    while columns.isEmpty, try rows.next() {
      guard rows[0].first == UInt8(ascii: "#") else {
        columns = rows.header()
        break
      }
      for index in 0..<rows.fieldCount {
        let text = rows.text(index).drop { $0 == "#" }
        guard let colon = text.firstIndex(of: ":") else { continue }
        let value = text[text.index(after: colon)...]
        if text[..<colon] == "model_version" { model = String(value) }
        if text[..<colon] == "score_date" { day = FeedDate.day(value) ?? day }
      }
    }
    guard let cve = columns["cve"], let score = columns["epss"] else {
      throw FeedError.notA("EPSSのスコア一覧", "a list of EPSS scores")
    }
    while try rows.next() {
      guard CVENumber.isOne(rows[cve]), let probability = hundredThousandths(rows[score]) else {
        tally.skip(
          rows.filled(cve),
          row: rows.row,
          "CVE番号か確率が読めません。",
          "The CVE number or the probability cannot be read."
        )
        continue
      }
      tally.count()
      let percentile = columns["percentile"].flatMap { hundredThousandths(rows[$0]) }
      try into(
        .probability(ExploitProbability(cve: rows.text(cve), probability: probability, percentile: percentile))
      )
    }
    let head = FeedHead(
      kind: .epss,
      part: day?.iso ?? "",
      made: day.map { Instant(milliseconds: Int64($0.dayNumber) * 86_400_000) },
      release: model
    )
    return tally.reading(head, checks: FeedCheck.checks(announced: nil, found: tally.read, rows.bytes))
  }

  /// `-2021-04-14.` leaves its hyphens at the ends.
  private static func dashless(_ text: Substring) -> Substring {
    var rest = text
    while rest.first == "-" { rest.removeFirst() }
    while rest.last == "-" { rest.removeLast() }
    return rest
  }

  /// A decimal from 0 to 1 (also as `1.2e-05`) in hundred-thousandths, rounded.
  static func hundredThousandths(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard !bytes.isEmpty, bytes.count < 32 else { return nil }
    var value = 0
    var at = 0
    while at < bytes.count, bytes[at] >= 48, bytes[at] <= 57 {
      value = value * 10 + Int(bytes[at]) - 48
      guard value <= 1 else { return nil }
      at += 1
    }
    guard at > 0 else { return nil }
    value *= 1_000_000
    if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
      var weight = 100_000
      at += 1
      while at < bytes.count, bytes[at] >= 48, bytes[at] <= 57 {
        value += (Int(bytes[at]) - 48) * weight
        weight /= 10
        at += 1
      }
    }
    if at == bytes.count { return value <= 1_000_000 ? (value + 5) / 10 : nil }
    guard let exact = Double(String(decoding: bytes, as: UTF8.self)), exact >= 0, exact <= 1 else { return nil }
    return Int((exact * 100_000).rounded())
  }
}
