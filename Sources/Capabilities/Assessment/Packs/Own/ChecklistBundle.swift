import FoundationEssentials
import Nouns
import Sealing
import Tabular
import Text
import Time

/// Packs as one signed ZIP: `manifest.json` (kind, maker, key, and the SHA-256 of every file), its Ed25519 signature in
/// `manifest.sig`, and the YAML files. Of the same make as the bundles that carry feeds, so that one tool opens both.
package struct ChecklistBundle: Sendable {
  package struct Manifest: Sendable, Hashable, Codable {
    package struct File: Sendable, Hashable, Codable {
      package let name: String
      package let sha256: String
      package let bytes: Int
    }

    let kind: String
    let made: Instant
    /// The facility that made it.
    let maker: String
    /// Its public key, in hexadecimal.
    let key: String
    let files: [File]
  }

  static let kind = "yagura.checklists/1"
  static let manifestName = "manifest.json"
  static let signatureName = "manifest.sig"
  /// More packs than this are no bundle of checklists.
  static let mostFiles = 100

  let manifest: Manifest
  let key: VerifyingKey
  package let files: [(name: String, text: String)]

  // MARK: Writing

  package static func write(
    _ packs: [OwnChecklist],
    maker: String,
    key: SigningKey,
    at now: Instant
  ) throws -> [UInt8] {
    let files = packs.map { (name: "\($0.checklist.id).yaml", bytes: Array($0.source.utf8)) }
    let manifest = Manifest(
      kind: kind,
      made: now,
      maker: maker,
      key: Hex.encode(key.publicKey.bytes),
      files: files.map { Manifest.File(name: $0.name, sha256: Hash.sha256Hex($0.bytes), bytes: $0.bytes.count) }
    )
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    let list = Array(try encoder.encode(manifest))
    let path = FileManager.default.temporaryDirectory.appending(path: "yagura-\(UUID().uuidString).zip").path()
    // The file is ours alone and read before it goes; where it is gone already, nothing is left to do.
    defer { try? FileManager.default.removeItem(atPath: path) }
    var zip = try ZipWriter(path)
    try zip.add(manifestName, list)
    try zip.add(signatureName, Array((Hex.encode(try key.sign(list)) + "\n").utf8))
    for file in files { try zip.add(file.name, file.bytes) }
    try zip.finish()
    return try TableReader.fileBytes(path, limit: 1 << 30)
  }

  // MARK: Reading

  /// Whether a file is a ZIP at all, by its first bytes.
  static func isOne(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) }

  /// Opens a bundle whole, or refuses it whole. Throws `TabularError`.
  init(_ bytes: [UInt8]) throws(TabularError) {
    let archive = try ZipArchive(bytes)
    guard archive.entries.count <= Self.mostFiles + 2 else {
      throw Self.tampered("\(Self.mostFiles)個より多いファイルが入っています", "it holds more than \(Self.mostFiles) files")
    }
    guard let listed = archive.entry(named: Self.manifestName) else {
      throw Self.foreign
    }
    let list = try archive.read(listed)
    // What is no list of ours is somebody else's archive, whatever is wrong with it.
    guard let manifest = try? JSONDecoder().decode(Manifest.self, from: Data(list)), manifest.kind == Self.kind else {
      throw Self.foreign
    }
    guard let signed = archive.entry(named: Self.signatureName),
      let key = Hex.decode(manifest.key).flatMap({ VerifyingKey(bytes: $0) })
    else { throw Self.tampered("署名がありません", "there is no signature") }
    let written = String(decoding: try archive.read(signed), as: UTF8.self).filter(\.isHexDigit)
    guard let signature = Hex.decode(written), key.isSignature(signature, of: list) else {
      throw Self.tampered("目録の署名が合いません", "the signature of its list is wrong")
    }
    self.manifest = manifest
    self.key = key
    files = try Self.files(archive, manifest)
  }

  private static func files(
    _ archive: ZipArchive,
    _ manifest: Manifest
  ) throws(TabularError) -> [(name: String, text: String)] {
    let names = Set(manifest.files.map(\.name))
    for entry in archive.entries where ![manifestName, signatureName].contains(entry.name) {
      guard names.contains(entry.name) else {
        throw tampered("目録にない \(entry.name) が入っています", "it holds \(entry.name), which its list does not name")
      }
    }
    var files: [(name: String, text: String)] = []
    for file in manifest.files {
      guard let entry = archive.entry(named: file.name) else {
        throw tampered("目録にある \(file.name) がありません", "\(file.name) of its list is missing")
      }
      let bytes = try archive.read(entry)
      guard bytes.count == file.bytes, Hash.sha256Hex(bytes) == file.sha256 else {
        throw tampered("\(file.name) の中身が目録と違います", "\(file.name) is not what its list says")
      }
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw tampered("\(file.name) が UTF-8 ではありません", "\(file.name) is not UTF-8")
      }
      files.append((file.name, text))
    }
    return files
  }

  private static var foreign: TabularError {
    TabularError(
      reason: Localized(ja: "点検表の搬送ファイルではありません。", en: "This is no bundle of checklists."),
      remedy: Localized(
        ja: "点検表の YAML か、Yagura の「点検表」から書き出した搬送ファイルを選んでください。",
        en: "Choose the YAML of a checklist, or a bundle that Yagura exported."
      )
    )
  }

  private static func tampered(_ ja: String, _ en: String) -> TabularError {
    TabularError(
      reason: Localized(
        ja: "搬送ファイルが、送り主が作ったあとに変わっています（\(ja)）。何も取り込みませんでした。",
        en: "The bundle was changed after its sender made it (\(en)). Nothing was imported."
      ),
      remedy: Localized(ja: "送り主からもう一度受け取ってください。", en: "Get it from the sender again.")
    )
  }
}
