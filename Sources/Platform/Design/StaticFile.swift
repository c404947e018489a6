import CStatic

/// A style sheet, script or picture that is part of the program. Served under `address`, which holds the edition of all
/// files together: it may be cached for ever, and scripts find each other by relative names.
package struct StaticFile: Sendable {
  package let name: String
  /// The media type, ready for `Content-Type`.
  package let contentType: String
  package let bytes: [UInt8]
  /// Hash of the bytes, sixteen hexadecimal digits; not for security.
  package let hash: String

  /// `/static/<edition>/<name>`.
  package var address: String { "/static/\(Self.edition)/\(name)" }

  /// `hash` as an entity tag, quotes included.
  package var entityTag: String { "\"\(hash)\"" }

  package static let all: [StaticFile] = (0..<yagura_static_count()).compactMap { index in
    guard let file = yagura_static_file_at(index)?.pointee, let start = file.bytes else { return nil }
    let bytes = Array(UnsafeBufferPointer(start: start, count: file.size))
    return StaticFile(
      name: String(cString: file.name),
      contentType: String(cString: file.type),
      bytes: bytes,
      hash: hexadecimal(fnv1a(bytes))
    )
  }

  /// Changes whenever any file changes.
  package static let edition = hexadecimal(fnv1a(all.flatMap { Array($0.hash.utf8) }))

  /// The file served at `/static/<edition>/<name>`; an older edition in the address also finds today's file.
  package static func find(name: some StringProtocol) -> StaticFile? { all.first { $0.name == name } }

  /// The address of a file by its name. Names are constants of this module, so a missing one is our own mistake.
  static func address(_ name: String) -> String { "/static/\(edition)/\(name)" }
}

/// FNV-1a, 64 bits: short, needs nothing, good enough to tell editions apart.
func fnv1a(_ bytes: some Sequence<UInt8>) -> UInt64 {
  bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
}

func hexadecimal(_ number: UInt64) -> String {
  let digits = String(number, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
