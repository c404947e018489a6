import CArgon2

/// Passwords as Argon2id (RFC 9106) strings `$argon2id$v=19$m=65536,t=3,p=1$salt$hash`.
///
/// One hash takes 64 MiB and some 150 ms, so it runs on two threads of its own; what would queue too long is
/// refused with `BoundedWork.Overloaded`, and the caller answers "busy" rather than "wrong".
package struct PasswordHash: Sendable {
  package struct Parameters: Sendable, Hashable {
    /// KiB.
    package let memory: Int
    package let passes: Int
    package let lanes: Int

    package init(memory: Int, passes: Int, lanes: Int) {
      self.memory = memory
      self.passes = passes
      self.lanes = lanes
    }

    /// RFC 9106 §4, the second recommended option, with one lane.
    package static let standard = Parameters(memory: 64 * 1024, passes: 3, lanes: 1)
    /// Weak and quick, for tests only.
    package static let forTests = Parameters(memory: 64, passes: 1, lanes: 1)

    /// What a stored string may ask of us: a forged one must not take the machine's memory.
    var isAcceptable: Bool {
      (8 * lanes...1024 * 1024).contains(memory) && (1...64).contains(passes) && (1...16).contains(lanes)
    }
  }

  package enum Outcome: Sendable, Hashable {
    case wrong
    /// `needsRehash` where it was hashed with other parameters: hash it anew while the password is at hand.
    case right(needsRehash: Bool)

    package var isRight: Bool { self != .wrong }
  }

  package enum Failure: Error, Sendable, Hashable {
    /// The number is libargon2's.
    case argon2(Int32)
    case tooLong
  }

  private let parameters: Parameters
  private let entropy: Entropy
  private let work: BoundedWork

  package init(
    _ parameters: Parameters = .standard,
    entropy: Entropy = .system,
    work: BoundedWork = PasswordHash.sharedWork
  ) {
    precondition(parameters.isAcceptable, "Argon2id parameters out of range")
    self.parameters = parameters
    self.entropy = entropy
    self.work = work
  }

  /// Two at a time for the whole process, 128 MiB.
  package static let sharedWork = BoundedWork(label: "yagura.password", width: 2, limit: 64)

  package func hash(_ password: String) async throws -> String {
    let (parameters, entropy) = (parameters, entropy)
    return try await work.run { try Self.encoded(password, parameters, salt: entropy.bytes(16)) }
  }

  /// Wrong also where `stored` is no Argon2id string.
  package func verify(_ password: String, against stored: String) async throws -> Outcome {
    let parameters = parameters
    return try await work.run { Self.matches(password, stored, parameters) }
  }

  /// Takes the time of a check, for a name that no account has, so that answers do not tell which names exist.
  package func verifyAgainstNothing(_ password: String) async throws {
    let parameters = parameters
    // Only the time it takes is wanted.
    try await work.run { _ = try Self.encoded(password, parameters, salt: Array(repeating: 0, count: 16)) }
  }

  /// Whether the password is one of these, the newest n of an account's history.
  package func isReused(_ password: String, in history: [String]) async throws -> Bool {
    for stored in history where try await verify(password, against: stored).isRight { return true }
    return false
  }

  /// The raw 32-byte hash. Also what derives a key from a passphrase.
  package static func derive(
    _ password: [UInt8],
    salt: [UInt8],
    _ parameters: Parameters,
    length: Int = 32
  ) throws(Failure) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: length)
    let code = output.withUnsafeMutableBytes { output in
      password.withUnsafeBytes { password in
        salt.withUnsafeBytes { salt in
          argon2id_hash_raw(
            UInt32(parameters.passes),
            UInt32(parameters.memory),
            UInt32(parameters.lanes),
            password.baseAddress,
            password.count,
            salt.baseAddress,
            salt.count,
            output.baseAddress,
            output.count
          )
        }
      }
    }
    guard code == ARGON2_OK.rawValue else { throw .argon2(code) }
    return output
  }

  /// Passwords beyond this are refused, not cut: nobody types them, and hashing them costs.
  static let longest = 1024

  static func encoded(_ password: String, _ parameters: Parameters, salt: [UInt8]) throws(Failure) -> String {
    guard password.utf8.count <= longest else { throw .tooLong }
    let length = argon2_encodedlen(
      UInt32(parameters.passes),
      UInt32(parameters.memory),
      UInt32(parameters.lanes),
      UInt32(salt.count),
      32,
      Argon2_id
    )
    var text = [CChar](repeating: 0, count: length)
    let bytes = Array(password.utf8)
    let code = text.withUnsafeMutableBufferPointer { text in
      argon2id_hash_encoded(
        UInt32(parameters.passes),
        UInt32(parameters.memory),
        UInt32(parameters.lanes),
        bytes,
        bytes.count,
        salt,
        salt.count,
        32,
        text.baseAddress,
        text.count
      )
    }
    guard code == ARGON2_OK.rawValue else { throw .argon2(code) }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  static func matches(_ password: String, _ stored: String, _ wanted: Parameters) -> Outcome {
    guard password.utf8.count <= longest, let used = parameters(of: stored), used.isAcceptable else { return .wrong }
    let bytes = Array(password.utf8)
    // libargon2 compares in constant time.
    guard argon2id_verify(stored, bytes, bytes.count) == ARGON2_OK.rawValue else { return .wrong }
    return .right(needsRehash: used != wanted)
  }

  /// Nil where the string is not of the form this type writes.
  static func parameters(of stored: String) -> Parameters? {
    guard stored.utf8.count <= 512, !stored.utf8.contains(0) else { return nil }
    let parts = stored.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0].isEmpty, parts[1] == "argon2id", parts[2] == "v=19" else { return nil }
    let settings = parts[3].split(separator: ",", omittingEmptySubsequences: false)
    guard settings.count == 3, settings[0].hasPrefix("m="), settings[1].hasPrefix("t="), settings[2].hasPrefix("p="),
      let memory = Int(settings[0].dropFirst(2)), let passes = Int(settings[1].dropFirst(2)),
      let lanes = Int(settings[2].dropFirst(2))
    else { return nil }
    return Parameters(memory: memory, passes: passes, lanes: lanes)
  }
}
