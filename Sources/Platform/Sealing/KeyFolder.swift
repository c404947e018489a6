import Text

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The keys of an installation.
package struct KeyRing: Sendable {
  package let sealing: SealingKey
  package let signing: SigningKey
  package let agreement: AgreementKey
  /// The sealing key that is about to take the place of `sealing`, where a change was begun and not ended.
  package let next: SealingKey?

  package init(sealing: SealingKey, signing: SigningKey, agreement: AgreementKey, next: SealingKey? = nil) {
    self.sealing = sealing
    self.signing = signing
    self.agreement = agreement
    self.next = next
  }

  /// Closes with the sealing key. In the midst of a change it opens what either key closed.
  package var seal: Seal { Seal(sealing, older: next.map { [$0] } ?? []) }

  /// New keys that are on no disk.
  package static func fresh(_ entropy: Entropy = .system) -> KeyRing {
    KeyRing(sealing: SealingKey(from: entropy), signing: SigningKey(), agreement: AgreementKey())
  }
}

/// The folder `DIR/keys`: three secret files for their owner only (0600), and the two public halves for anybody. A
/// file is one line, its kind and the key in base64url, so that a mistaken file is named and not used.
package struct KeyFolder: Sendable {
  package enum File: String, Sendable, CaseIterable {
    case sealing = "sealing.key"
    case signing = "signing.key"
    case agreement = "agreement.key"
    case signingPublic = "signing.pub"
    case agreementPublic = "agreement.pub"

    var isSecret: Bool { self == .sealing || self == .signing || self == .agreement }

    /// The first word of the file.
    var mark: String {
      switch self {
      case .sealing: "yagura-sealing-1"
      case .signing: "yagura-signing-1"
      case .agreement: "yagura-agreement-1"
      case .signingPublic: "yagura-signing-public-1"
      case .agreementPublic: "yagura-agreement-public-1"
      }
    }
  }

  package let path: String
  /// Files that lie elsewhere, as a systemd credential does.
  package let given: [File: String]

  package init(path: String, given: [File: String] = [:]) {
    self.path = path
    self.given = given
  }

  package func path(of file: File) -> String { given[file] ?? "\(path)/\(file.rawValue)" }

  /// Makes the folder and new keys, all or none: they are written beside it and then take its place. Refuses to touch
  /// a key that is there: what it sealed could never be opened again.
  package func create(_ entropy: Entropy = .system) throws(KeyError) -> KeyRing {
    let ring = KeyRing.fresh(entropy)
    try store(ring)
    return ring
  }

  /// Makes the folder with keys that come from a backup, as `create` does with new ones.
  package func store(_ ring: KeyRing) throws(KeyError) {
    for file in File.allCases where access(path(of: file), F_OK) == 0 { throw .exists(path(of: file)) }
    let fresh = path + ".new"
    // Left by an attempt that was cut short; nothing was ever sealed with it.
    for file in File.allCases { unlink("\(fresh)/\(file.rawValue)") }
    if mkdir(fresh, 0o700) != 0, errno != EEXIST { throw .unwritable(fresh, errno) }
    try write(ring.sealing.bytes, .sealing, in: fresh)
    try write(ring.signing.bytes, .signing, in: fresh)
    try write(ring.agreement.bytes, .agreement, in: fresh)
    try write(ring.signing.publicKey.bytes, .signingPublic, in: fresh)
    try write(ring.agreement.publicBytes, .agreementPublic, in: fresh)
    try takePlace(fresh)
  }

  private func takePlace(_ fresh: String) throws(KeyError) {
    if rename(fresh, path) != 0 {
      // The folder holds other files, a certificate perhaps.
      guard errno == ENOTEMPTY || errno == EEXIST else { throw .unwritable(path, errno) }
      for file in File.allCases where rename("\(fresh)/\(file.rawValue)", "\(path)/\(file.rawValue)") != 0 {
        throw .unwritable("\(path)/\(file.rawValue)", errno)
      }
      rmdir(fresh)
    }
    settle()
  }

  /// What was renamed stays renamed, also where the machine stops now.
  private func settle() {
    for folder in [path, path + "/.."] {
      let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      fsync(descriptor)
      close(descriptor)
    }
  }

  /// Reads the three secret keys, and the one that waits where the sealing key is being changed.
  package func load() throws(KeyError) -> KeyRing {
    guard let sealing = SealingKey(bytes: try read(.sealing)) else { throw .malformed(path(of: .sealing)) }
    guard let signing = SigningKey(bytes: try read(.signing)) else { throw .malformed(path(of: .signing)) }
    guard let agreement = AgreementKey(bytes: try read(.agreement)) else { throw .malformed(path(of: .agreement)) }
    return KeyRing(sealing: sealing, signing: signing, agreement: agreement, next: try waiting())
  }

  /// Reads `signing.pub` (or a signing key's public half from any file of that form): all that checking a journal
  /// needs.
  package static func verifyingKey(at path: String) throws(KeyError) -> VerifyingKey {
    let folder = KeyFolder(path: "", given: [.signingPublic: path])
    guard let key = VerifyingKey(bytes: try folder.read(.signingPublic)) else { throw .malformed(path) }
    return key
  }

  private func write(_ bytes: [UInt8], _ file: File, in folder: String) throws(KeyError) {
    try write(bytes, file, to: "\(folder)/\(file.rawValue)")
  }

  private func write(_ bytes: [UInt8], _ file: File, to target: String) throws(KeyError) {
    let line = Array("\(file.mark) \(Base64URL.encode(bytes))\n".utf8)
    let descriptor = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, file.isSecret ? 0o600 : 0o644)
    guard descriptor >= 0 else { throw errno == EEXIST ? .exists(target) : .unwritable(target, errno) }
    defer { close(descriptor) }
    let written = line.withUnsafeBytes { Glibc_write(descriptor, $0.baseAddress, $0.count) }
    guard written == line.count, fsync(descriptor) == 0 else { throw .unwritable(target, errno) }
  }

  private func read(_ file: File, from place: String? = nil) throws(KeyError) -> [UInt8] {
    let source = place ?? path(of: file)
    let descriptor = open(source, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw errno == ENOENT ? .missing(source) : .unreadable(source, errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(source, errno) }
    // A systemd credential shows its reader as the group (0440), so a given file may be read by its group.
    let forbidden: mode_t = given[file] == nil ? 0o077 : 0o037
    let mode = status.st_mode & 0o777
    if file.isSecret, mode & forbidden != 0 { throw .tooWide(source, Int(mode)) }
    var bytes = [UInt8](repeating: 0, count: 1024)
    let count = bytes.withUnsafeMutableBytes { Glibc_read(descriptor, $0.baseAddress, $0.count) }
    guard count >= 0 else { throw .unreadable(source, errno) }
    let words = bytes[..<count].split { $0 == 32 || $0 == 10 || $0 == 13 }
    guard words.count == 2, words[0].elementsEqual(file.mark.utf8),
      let key = Base64URL.decode(String(decoding: words[1], as: UTF8.self))
    else { throw .malformed(source) }
    return key
  }
}

/// Changing the sealing key. Each step is whole on the disk before the next, and after each of them everything that was
/// sealed can be opened: the new key lies beside the old one, then everything is sealed with it, then it takes the old
/// one's place.
extension KeyFolder {
  package var waitingPath: String { "\(path)/sealing.next.key" }

  private func waiting() throws(KeyError) -> SealingKey? {
    guard access(waitingPath, F_OK) == 0 else { return nil }
    guard let key = SealingKey(bytes: try read(.sealing, from: waitingPath)) else { throw .malformed(waitingPath) }
    return key
  }

  /// The key that takes the old one's place: the one that waits already, else a new one, written beside the old one.
  package func prepareSealing(_ entropy: Entropy = .system) throws(KeyError) -> SealingKey {
    if let key = try waiting() { return key }
    // A key that is given from outside is changed outside.
    guard given[.sealing] == nil else { throw .unwritable(path(of: .sealing), EROFS) }
    let key = SealingKey(from: entropy)
    let fresh = waitingPath + ".new"
    // Left by an attempt that was cut short; nothing was ever sealed with it.
    unlink(fresh)
    try write(key.bytes, .sealing, to: fresh)
    guard rename(fresh, waitingPath) == 0 else { throw .unwritable(waitingPath, errno) }
    settle()
    return key
  }

  /// Puts the key that waits in the old one's place. The old one is gone then.
  package func replaceSealing() throws(KeyError) {
    guard rename(waitingPath, path(of: .sealing)) == 0 else { throw .unwritable(path(of: .sealing), errno) }
    settle()
  }
}

/// Inside a type with methods `read` and `write`, the system's own need another name.
private func Glibc_write(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}

private func Glibc_read(_ descriptor: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, bytes, count)
}

/// Why a key cannot be used: where, why and what to do. The number is the system's `errno`, the mode as `chmod` has
/// it.
package enum KeyError: Error, Sendable, Hashable {
  case missing(String)
  case exists(String)
  case tooWide(String, Int)
  case malformed(String)
  case unreadable(String, Int32)
  case unwritable(String, Int32)

  package var message: Localized {
    switch self {
    case .missing(let path):
      Localized(
        ja: "鍵のファイル \(path) がありません。バックアップから戻すか、設定で場所を指定してください。",
        en: "The key file \(path) is missing. Restore it from a backup, or give its place in the settings."
      )
    case .exists(let path):
      Localized(
        ja: "鍵のファイル \(path) がすでにあります。上書きすると、これまでに封じた情報を開けなくなるため、中止しました。",
        en: "The key file \(path) is already there. Nothing was done: what it sealed could not be opened without it."
      )
    case .tooWide(let path, let mode):
      Localized(
        ja: "鍵のファイル \(path) を所有者以外も読み書きできます（\(octal(mode))）。chmod 600 で所有者だけにしてください。",
        en: "Others than its owner can use the key file \(path) (\(octal(mode))). Make it the owner's only: chmod 600."
      )
    case .malformed(let path):
      Localized(
        ja: "\(path) は、ここで使う鍵のファイルではありません。ファイルの取り違えや欠けがないか確かめてください。",
        en: "\(path) is not the kind of key file wanted here. Check that it is the right file and whole."
      )
    case .unreadable(let path, let number):
      Localized(
        ja: "鍵のファイル \(path) を読めません（\(text(number))）。所有者と権限を確かめてください。",
        en: "The key file \(path) cannot be read (\(text(number))). Check its owner and permissions."
      )
    case .unwritable(let path, let number):
      Localized(
        ja: "鍵を \(path) に書けません（\(text(number))）。空き容量とフォルダの権限を確かめてください。",
        en: "Keys cannot be written to \(path) (\(text(number))). Check free space and the folder's permissions."
      )
    }
  }

  private func octal(_ mode: Int) -> String { "0" + String(mode, radix: 8) }

  private func text(_ number: Int32) -> String { String(cString: strerror(number)) }
}
