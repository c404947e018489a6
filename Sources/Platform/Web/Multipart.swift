#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// `multipart/form-data` (RFC 7578) from bytes already in memory.
enum Multipart {
  static let headerLimit = 8192

  static func read(_ body: [UInt8], boundary: String) throws(WebError) -> WebForm {
    let mark = Array(boundary.utf8)
    // RFC 2046 §5.1.1: 1 to 70 characters.
    guard (1...70).contains(mark.count), mark.allSatisfy({ $0 >= 32 && $0 < 127 }) else { throw .brokenForm }
    let first = [45, 45] + mark
    let delimiter = [13, 10] + first
    // What stands before the first boundary is a preamble and means nothing.
    var position: Int
    if body.starts(with: first) {
      position = first.count
    } else if let start = find(delimiter, in: body, from: 0) {
      position = start + delimiter.count
    } else {
      throw .brokenForm
    }
    var fields: [(String, String)] = []
    var files: [WebFile] = []
    while true {
      if body[position...].starts(with: [45, 45]) { return WebForm(fields: Fields(fields), files: files) }
      guard fields.count + files.count < WebForm.partLimit else { throw .tooManyFields(WebForm.partLimit) }
      let part = try part(body, &position, delimiter)
      switch part {
      case .field(let name, let value): fields.append((name, value))
      case .file(let file): files.append(file)
      case .emptyFile: break
      }
    }
  }

  private enum Part {
    case field(String, String)
    case file(WebFile)
    /// A file control in which nothing was chosen.
    case emptyFile
  }

  /// Reads from behind a boundary to behind the next one.
  private static func part(_ body: [UInt8], _ position: inout Int, _ delimiter: [UInt8]) throws(WebError) -> Part {
    while position < body.count, body[position] == 32 || body[position] == 9 { position += 1 }
    guard body[position...].starts(with: [13, 10]) else { throw .brokenForm }
    // The blank line may follow at once, when a part has no headers.
    guard let headerEnd = find([13, 10, 13, 10], in: body, from: position, before: position + headerLimit)
    else { throw .brokenForm }
    let headers = headers(body[(position + 2)..<max(headerEnd, position + 2)])
    let start = headerEnd + 4
    guard let end = find(delimiter, in: body, from: start - 2), end + 2 >= start else { throw .brokenForm }
    let content = body[start..<max(end, start)]
    position = end + delimiter.count
    guard let disposition = headers["content-disposition"].flatMap(MediaType.init), disposition.name == "form-data",
      let rawName = disposition.parameters["name"]
    else { throw .brokenForm }
    let name = unescaped(rawName)
    if let fileName = fileName(disposition) {
      if fileName.isEmpty, content.isEmpty { return .emptyFile }
      let type = headers["content-type"] ?? "application/octet-stream"
      return .file(WebFile(field: name, name: fileName, type: type, bytes: Array(content)))
    }
    guard !content.contains(0), let text = String(validating: content, as: UTF8.self) else {
      throw .unreadableField(name)
    }
    return .field(name, normalisingNewlines(text))
  }

  private static func headers(_ bytes: ArraySlice<UInt8>) -> Headers {
    var headers = Headers()
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\r\n") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      headers.add(line[..<colon].trimmingSpaces, line[line.index(after: colon)...].trimmingSpaces)
    }
    return headers
  }

  /// The file's name without folders, nil where the part is no file.
  private static func fileName(_ disposition: MediaType) -> String? {
    var name: String
    if let extended = disposition.parameters["filename*"], extended.lowercased().hasPrefix("utf-8''"),
      let decoded = Percent.decode(extended.utf8.dropFirst(7))
    {
      name = decoded
    } else if let plain = disposition.parameters["filename"] {
      name = unescaped(plain)
    } else {
      return nil
    }
    if let slash = name.lastIndex(where: { $0 == "/" || $0 == "\\" }) {
      name = String(name[name.index(after: slash)...])
    }
    name.unicodeScalars.removeAll { $0.value < 32 || $0.value == 127 }
    return String(name.prefix(255))
  }

  /// Browsers write `"`, CR and LF in names as %22, %0D and %0A, and nothing else (HTML standard).
  private static func unescaped(_ name: String) -> String {
    guard name.utf8.contains(37) else { return name }
    var result: [UInt8] = []
    let bytes = Array(name.utf8)
    var index = 0
    while index < bytes.count {
      if bytes[index] == 37, index + 2 < bytes.count {
        let escape = Array(bytes[(index + 1)...(index + 2)]).map { $0 >= 97 ? $0 - 32 : $0 }
        let byte: UInt8? = escape == [50, 50] ? 34 : escape == [48, 68] ? 13 : escape == [48, 65] ? 10 : nil
        if let byte {
          result.append(byte)
          index += 3
          continue
        }
      }
      result.append(bytes[index])
      index += 1
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Where `needle` begins at or after `start`, by memchr and memcmp.
  static func find(_ needle: [UInt8], in body: [UInt8], from start: Int, before limit: Int = .max) -> Int? {
    let last = min(body.count - needle.count, limit)
    guard start >= 0, start <= last, let first = needle.first else { return nil }
    return body.withUnsafeBufferPointer { bytes in
      needle.withUnsafeBufferPointer { wanted -> Int? in
        guard let base = bytes.baseAddress, let mark = wanted.baseAddress else { return nil }
        var position = start
        while position <= last {
          guard let hit = memchr(base + position, Int32(first), last - position + 1) else { return nil }
          position = UnsafeRawPointer(base).distance(to: UnsafeRawPointer(hit))
          if memcmp(base + position, mark, wanted.count) == 0 { return position }
          position += 1
        }
        return nil
      }
    }
  }
}
