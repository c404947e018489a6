#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import Text

/// Reads a table from whatever file a person hands over, recognised by its bytes; the name matters only in messages
/// and for what bytes cannot tell.
package enum TableReader {
  package static func read(
    _ bytes: [UInt8],
    name: String,
    options: ReadOptions = ReadOptions()
  ) throws(TabularError) -> Workbook {
    guard bytes.count <= options.limits.fileBytes else { throw tooLong(bytes.count) }
    switch bytes.prefix(4) {
    case []: throw .empty
    case [0x50, 0x4b, 3, 4], [0x50, 0x4b, 5, 6], [0xd0, 0xcf, 0x11, 0xe0]:
      return try XLSXReader(bytes, limits: options.limits).readAll()
    case [0x25, 0x50, 0x44, 0x46]: throw .portableDocument
    // What the first versions of Excel wrote, and XML or HTML tables under the name .xls.
    case let start where start.starts(with: [9, 8]) || start.starts(with: [9, 4]) || start.starts(with: [9, 2]):
      throw .oldExcel
    case let start where name.asciiLowercased.hasSuffix(".xls") && start.first == UInt8(ascii: "<"):
      throw .oldExcel
    case let start where name.asciiLowercased.hasSuffix(".xlsx"):
      // A text file renamed is read as what it is; a workbook with another beginning is broken.
      if start.contains(0), !start.starts(with: [0xff, 0xfe]), !start.starts(with: [0xfe, 0xff]) {
        throw .damaged("ZIPの目録がありません", "the directory of the ZIP file is missing")
      }
      return try CSVReader.read(bytes, name: name, options: options)
    default: return try CSVReader.read(bytes, name: name, options: options)
    }
  }

  /// Reads a file of this machine.
  package static func read(
    path: String,
    options: ReadOptions = ReadOptions()
  ) throws(TabularError) -> Workbook {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return try read(fileBytes(path, limit: options.limits.fileBytes), name: name, options: options)
  }

  /// The content of a file, refused when it is longer than `limit`.
  package static func fileBytes(_ path: String, limit: Int) throws(TabularError) -> [UInt8] {
    guard let file = fopen(path, "rb") else { throw unreadable(path) }
    defer { fclose(file) }
    var content: [UInt8] = []
    let piece = 1 << 20
    while true {
      let filled = content.count
      var got = 0
      // Only what fread has written counts; the file may be a pipe without a length.
      content.append(
        contentsOf: [UInt8](unsafeUninitializedCapacity: piece) { buffer, count in
          got = fread(buffer.baseAddress, 1, piece, file)
          count = got
        }
      )
      guard filled + got <= limit else { throw tooLong(filled + got) }
      if got < piece { break }
    }
    guard ferror(file) == 0 else { throw unreadable(path) }
    return content
  }

  private static func tooLong(_ count: Int) -> TabularError { .tooLarge("\(count >> 20) MB", "\(count >> 20) MB") }

  private static func unreadable(_ path: String) -> TabularError {
    TabularError(
      reason: Localized(ja: "ファイル \(path) を開けません。", en: "The file \(path) cannot be opened."),
      remedy: Localized(
        ja: "場所と読み取りの権限を確かめてください。",
        en: "Check that it is there and may be read."
      )
    )
  }
}

extension TabularError {
  static let portableDocument = TabularError(
    reason: Localized(ja: "PDFファイルは取り込めません。", en: "A PDF file cannot be imported."),
    remedy: notAWorkbook.remedy
  )
}
