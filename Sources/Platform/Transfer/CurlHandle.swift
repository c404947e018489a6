import CCurl

/// One libcurl handle with the callbacks that gather what comes back. Blocks while it works: only `Transfer` runs it,
/// on threads of its own. One owner at a time; never shared.
final class CurlHandle {
  let raw: UnsafeMutableRawPointer
  private var lists: [UnsafeMutablePointer<curl_slist>] = []
  private let exchange = CurlExchange()

  /// Once for the process, before the first handle.
  private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  init() throws(TransferError) {
    guard Self.isReady, let made = curl_easy_init() else { throw .failed("libcurl could not be started") }
    raw = made
  }

  deinit {
    curl_easy_cleanup(raw)
    for list in lists { curl_slist_free_all(list) }
  }

  func set(_ option: CURLoption, _ value: Int) throws(TransferError) {
    try check(yagura_curl_set_number(raw, option, value))
  }

  func set(_ option: CURLoption, _ value: String) throws(TransferError) {
    // libcurl reads C strings: what follows a zero byte would be lost without a word.
    guard !value.utf8.contains(0) else { throw .refused("a setting contains a zero byte") }
    try check(yagura_curl_set_text(raw, option, value))
  }

  func set(_ option: CURLoption, _ values: [String]) throws(TransferError) {
    var list: UnsafeMutablePointer<curl_slist>?
    for value in values {
      guard !value.utf8.contains(where: { $0 == 0 || $0 == 10 || $0 == 13 }) else {
        throw .refused("a header or address contains a line break")
      }
      guard let longer = curl_slist_append(list, value) else { throw .failed("out of memory") }
      list = longer
    }
    guard let list else { return }
    lists.append(list)
    try check(yagura_curl_set_list(raw, option, list))
  }

  func setBody(_ bytes: [UInt8]) throws(TransferError) {
    try check(bytes.withUnsafeBytes { yagura_curl_set_copied_body(raw, $0.baseAddress, curl_off_t(bytes.count)) })
  }

  /// What common settings every transfer has: no signals, limits of time, certificates checked.
  func setCommon(_ limits: TransferLimits, _ trust: TransferTrust) throws(TransferError) {
    try set(CURLOPT_NOSIGNAL, 1)
    try set(CURLOPT_CONNECTTIMEOUT_MS, limits.connectMilliseconds)
    try set(CURLOPT_TIMEOUT_MS, limits.totalMilliseconds)
    try set(CURLOPT_LOW_SPEED_LIMIT, 1)
    try set(CURLOPT_LOW_SPEED_TIME, limits.stallSeconds)
    try set(CURLOPT_SSL_VERIFYPEER, 1)
    try set(CURLOPT_SSL_VERIFYHOST, 2)
    try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    if let file = trust.authorityFile { try set(CURLOPT_CAINFO, file) }
    // An environment variable must not send passwords through somebody's proxy.
    try set(CURLOPT_PROXY, trust.proxy ?? "")
  }

  /// Runs the transfer: gives `upload` where it is asked for, and answers what came back.
  func perform(
    upload: [UInt8] = [],
    limits: TransferLimits,
    begin: (([String]) -> Bool)? = nil,
    sink: ((UnsafeRawBufferPointer) -> Bool)? = nil
  )
    throws(TransferError) -> CurlReply
  {
    exchange.begin(upload: upload, limit: limits.bytes, sink: sink)
    exchange.begin = begin
    defer {
      exchange.sink = nil
      exchange.begin = nil
    }
    let context = Unmanaged.passUnretained(exchange).toOpaque()
    try check(yagura_curl_set_writer(raw, CURLOPT_WRITEFUNCTION, CurlExchange.take))
    try check(yagura_curl_set_pointer(raw, CURLOPT_WRITEDATA, context))
    try check(yagura_curl_set_writer(raw, CURLOPT_HEADERFUNCTION, CurlExchange.takeHeader))
    try check(yagura_curl_set_pointer(raw, CURLOPT_HEADERDATA, context))
    try check(yagura_curl_set_writer(raw, CURLOPT_READFUNCTION, CurlExchange.give))
    try check(yagura_curl_set_pointer(raw, CURLOPT_READDATA, context))
    let code = withExtendedLifetime(exchange) { curl_easy_perform(raw) }
    var status = 0
    try check(yagura_curl_get_number(raw, CURLINFO_RESPONSE_CODE, &status))
    return CurlReply(
      code: code,
      status: status,
      headers: exchange.headers,
      body: exchange.body,
      isTooLarge: exchange.isTooLarge
    )
  }

  private func check(_ code: CURLcode) throws(TransferError) {
    guard code == CURLE_OK else { throw .failed(String(cString: curl_easy_strerror(code))) }
  }
}

/// What one transfer brought back, still in libcurl's words.
struct CurlReply {
  let code: CURLcode
  /// The last HTTP status or SMTP reply code, 0 where there was none.
  let status: Int
  /// Raw lines: HTTP headers, or the lines a mail server said.
  let headers: [String]
  let body: [UInt8]
  let isTooLarge: Bool
}
