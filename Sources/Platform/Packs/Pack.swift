/// A rule pack: versioned data that changes on another clock than the program (eras, holidays, ends of support,
/// questions, deadlines). It says who published it, from which source, for which time, and whether a named person has
/// compared it with that source.
///
/// A pack is a YAML file with this head, followed by `entries`, a list of maps:
///
///     pack: calendar.eras        # what it is; unique
///     edition: 1                 # grows with each change
///     title: {ja: 元号, en: Japanese eras}
///     valid: {from: 1868-10-23, to: 2028-12-31}   # to may be absent
///     publisher: Yagura
///     source: {title: …, english: …, address: https://…}   # english and address may be absent
///     verification: unverified   # or {by: 氏名, on: 2026-11-21}
///     entries: […]
package struct Pack: Sendable {
  package let id: String
  package let edition: Int
  package let title: PackWords
  /// First day it is valid for, `YYYY-MM-DD`.
  package let validFrom: String
  /// Last day it is valid for, or nil when it is open.
  package let validTo: String?
  package let publisher: String
  package let source: Source
  /// A reader may set it: nobody outside a facility can say that a pack was verified there.
  package var verification: Verification
  package let entries: [PackEntry]

  package struct Source: Sendable, Hashable {
    package let title: String
    /// The title in English, where it is not the same.
    package let english: String?
    package let address: String?

    package var words: PackWords { PackWords(ja: title, en: english ?? title) }
  }

  /// Whether a person has compared the pack with its source. Pages show the state beside what the pack decides.
  package enum Verification: Sendable, Hashable {
    case unverified
    case verified(by: String, on: String)
  }
}

/// A text in both languages. (`Localized` of module Text is made from it; this module lies below that one.)
package struct PackWords: Sendable, Hashable {
  package let ja: String
  package let en: String

  package init(ja: String, en: String) {
    self.ja = ja
    self.en = en
  }
}

/// What is wrong with a pack, and where.
package struct PackError: Error, Sendable, Hashable, CustomStringConvertible {
  package let file: String
  /// Counted from 1; nil when the trouble is the file as a whole.
  package let line: Int?
  package let reason: PackWords

  package init(file: String, line: Int?, reason: PackWords) {
    self.file = file
    self.line = line
    self.reason = reason
  }

  package var description: String { "\(file)\(line.map { ":\($0)" } ?? ""): \(reason.en)" }

  package var japanese: String { "\(file)\(line.map { " \($0)行目" } ?? "")：\(reason.ja)" }
}
