import Design

/// Style sheets, scripts and icons: in memory, compressed once, kept by browsers for a year. Their addresses hold the
/// edition of all of them, so that a new version has new addresses.
struct StaticFiles: Sendable {
  private struct File: Sendable {
    let file: StaticFile
    let gzip: [UInt8]?
  }

  private let files: [String: File]

  static let shared = StaticFiles(StaticFile.all)

  init(_ files: [StaticFile]) {
    self.files = Dictionary(
      files.map { file in
        let isText = Compression.isWorthwhile(type: file.contentType) && file.bytes.count > 1024
        return (file.name, File(file: file, gzip: isText ? Compression.gzip(file.bytes, level: 9) : nil))
      },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// Nil where there is no such file; then the ordinary 404 page answers. An address of an older edition finds today's
  /// file, but is not to be kept.
  func response(_ raw: RawRequest, isHead: Bool, isSecure: Bool) -> WebResponse? {
    let parts = raw.target.prefix { $0 != "?" }.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 4, let found = files[String(parts[3])] else { return nil }
    let isCurrent = parts[2] == StaticFile.edition
    var response = WebResponse(headers: [
      "Content-Type": found.file.contentType,
      "Cache-Control": isCurrent ? "public, max-age=31536000, immutable" : "no-cache",
      "ETag": found.file.entityTag, "Vary": "Accept-Encoding",
    ])
    WebApp.guardHeaders(&response.headers, isSecure: isSecure)
    if WebApp.matches(raw.headers["if-none-match"], found.file.entityTag) {
      response.status = 304
      return response
    }
    var bytes = found.file.bytes
    if let gzip = found.gzip, Compression.isAccepted(raw.headers["accept-encoding"]) {
      bytes = gzip
      response.headers["Content-Encoding"] = "gzip"
    }
    response.headers["Content-Length"] = String(bytes.count)
    response.body = isHead ? .none : .bytes(bytes)
    return response
  }
}
