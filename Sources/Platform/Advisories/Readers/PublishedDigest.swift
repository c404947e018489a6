import Text
import Time

/// What a publisher says beside a feed of its content: NVD's `.meta` files (size and SHA-256 of the inflated JSON),
/// JVN's `checksum.txt` (of the files as they are).
package struct PublishedDigest: Sendable, Hashable {
  /// `jvndb_detail_2022.rdf`; for a `.meta` file its own name without the ending.
  package let fileName: String
  /// In lower-case hexadecimal.
  package let sha256: String
  package let size: Int?
  package let modified: Instant?

  package init(fileName: String, sha256: String, size: Int?, modified: Instant?) {
    self.fileName = fileName
    self.sha256 = sha256
    self.size = size
    self.modified = modified
  }

  /// All that a file of digests lists.
  ///
  /// - Throws: `FeedError` where it lists none.
  package static func read(_ source: FeedSource, limits: FeedLimits = FeedLimits()) throws -> [PublishedDigest] {
    let bytes = try source.wholeContent(limits)
    let digests =
      bytes.first { $0 > 32 } == UInt8(ascii: "[")
      ? try list(bytes, limits) : meta(bytes, source.name).map { [$0] } ?? []
    guard !digests.isEmpty else { throw FeedError.notA("検査値のファイル", "a file of check sums") }
    return digests
  }

  /// Whether this speaks of a file of that name, packed or not.
  package func isAbout(_ name: String) -> Bool {
    let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
    return plain == fileName || plain == fileName + ".json" || plain == fileName + ".xml"
  }

  /// Holds it against what was read.
  package func checks(_ content: ContentDigest) -> [FeedCheck] {
    guard let found = content.sha256, let foundSize = content.size else { return [] }
    var checks = [
      FeedCheck(
        .digest,
        holds: found == sha256,
        detail: found == sha256
          ? Localized(ja: "SHA-256が発行元の値と一致しました。", en: "The SHA-256 is that of the publisher.")
          : Localized(
            ja: "SHA-256が発行元の値（\(sha256.prefix(12))…）と違います（\(found.prefix(12))…）。壊れたか、別の版のファイルです。",
            en: "The SHA-256 (\(found.prefix(12))…) is not that of the publisher (\(sha256.prefix(12))…): "
              + "the file is damaged or another edition."
          )
      )
    ]
    if let size {
      checks.append(
        FeedCheck(
          .size,
          holds: size == foundSize,
          detail: Localized(
            ja: "発行元の大きさ\(size)バイトに対し、\(foundSize)バイトでした。",
            en: "The publisher announces \(size) bytes; there are \(foundSize)."
          )
        )
      )
    }
    return checks
  }

  private static func list(_ bytes: [UInt8], _ limits: FeedLimits) throws -> [PublishedDigest] {
    let parser = try JSONParser(limits)
    return try parser.withValue(of: bytes) { value in
      value.elements.compactMap { entry in
        guard let name = entry["filename"]?.filled, let sha256 = entry["sha256"]?.filled, isDigest(sha256) else {
          return nil
        }
        return PublishedDigest(
          fileName: name,
          sha256: sha256.lowercased(),
          size: entry["size"]?.int,
          modified: entry["lastModified"]?.filled.flatMap(japaneseMoment)
        )
      }
    }
  }

  /// `2023/11/02 12:00:18`, in Japan's time.
  private static func japaneseMoment(_ text: String) -> Instant? {
    FeedDate.instant(text.replacing("/", with: "-") + "+09:00")
  }

  private static func meta(_ bytes: [UInt8], _ name: String) -> PublishedDigest? {
    var values: [String: String] = [:]
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      guard let colon = line.firstIndex(of: ":") else { continue }
      values[String(line[..<colon])] = line[line.index(after: colon)...].trimmed
    }
    guard let sha256 = values["sha256"], isDigest(sha256) else { return nil }
    return PublishedDigest(
      fileName: name.hasSuffix(".meta") ? String(name.dropLast(5)) : name,
      sha256: sha256.lowercased(),
      size: values["size"].flatMap { Int($0) },
      modified: values["lastModifiedDate"].flatMap { FeedDate.instant($0) }
    )
  }

  private static func isDigest(_ text: String) -> Bool { text.utf8.count == 64 && text.allSatisfy(\.isHexDigit) }
}
