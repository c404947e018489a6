import FoundationEssentials
import Tabular

/// Several files as one.
enum ZipFile {
  static let type = "application/zip"

  /// The parts, in their order, as the bytes of a ZIP file.
  static func bytes(of parts: [(path: String, bytes: [UInt8])]) throws -> [UInt8] {
    let path = FileManager.default.temporaryDirectory.appending(path: "yagura-\(UUID().uuidString).zip").path()
    // The file is ours alone and read before it goes; where it is gone already, nothing is left to do.
    defer { try? FileManager.default.removeItem(atPath: path) }
    var writer = try ZipWriter(path)
    for part in parts { try writer.add(part.path, part.bytes) }
    try writer.finish()
    return try TableReader.fileBytes(path, limit: 1 << 30)
  }
}
