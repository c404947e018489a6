import Foundation
import Text

/// A file of any size under a passphrase: Argon2id makes the key (RFC 9106), AES-256-GCM closes it piece by piece. Each
/// piece is bound to its place and to whether it is the last, so that none can be left out, moved or cut off unnoticed.
///
/// One line of JSON with the parameters, then for each piece its length (4 bytes, big-endian) and its envelope.
package enum SealedFile {
  private struct Head: Codable {
    let format: String
    let memory, passes, lanes: Int
    let salt: String
  }

  private static let format = "yagura-file-1"
  private static let piece = 1 << 20

  package static func close(
    _ source: String,
    to target: String,
    passphrase: String,
    _ parameters: PasswordHash.Parameters = .standard,
    entropy: Entropy = .system
  ) throws {
    let salt = entropy.bytes(16)
    let seal = try seal(passphrase, salt, parameters)
    let head = Head(
      format: format,
      memory: parameters.memory,
      passes: parameters.passes,
      lanes: parameters.lanes,
      salt: Base64URL.encode(salt)
    )
    let input = try FileHandle(forReadingFrom: URL(filePath: source))
    guard FileManager.default.createFile(atPath: target, contents: nil, attributes: [.posixPermissions: 0o600]) else {
      throw SealError.failed
    }
    let output = try FileHandle(forWritingTo: URL(filePath: target))
    try output.write(contentsOf: try JSONEncoder().encode(head) + Data([10]))
    var index = 0
    var next = try input.read(upToCount: piece) ?? Data()
    repeat {
      let current = next
      next = try input.read(upToCount: piece) ?? Data()
      let envelope = try seal.close(Array(current), for: purpose(index, isLast: next.isEmpty))
      try output.write(contentsOf: length(envelope.count) + Data(envelope))
      index += 1
    } while !next.isEmpty
    try output.synchronize()
    try output.close()
    try input.close()
  }

  /// Throws `SealError` where the passphrase is another or anything was altered, left out or added; what was written until
  /// then is worthless.
  package static func open(_ source: String, to target: String, passphrase: String) throws {
    let input = try FileHandle(forReadingFrom: URL(filePath: source))
    let head = try head(input)
    let parameters = PasswordHash.Parameters(memory: head.memory, passes: head.passes, lanes: head.lanes)
    guard head.format == format, parameters.isAcceptable, let salt = Base64URL.decode(head.salt) else {
      throw SealError.notAnEnvelope
    }
    let seal = try seal(passphrase, salt, parameters)
    guard FileManager.default.createFile(atPath: target, contents: nil, attributes: [.posixPermissions: 0o600]) else {
      throw SealError.failed
    }
    let output = try FileHandle(forWritingTo: URL(filePath: target))
    var index = 0
    var envelope = try next(input)
    while let current = envelope {
      envelope = try next(input)
      let bytes = try seal.open(current, for: purpose(index, isLast: envelope == nil))
      try output.write(contentsOf: Data(bytes))
      index += 1
    }
    guard index > 0 else { throw SealError.notAnEnvelope }
    try output.synchronize()
    try output.close()
    try input.close()
  }

  private static func head(_ input: FileHandle) throws -> Head {
    var line = Data()
    while line.count < 1_000, let byte = try input.read(upToCount: 1), byte.first != 10 { line += byte }
    guard let head = try? JSONDecoder().decode(Head.self, from: line) else {  // the next line says so
      throw SealError.notAnEnvelope
    }
    return head
  }

  /// Nil at the end of the file.
  private static func next(_ input: FileHandle) throws -> [UInt8]? {
    guard let head = try input.read(upToCount: 4), !head.isEmpty else { return nil }
    let count = head.reduce(0) { $0 << 8 | Int($1) }
    guard head.count == 4, count <= piece + 100, let body = try input.read(upToCount: count), body.count == count else {
      throw SealError.altered
    }
    return Array(body)
  }

  private static func length(_ count: Int) -> Data {
    Data([24, 16, 8, 0].map { UInt8(count >> $0 & 255) })
  }

  private static func purpose(_ index: Int, isLast: Bool) -> String {
    "backup.file/\(index)/\(isLast ? "last" : "more")"
  }

  private static func seal(
    _ passphrase: String,
    _ salt: [UInt8],
    _ parameters: PasswordHash.Parameters
  ) throws -> Seal {
    let bytes = try PasswordHash.derive(Array(passphrase.utf8), salt: salt, parameters)
    guard let key = SealingKey(bytes: bytes) else { throw SealError.failed }
    return Seal(key)
  }
}
