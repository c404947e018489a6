import FoundationEssentials
import Nouns
import Sealing
import Tabular
import Text
import Time

/// Packs as one signed ZIP: a signed list and the YAML files. Of the same make as the bundles that carry feeds, so that one
/// tool opens both, and as strict: nothing is taken unless a registered key signed all of it.
package struct ChecklistBundle: Sendable {
  package struct File: SignedFile {
    package let name: String
    package let sha256: String
    package let bytes: Int
  }

  static let kind = "yagura.checklists/1"
  /// More packs than this are no bundle of checklists.
  static let mostFiles = 100

  let manifest: SignedManifest<File>
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
    let manifest = SignedManifest(
      kind: kind,
      made: now,
      maker: maker,
      key: key.publicKey,
      files: files.map { File(name: $0.name, sha256: Hash.sha256Hex($0.bytes), bytes: $0.bytes.count) }
    )
    let (list, signature) = try manifest.signed(by: key)
    let path = FileManager.default.temporaryDirectory.appending(path: "yagura-\(UUID().uuidString).zip").path()
    // The file is ours alone and read before it goes; where it is gone already, nothing is left to do.
    defer { try? FileManager.default.removeItem(atPath: path) }
    var zip = try ZipWriter(path)
    try zip.add(SignedBundle.list, list)
    try zip.add(SignedBundle.signature, signature)
    for file in files { try zip.add(file.name, file.bytes) }
    try zip.finish()
    return try TableReader.fileBytes(path, limit: 1 << 30)
  }

  // MARK: Reading

  /// Whether a file is a ZIP at all, by its first bytes.
  static func isOne(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) }

  /// Opens a bundle whole, or refuses it whole; whose key it is has still to be asked (`owner`). Throws `TabularError`.
  init(_ bytes: [UInt8]) throws(TabularError) {
    let archive = try ZipArchive(bytes)
    guard let listed = archive.entry(named: SignedBundle.list) else { throw Self.foreign }
    let list = try archive.read(listed)
    // What is no list of ours is somebody else's archive, whatever is wrong with it.
    guard let manifest = SignedManifest<File>(reading: list), manifest.kind.hasPrefix("yagura.checklists/") else {
      throw Self.foreign
    }
    var signature: [UInt8]?
    if let entry = archive.entry(named: SignedBundle.signature) { signature = try archive.read(entry) }
    do throws(BundleFault) {
      guard manifest.kind == Self.kind else { throw .newer(manifest.kind) }
      key = try manifest.signer(of: list, signature: signature)
    } catch {
      throw Self.refusal(error)
    }
    self.manifest = manifest
    files = try Self.files(archive, manifest)
  }

  private static func files(
    _ archive: ZipArchive,
    _ manifest: SignedManifest<File>
  ) throws(TabularError) -> [(name: String, text: String)] {
    let names = archive.entries.map(\.name).filter { ![SignedBundle.list, SignedBundle.signature].contains($0) }
    do throws(BundleFault) {
      guard names.count <= mostFiles else {
        throw .changed(
          Localized(ja: "\(mostFiles)個より多いファイルが入っています", en: "it holds more than \(mostFiles) files")
        )
      }
      try manifest.checkNames(names)
    } catch {
      throw refusal(error)
    }
    var files: [(name: String, text: String)] = []
    for file in manifest.files {
      guard let entry = archive.entry(named: file.name) else { continue }
      let bytes = try archive.read(entry)
      do throws(BundleFault) {
        try manifest.check(file.name, sha256: Hash.sha256Hex(bytes), bytes: bytes.count)
        guard let text = String(validating: bytes, as: UTF8.self) else {
          throw .changed(Localized(ja: "\(file.name) が UTF-8 ではありません", en: "\(file.name) is not UTF-8"))
        }
        files.append((file.name, text))
      } catch {
        throw refusal(error)
      }
    }
    return files
  }

  /// What the owner of its key is called. Throws `TabularError` for a key that nobody registered, or that was removed.
  func owner(_ trust: BundleTrust) throws(TabularError) -> String {
    do throws(BundleFault) {
      return try manifest.owner(trust, of: key)
    } catch {
      throw Self.refusal(error)
    }
  }

  private static func refusal(_ fault: BundleFault) -> TabularError {
    TabularError(reason: fault.reason(Localized(ja: "この搬送ファイル", en: "The bundle")), remedy: fault.remedy)
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
}
