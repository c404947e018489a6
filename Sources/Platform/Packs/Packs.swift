private import CPacks

/// The packs inside the program.
package enum Packs {
  /// Paths below the folder Packs, as `calendar/eras.yaml`.
  package static let paths: [String] = (0..<yagura_pack_count()).map { String(cString: yagura_pack_at($0).path) }

  /// The text of an embedded pack, or nil when there is none of that path.
  package static func text(_ path: String) -> String? {
    for index in 0..<yagura_pack_count() {
      let pack = yagura_pack_at(index)
      guard String(cString: pack.path) == path else { continue }
      return String(decoding: UnsafeBufferPointer(start: pack.bytes, count: pack.length), as: UTF8.self)
    }
    return nil
  }

  /// Reads an embedded pack.
  package static func pack(_ path: String) throws(PackError) -> Pack {
    guard let text = text(path) else {
      throw PackError(
        file: path,
        line: nil,
        reason: PackWords(ja: "この規程パックは内蔵されていません。", en: "no such pack in this program")
      )
    }
    return try Pack(reading: text, file: path)
  }

  /// What `read` makes of an embedded pack that the program cannot work without. The packs are part of the program and
  /// the tests read each one, so an error here is a broken build: the process stops and names file and line.
  package static func require<Value>(_ path: String, _ read: (Pack) throws(PackError) -> Value) -> Value {
    do {
      return try read(try pack(path))
    } catch {
      preconditionFailure("\(error)")
    }
  }
}
