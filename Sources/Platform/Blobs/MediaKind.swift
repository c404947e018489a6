/// What a file is, told from its bytes; what the sender calls it is not believed.
package enum MediaKind: String, Sendable, CaseIterable {
  case jpeg = "image/jpeg"
  case png = "image/png"
  case webp = "image/webp"
  case pdf = "application/pdf"
  case word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
  case workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
  case slides = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
  /// Word, Excel and PowerPoint up to 2003: one container for all three.
  case oldOffice = "application/x-ole-storage"

  /// Nil for anything else, also for pictures that browsers do not all show.
  package init?(of bytes: [UInt8]) {
    func begins(_ start: [UInt8], at offset: Int = 0) -> Bool {
      bytes.count >= offset + start.count && bytes[offset..<offset + start.count].elementsEqual(start)
    }
    if begins([0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if begins([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if begins(Array("RIFF".utf8)), begins(Array("WEBP".utf8), at: 8) {
      self = .webp
    } else if begins(Array("%PDF-".utf8)) {
      self = .pdf
    } else if begins([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
      self = .oldOffice
    } else if begins([0x50, 0x4B, 0x03, 0x04]), let kind = Self.office(bytes) {
      self = kind
    } else {
      return nil
    }
  }

  /// Which document of Office a ZIP is, by the names of its parts; nil for any other archive.
  private static func office(_ bytes: [UInt8]) -> MediaKind? {
    guard bytes.contains(Array("[Content_Types].xml".utf8)) else { return nil }
    let marks: [(String, MediaKind)] = [
      ("word/document", .word), ("xl/workbook", .workbook), ("ppt/presentation", .slides),
    ]
    return marks.first { bytes.contains(Array($0.0.utf8)) }?.1
  }

  package var isPicture: Bool { [.jpeg, .png, .webp].contains(self) }

  /// Whether the bytes carry a program that Office would run: a part of that name in a ZIP, or a storage in the container
  /// of old (its names are UTF-16). A form to be filled in by hand needs none.
  package func hasMacros(_ bytes: [UInt8]) -> Bool {
    switch self {
    case .word, .workbook, .slides: bytes.contains(Array("vbaProject.bin".utf8))
    case .oldOffice: bytes.contains("_VBA_PROJECT".utf8.flatMap { [$0, 0] })
    case .jpeg, .png, .webp, .pdf: false
    }
  }

  /// The usual ending of its name; of the old container the one it came with, where that is one of the three.
  package func ending(_ name: String) -> String {
    switch self {
    case .jpeg: "jpg"
    case .png: "png"
    case .webp: "webp"
    case .pdf: "pdf"
    case .word: "docx"
    case .workbook: "xlsx"
    case .slides: "pptx"
    case .oldOffice: ["doc", "xls", "ppt"].first { name.lowercased().hasSuffix("." + $0) } ?? "doc"
    }
  }
}

extension [UInt8] {
  /// Whether the bytes stand anywhere within.
  fileprivate func contains(_ wanted: [UInt8]) -> Bool {
    guard let first = wanted.first, count >= wanted.count else { return false }
    var start = startIndex
    while let found = self[start...(count - wanted.count)].firstIndex(of: first) {
      if self[found..<found + wanted.count].elementsEqual(wanted) { return true }
      start = found + 1
      if start > count - wanted.count { return false }
    }
    return false
  }
}
