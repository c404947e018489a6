import FoundationEssentials
import Text
import Time

/// One file of a bundle, as its list names it.
package protocol SignedFile: Sendable, Hashable, Codable {
  /// As it lies in the bundle.
  var name: String { get }
  /// In hexadecimal.
  var sha256: String { get }
  var bytes: Int { get }
}

/// What a bundle says of itself: who made it, and the SHA-256 of every file. It is signed (Ed25519), so that nothing of the
/// bundle can be changed on the way. Bundles of feeds and of checklists are of this one make.
package struct SignedManifest<File: SignedFile>: Sendable, Hashable, Codable {
  /// Of the format, `yagura.feeds/1`: a reader refuses what it does not know.
  package let kind: String
  package let made: Instant
  /// Who made it: the name of a facility or prefecture.
  package let maker: String
  /// The maker's public key, in hexadecimal.
  package let key: String
  package let files: [File]

  package init(kind: String, made: Instant, maker: String, key: VerifyingKey, files: [File]) {
    self.kind = kind
    self.made = made
    self.maker = maker
    self.key = Hex.encode(key.bytes)
    self.files = files
  }

  /// The list as it lies in the bundle, and the signature over those very bytes.
  package func signed(by key: SigningKey) throws -> (list: [UInt8], signature: [UInt8]) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    let list = Array(try encoder.encode(self))
    return (list, Array((Hex.encode(try key.sign(list)) + "\n").utf8))
  }

  /// Nil for what is no such list: other archives have a file of that name too.
  package init?(reading list: [UInt8]) {
    guard let found = try? JSONDecoder().decode(Self.self, from: Data(list)) else { return nil }
    self = found
  }

  /// The key that signed these very bytes of the list. Throws `BundleFault.changed`.
  package func signer(of list: [UInt8], signature: [UInt8]?) throws(BundleFault) -> VerifyingKey {
    guard let signature, let key = Hex.decode(key).flatMap({ VerifyingKey(bytes: $0) }) else {
      throw .changed(Localized(ja: "署名がありません", en: "there is no signature"))
    }
    let text = String(decoding: signature.prefix(4096), as: UTF8.self)
    guard let bytes = Hex.decode(text.filter(\.isHexDigit)), key.isSignature(bytes, of: list) else {
      throw .changed(Localized(ja: "目録の署名が合いません", en: "the signature of its list is wrong"))
    }
    return key
  }

  /// What the owner of the key is called, by what the installation knows of it. Throws `BundleFault` for a key that
  /// nobody registered, or that was removed.
  package func owner(_ trust: BundleTrust, of key: VerifyingKey) throws(BundleFault) -> String {
    switch trust {
    case .trusted(let name): return name
    case .unknown: throw .unknownKey(maker: maker, fingerprint: key.fingerprint, key: Hex.encode(key.bytes))
    case .removed(let name, let day): throw .removedKey(name: name, on: day)
    }
  }

  /// Whether the bundle holds what its list names and nothing else; `names` are those of its files, without list and
  /// signature.
  package func checkNames(_ names: [String]) throws(BundleFault) {
    let listed = Set(files.map(\.name))
    if let stranger = names.first(where: { !listed.contains($0) }) {
      throw .changed(
        Localized(ja: "目録にない \(stranger) が入っています", en: "it holds \(stranger), which its list does not name")
      )
    }
    let there = Set(names)
    if let missing = listed.sorted().first(where: { !there.contains($0) }) {
      throw .changed(Localized(ja: "目録にある \(missing) がありません", en: "\(missing) of its list is missing"))
    }
  }

  /// Whether a file is what the list says.
  package func check(_ name: String, sha256: String, bytes: Int) throws(BundleFault) {
    guard let file = files.first(where: { $0.name == name }), file.sha256 == sha256, file.bytes == bytes else {
      throw .changed(Localized(ja: "\(name) の中身が目録と違います", en: "\(name) is not what its list says"))
    }
  }
}

/// Where list and signature lie in a bundle.
package enum SignedBundle {
  package static let list = "manifest.json"
  package static let signature = "manifest.sig"
}
