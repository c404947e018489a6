import Packs
import Text
import Time

/// One edition of a checklist that a facility wrote or was given: as it came, and it never changes. Whoever changes the
/// text makes a new edition, which stands beside the old one.
package struct OwnChecklist: Sendable {
  /// What ids of own packs begin with, so that none is ever taken for one of the program.
  package static let prefix = "own-"
  /// What keys of topics begin with that only one pack knows.
  package static let topicPrefix = "own."
  /// The YAML of a pack, in bytes.
  package static let mostBytes = 512 << 10
  package static let mostItems = 500
  /// Editions that a facility keeps.
  package static let mostEditions = 500

  /// `own-radiology`.
  package let pack: String
  package let edition: Int
  /// The YAML as it was given.
  package let source: String
  /// Its SHA-256 in hexadecimal.
  package let hash: String
  package let fileName: String
  /// Who signed the bundle it came in, with the fingerprint of the key; nil for a single file.
  package let sender: String?
  package let loadedAt: Instant
  package let loadedBy: String
  package let checklist: Checklist

  /// The id of the checklist of one edition.
  package static func id(_ pack: String, _ edition: Int) -> String { "\(pack).\(edition)" }

  /// Reads an own pack whole. Throws `PackError` with line and reason; nobody's word but the facility's own makes it
  /// verified, so that what the file says of it is left out.
  package static func read(_ text: String, file: String) throws(PackError) -> Checklist {
    var pack = try pack(text, file)
    guard !isShipped(pack) else {
      throw wrong(
        "pack",
        "「\(pack.id)」は組み込みの点検表の名前です。自分の点検表の名前（pack）は「\(prefix)」で始めてください。",
        "‘\(pack.id)’ is the name of a checklist of the program; the name of an own one (pack) begins with ‘\(prefix)’",
        text,
        file
      )
    }
    guard isID(pack.id) else {
      throw wrong(
        "pack",
        "自分の点検表の名前（pack）は「\(prefix)」で始め、英小文字・数字・ハイフンで40文字以内にしてください（\(pack.id)）。",
        "the name of an own checklist (pack) begins with ‘\(prefix)’ and has small letters, digits and hyphens, at most 40",
        text,
        file
      )
    }
    pack.verification = .unverified
    return try checklist(pack, isOwn: true, text, file)
  }

  /// Reads a pack for its mistakes alone, also one of the program, a copy of one, or one whose name does not begin as those
  /// that can be loaded do. Throws `PackError` with line and reason.
  package static func check(_ text: String, file: String) throws(PackError) -> Checklist {
    let pack = try pack(text, file)
    // What is to be loaded is told all that would keep it out.
    guard !pack.id.hasPrefix(prefix) else { return try read(text, file: file) }
    // Those of the program bring no topics of their own.
    return try checklist(pack, isOwn: !isShipped(pack), text, file)
  }

  /// Whether it is called as one of the program is.
  private static func isShipped(_ pack: Pack) -> Bool { Checklists.checklist(ChecklistReader.shortID(pack)) != nil }

  /// Its head, with what every pack keeps to.
  private static func pack(_ text: String, _ file: String) throws(PackError) -> Pack {
    guard text.utf8.count <= mostBytes else {
      throw PackError(
        file: file,
        line: nil,
        reason: PackWords(
          ja: "点検表のファイルは\(mostBytes >> 10)KBまでです。",
          en: "the file of a checklist has at most \(mostBytes >> 10) KB"
        )
      )
    }
    let pack = try Pack(reading: text, file: file)
    guard pack.edition <= 9999 else {
      throw wrong("edition", "「edition」は9999までです。", "‘edition’ is at most 9999", text, file)
    }
    for day in [pack.validFrom, pack.validTo].compactMap(\.self) where LocalDate(iso: day) == nil {
      throw wrong("valid", "「valid」の \(day) という日はありません。", "there is no day \(day) (‘valid’)", text, file)
    }
    return pack
  }

  private static func checklist(
    _ pack: Pack,
    isOwn: Bool,
    _ text: String,
    _ file: String
  ) throws(PackError) -> Checklist {
    let checklist = try ChecklistReader.read(pack, topics: Set(Checklists.topics.keys), isOwn: isOwn)
    guard checklist.items.count <= mostItems else {
      throw wrong("entries", "項目は\(mostItems)個までです。", "there are at most \(mostItems) items", text, file)
    }
    return checklist
  }

  private static func wrong(
    _ name: String,
    _ ja: String,
    _ en: String,
    _ text: String,
    _ file: String
  ) -> PackError {
    PackError(file: file, line: line(of: name, text), reason: PackWords(ja: ja, en: en))
  }

  /// Whether it can name an own pack.
  package static func isID(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return text.hasPrefix(prefix) && bytes.count > prefix.utf8.count && bytes.count <= 40
      && bytes.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
  }

  /// The line of a name of the head, from 1.
  private static func line(of name: String, _ text: String) -> Int? {
    text.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.hasPrefix(name + ":") }.map { $0 + 1 }
  }
}
