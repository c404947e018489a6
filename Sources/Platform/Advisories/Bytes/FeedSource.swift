import Crypto
import Tabular
import Text

/// A file that may be read several times: first a little to see what it is, then whole.
package struct FeedSource: Sendable {
  enum Content: Sendable {
    case memory([UInt8])
    case file(String)
    case part(ZipArchive, ZipArchive.Entry)
  }

  /// Its name as a person sees it, without the folder of this machine.
  package let name: String
  /// Inside its archive with the folders; else its name.
  package let path: String
  let content: Content
  /// Where the digest of the whole content goes when it has been read to its end.
  private(set) var digest: ContentDigest?

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    path = name
    content = .memory(bytes)
  }

  /// A file of this machine.
  package init(path: String) {
    name = path.split(separator: "/").last.map(String.init) ?? path
    self.path = name
    content = .file(path)
  }

  private init(_ archive: ZipArchive, _ entry: ZipArchive.Entry) {
    name = entry.name.split(separator: "/").last.map(String.init) ?? entry.name
    path = entry.name
    content = .part(archive, entry)
  }

  /// The same file; whenever it is read to its end, `digest` learns the SHA-256 and the size of its inflated content.
  /// So a feed is checked against what its publisher says in the one pass that reads it.
  package func digested(by digest: ContentDigest) -> FeedSource {
    var source = self
    source.digest = digest
    return source
  }

  /// From the front, inflated on the way where it is compressed by gzip.
  package func open(_ limits: FeedLimits = FeedLimits()) throws(FeedError) -> ByteStream {
    try ByteStream(self, limits)
  }

  /// The first bytes, inflated.
  package func beginning(_ count: Int, _ limits: FeedLimits = FeedLimits()) throws(FeedError) -> [UInt8] {
    try open(limits).read(upTo: count)
  }

  /// Everything, inflated; refused when it is longer than `limits.documentBytes`.
  package func wholeContent(_ limits: FeedLimits = FeedLimits()) throws(FeedError) -> [UInt8] {
    try content(upTo: limits.documentBytes, limits)
  }

  private func content(upTo most: Int, _ limits: FeedLimits) throws(FeedError) -> [UInt8] {
    let stream = try open(limits)
    let bytes = try stream.read(upTo: most + 1)
    guard bytes.count <= most else {
      let size = "\(most >> 20) MB"
      throw .tooLarge("\(size)を超えています", "more than \(size)")
    }
    guard !bytes.isEmpty else { throw .empty }
    return bytes
  }

  /// SHA-256 (hexadecimal) and size of a member of an archive as it was put in, gzip not undone; of other sources the
  /// content is taken as it is opened.
  package func carriedDigest() throws(FeedError) -> (sha256: String, bytes: Int) {
    guard case .part(let archive, let entry) = content else {
      let bytes = try wholeContent()
      return (Self.hex(SHA256.hash(data: bytes)), bytes.count)
    }
    do throws(TabularError) {
      var stream = try PartStream(archive, entry)
      var hash = SHA256()
      var count = 0
      let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
      defer { room.deallocate() }
      while true {
        let got = try stream.read(into: room)
        guard got > 0 else { break }
        hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: room[..<got]))
        count += got
      }
      try stream.finish()
      return (Self.hex(hash.finalize()), count)
    } catch { throw FeedError(error) }
  }

  private static func hex(_ digest: SHA256.Digest) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The content as text, its encoding found out.
  func wholeText(_ limits: FeedLimits) throws(FeedError) -> String {
    let bytes = try wholeContent(limits)
    return TextEncoding.detect(bytes).decode(bytes).text
  }

  /// The files inside, in the archive's order, if this is a ZIP file; else nil.
  package func members(_ limits: FeedLimits = FeedLimits()) throws(FeedError) -> [FeedSource]? {
    guard try beginning(4, limits).starts(with: [0x50, 0x4b]) else { return nil }
    let bytes = try content(upTo: limits.archiveBytes, limits)
    var zipLimits = ReadLimits()
    zipLimits.fileBytes = limits.archiveBytes
    zipLimits.zipEntries = limits.archiveEntries
    zipLimits.inflatedBytes = limits.inflatedBytes
    do throws(TabularError) {
      let archive = try ZipArchive(bytes, limits: zipLimits)
      return archive.entries.filter { !$0.name.hasSuffix("/") }.map { FeedSource(archive, $0) }
    } catch { throw FeedError(error) }
  }
}
