import Sealing
import Support
import Testing

#if canImport(Glibc)
import Glibc
#endif

@Suite struct SealTests {
  let key = SealingKey(from: .system)

  @Test(arguments: UInt64(0)..<50)
  func whatIsClosedOpensForItsPurposeOnly(seed: UInt64) throws {
    var chance = SplitMix64(seed: seed)
    let secret = (0..<Int.random(in: 0...300, using: &chance)).map { _ in UInt8.random(in: 0...255, using: &chance) }
    let seal = Seal(key)
    let envelope = try seal.close(secret, for: "mail.password")
    #expect(try seal.open(envelope, for: "mail.password") == secret)
    #expect(throws: SealError.altered) { try seal.open(envelope, for: "ldap.password") }
    #expect(try seal.close(secret, for: "mail.password") != envelope)
    #expect(throws: SealError.otherKey) { try Seal(SealingKey(from: .system)).open(envelope, for: "mail.password") }
  }

  @Test func noByteOfAnEnvelopeCanBeChanged() throws {
    let seal = Seal(key)
    let envelope = try seal.close("secret", for: "x")
    for index in envelope.indices {
      var altered = envelope
      altered[index] ^= 1
      #expect(throws: SealError.self) { try seal.open(altered, for: "x") }
      #expect(throws: SealError.self) { try seal.open(Array(envelope[..<index]), for: "x") }
    }
  }

  @Test func aReplacedKeyStillOpensAndAsksForResealing() throws {
    let newer = SealingKey(from: .system)
    let envelope = try Seal(key).close("secret", for: "x")
    let seal = Seal(newer, older: [key])
    #expect(try seal.open(envelope, for: "x") == Array("secret".utf8))
    #expect(seal.wantsResealing(envelope))
    #expect(!seal.wantsResealing(try seal.close("secret", for: "x")))
  }

  @Test func theKeyFolderIsMadeOnceAndReadBack() throws {
    let folder = try temporaryFolder()
    let keys = KeyFolder(path: folder.file("keys"))
    let made = try keys.create()
    let read = try keys.load()
    #expect(read.sealing.bytes == made.sealing.bytes)
    #expect(read.signing.bytes == made.signing.bytes)
    #expect(read.agreement.bytes == made.agreement.bytes)
    let signature = try read.signing.sign([1, 2, 3])
    let checking = try KeyFolder.verifyingKey(at: keys.path(of: .signingPublic))
    #expect(checking.isSignature(signature, of: [1, 2, 3]))
    #expect(!checking.isSignature(signature, of: [1, 2, 4]))
    #expect(checking.fingerprint == made.signing.publicKey.fingerprint)
    #expect(checking.fingerprint.count == 39)
    #expect(throws: KeyError.exists(keys.path(of: .sealing))) { try keys.create() }
    for file in KeyFolder.File.allCases {
      var status = stat()
      #expect(stat(keys.path(of: file), &status) == 0)
      #expect(status.st_mode & 0o777 == (file.rawValue.hasSuffix(".key") ? 0o600 : 0o644))
    }
  }

  @Test func keysThatOthersCanReadAreRefused() throws {
    let folder = try temporaryFolder()
    let keys = KeyFolder(path: folder.file("keys"))
    _ = try keys.create()
    let signing = keys.path(of: .signing)
    chmod(signing, 0o640)
    #expect(throws: KeyError.tooWide(signing, 0o640)) { try keys.load() }
    // A credential that systemd hands over looks like this.
    #expect(throws: Never.self) { try KeyFolder(path: keys.path, given: [.signing: signing]).load() }
    chmod(signing, 0o604)
    #expect(throws: KeyError.tooWide(signing, 0o604)) {
      try KeyFolder(path: keys.path, given: [.signing: signing]).load()
    }
  }

  @Test func anInterruptedStartLeavesNoHalfKeys() throws {
    let folder = try temporaryFolder()
    let keys = KeyFolder(path: folder.file("keys"))
    // What stays behind when the machine stops in the midst of it.
    mkdir(folder.file("keys.new"), 0o700)
    _ = fopen(folder.file("keys.new/sealing.key"), "w").map { fclose($0) }
    #expect(throws: KeyError.missing(keys.path(of: .sealing))) { try keys.load() }
    let made = try keys.create()
    #expect(try keys.load().signing.bytes == made.signing.bytes)
    #expect(access(folder.file("keys.new"), F_OK) != 0)
    // Beside a certificate that is there already.
    let shared = KeyFolder(path: folder.file("shared"))
    mkdir(shared.path, 0o700)
    _ = fopen(shared.path + "/server.pem", "w").map { fclose($0) }
    #expect(throws: Never.self) { try shared.create() }
    #expect(throws: Never.self) { try shared.load() }
  }

  @Test func aMissingOrMistakenKeyIsNamed() throws {
    let folder = try temporaryFolder()
    let keys = KeyFolder(path: folder.file("keys"))
    #expect(throws: KeyError.missing(keys.path(of: .sealing))) { try keys.load() }
    _ = try keys.create()
    let swapped = KeyFolder(path: keys.path, given: [.sealing: keys.path(of: .agreement)])
    #expect(throws: KeyError.malformed(keys.path(of: .agreement))) { try swapped.load() }
    #expect(throws: KeyError.self) { try KeyFolder.verifyingKey(at: keys.path(of: .signing)) }
  }
}

@Suite struct EncodingTests {
  @Test(arguments: UInt64(0)..<200)
  func everyEncodingReadsWhatItWrites(seed: UInt64) {
    var chance = SplitMix64(seed: seed)
    let bytes = (0..<Int.random(in: 0...70, using: &chance)).map { _ in UInt8.random(in: 0...255, using: &chance) }
    #expect(Hex.decode(Hex.encode(bytes)) == bytes)
    #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
    #expect(Base32.decode(Base32.encode(bytes)) == bytes)
  }

  /// RFC 4648, section 10.
  @Test(arguments: [("f", "MY", "Zg"), ("foo", "MZXW6", "Zm9v"), ("foobar", "MZXW6YTBOI", "Zm9vYmFy")])
  func theVectorsOfTheStandardComeOut(text: String, base32: String, base64: String) {
    #expect(Base32.encode(Array(text.utf8)) == base32)
    #expect(Base64URL.encode(Array(text.utf8)) == base64)
  }

  @Test(arguments: ["a", "ab=", "a b", "Zh", "あ", "Zm9v\n"])
  func whatNoEncoderWritesIsRefused(text: String) { #expect(Base64URL.decode(text) == nil) }

  @Test func aTokenIsKnownByItsHash() throws {
    let token = Token(from: .system)
    #expect(token.text.utf8.count == 43)
    #expect(Token(reading: token.text)?.hash == token.hash)
    #expect(Token(reading: token.text + "A") == nil)
    #expect(Token(reading: "") == nil)
    #expect(Token(from: .system).hash != token.hash)
    #expect(Hash.sha256Hex(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(Hash.areEqual([1, 2], [1, 2]))
    #expect(!Hash.areEqual([1, 2], [1, 3]))
    #expect(!Hash.areEqual([1, 2], [1]))
  }
}
