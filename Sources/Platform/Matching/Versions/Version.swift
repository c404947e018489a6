import Text

/// A version as a ledger or a feed writes it, made half width once, so that it can be compared many times.
package struct Version: Sendable, Hashable {
  /// As written.
  package let raw: String
  /// Half width, without blanks at the ends.
  let bytes: [UInt8]

  package init(_ raw: String) {
    self.raw = raw
    bytes = Array(Width.trimmed(Width.halved(raw)).utf8)
  }

  /// Whether it is a version at all, in the order of `scheme`; an empty text, a name or a sentence is not.
  package func isReadable(in scheme: VersionScheme = .shape) -> Bool {
    bytes.withUnsafeBufferPointer { VersionSpan($0, rule: scheme.rule ?? .generic).isReadable }
  }
}
