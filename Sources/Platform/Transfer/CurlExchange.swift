import CCurl

/// The bytes on their way: what libcurl's callbacks read from and write into. Used by one thread, the one that runs
/// `curl_easy_perform`.
final class CurlExchange {
  private(set) var headers: [String] = []
  private(set) var body: [UInt8] = []
  private(set) var isTooLarge = false
  /// Where the body goes instead of memory; answers false to stop.
  var sink: ((UnsafeRawBufferPointer) -> Bool)?
  /// Told the header lines before the first byte of the body; answers false to stop.
  var begin: (([String]) -> Bool)?
  private var upload: [UInt8] = []
  private var given = 0
  private var taken = 0
  private var limit = 0
  private var headerBytes = 0

  /// More header lines than any honest server sends.
  private static let headerLimit = 256 << 10

  func begin(upload: [UInt8], limit: Int, sink: ((UnsafeRawBufferPointer) -> Bool)?) {
    headers = []
    body = []
    isTooLarge = false
    self.sink = sink
    begin = nil
    self.upload = upload
    self.limit = limit
    given = 0
    taken = 0
    headerBytes = 0
  }

  private func takeBody(_ bytes: UnsafeRawBufferPointer) -> Int {
    taken += bytes.count
    guard taken <= limit else {
      isTooLarge = true
      return 0
    }
    if let begin {
      self.begin = nil
      guard begin(headers) else { return 0 }
    }
    if let sink { return sink(bytes) ? bytes.count : 0 }
    body.append(contentsOf: bytes)
    return bytes.count
  }

  private func takeHeaderLine(_ bytes: UnsafeRawBufferPointer) -> Int {
    headerBytes += bytes.count
    guard headerBytes <= Self.headerLimit else {
      isTooLarge = true
      return 0
    }
    var line = String(decoding: bytes, as: UTF8.self)
    while let last = line.unicodeScalars.last, last == "\r" || last == "\n" { line.unicodeScalars.removeLast() }
    headers.append(line)
    return bytes.count
  }

  private func giveBody(_ room: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(room.count, upload.count - given)
    guard count > 0 else { return 0 }
    upload.withUnsafeBytes { room.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[given..<(given + count)])) }
    given += count
    return count
  }

  // C calls these with the exchange that `CurlHandle.perform` keeps alive meanwhile.

  static let take: yagura_curl_writer = { bytes, size, count, context in
    guard let context, let bytes else { return 0 }
    let buffer = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return Unmanaged<CurlExchange>.fromOpaque(context).takeUnretainedValue().takeBody(buffer)
  }

  static let takeHeader: yagura_curl_writer = { bytes, size, count, context in
    guard let context, let bytes else { return 0 }
    let buffer = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return Unmanaged<CurlExchange>.fromOpaque(context).takeUnretainedValue().takeHeaderLine(buffer)
  }

  static let give: yagura_curl_writer = { bytes, size, count, context in
    guard let context, let bytes else { return 0 }
    let room = UnsafeMutableRawBufferPointer(start: bytes, count: size * count)
    return Unmanaged<CurlExchange>.fromOpaque(context).takeUnretainedValue().giveBody(room)
  }
}
