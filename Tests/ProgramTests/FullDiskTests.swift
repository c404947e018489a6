import Foundation
import Support
import Synchronization
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif
#if canImport(Glibc)
import Glibc
#endif

/// A store that cannot be written behind a server that runs, seen from a browser: a clear page, nothing typed is lost, and
/// the server goes on when it can be written again.
@Suite struct FullDiskTests {
  @Test(.enabled(if: SmallDisk.isPossible))
  func aFormOnAFullDiskIsKeptAndGoesThroughLater() async throws {
    let disk = try SmallDisk(megabytes: 16)
    let hospital = try Hospital(data: disk.path + "/data")
    try #require(try await hospital.initialize().code == 0)
    let server = try hospital.start(["serve", "--port", "0"])
    let visitor = Visitor(try await CommandTests.address(of: server))
    try await visitor.signIn()

    try Self.fill(disk.path)
    let note = String(repeating: "打ち込んだ長い文です。", count: 400)
    let form = ["name": "端末 その一", "note": note, "reason": "試験"]
    let refused = try await visitor.post("/ledger/system/new", form)
    #expect(refused.status == 507, "\(refused.status): \(refused.text.prefix(300))")
    #expect(refused.text.contains("端末 その一") && refused.text.contains(note), "what was typed stays on the page")
    #expect(!refused.text.contains("SQLITE") && !refused.text.contains("/data"), "nothing of the inside is shown")
    #expect(try await visitor.get("/ledger/system").status == 200, "what is there can still be read")
    #expect(try await visitor.get("/health").status == 200)

    try FileManager.default.removeItem(atPath: disk.path + "/filler")
    let taken = try await visitor.post("/ledger/system/new", form)
    #expect(taken.status == 303, "with room it goes on: \(taken.status)")
    #expect(try await visitor.get("/ledger/system").text.contains("端末 その一"))
    server.signal(SIGTERM)
    #expect(await server.ended() == 0)
    #expect(try await hospital.run(["verify"]).code == 0)
  }

  /// Takes what room there is, to the last byte.
  private static func fill(_ path: String) throws {
    let descriptor = open(path + "/filler", O_WRONLY | O_CREAT, 0o600)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    for size in [65_536, 4_096, 512, 1] {
      let piece = [UInt8](repeating: 0, count: size)
      while write(descriptor, piece, size) > 0 {}
    }
  }
}

/// A browser over real sockets, as small as these tests need.
final class Visitor: Sendable {
  struct Answer: Sendable {
    let status: Int
    let text: String
    /// Names in lower case.
    var headers: [String: String] = [:]
  }

  private let base: String
  private let session: URLSession
  private let cookies = Mutex<[String: String]>([:])

  init(_ base: String) {
    self.base = base
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForRequest = 60
    session = URLSession(configuration: configuration, delegate: StayHere(), delegateQueue: nil)
  }

  /// Redirects are answers here, not followed.
  private final class StayHere: NSObject, URLSessionTaskDelegate {
    func urlSession(
      _ session: URLSession,
      task: URLSessionTask,
      willPerformHTTPRedirection response: HTTPURLResponse,
      newRequest request: URLRequest,
      completionHandler: @escaping (URLRequest?) -> Void
    ) { completionHandler(nil) }
  }

  func signIn() async throws {
    let answer = try await post("/sign-in", ["userName": "sato", "password": Hospital.password])
    try #require(answer.status == 303, "\(answer.status): \(answer.text.prefix(200))")
  }

  func get(_ path: String) async throws -> Answer { try await send(try request(path)) }

  /// Loads the page first, for its token.
  func post(_ path: String, _ form: [String: String]) async throws -> Answer {
    try await post(path, form, token: try await token(path))
  }

  /// What forms of this page carry.
  func token(_ path: String) async throws -> String {
    let page = try await get(path).text
    return String(
      try #require(page.components(separatedBy: "name=\"csrf\" value=\"").dropFirst().first?.prefix { $0 != "\"" })
    )
  }

  /// JSON to the interface for programs, with its own token and no cookie.
  func postJSON(_ path: String, _ json: String, bearer: String) async throws -> Answer {
    var request = try request(path)
    request.httpMethod = "POST"
    request.setValue("application/json", forHTTPHeaderField: "Content-Type")
    request.setValue("Bearer \(bearer)", forHTTPHeaderField: "Authorization")
    request.setValue("ja", forHTTPHeaderField: "Accept-Language")
    request.httpBody = Data(json.utf8)
    return try await send(request)
  }

  func post(_ path: String, _ form: [String: String], token: String) async throws -> Answer {
    var request = try request(path)
    request.httpMethod = "POST"
    request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
    let fields = form.merging(["csrf": token]) { own, _ in own }
    let allowed = CharacterSet.alphanumerics
    request.httpBody = Data(
      fields.map { "\($0.key)=\($0.value.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")" }
        .joined(separator: "&").utf8
    )
    return try await send(request)
  }

  private func request(_ path: String) throws -> URLRequest { URLRequest(url: try #require(URL(string: base + path))) }

  private func send(_ request: URLRequest) async throws -> Answer {
    var request = request
    let jar = cookies.withLock { $0.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ") }
    request.httpShouldHandleCookies = false
    if !jar.isEmpty { request.setValue(jar, forHTTPHeaderField: "Cookie") }
    let (data, response) = try await session.data(for: request)
    let answer = try #require(response as? HTTPURLResponse)
    if let url = request.url, let fields = answer.allHeaderFields as? [String: String] {
      for cookie in HTTPCookie.cookies(withResponseHeaderFields: fields, for: url) {
        cookies.withLock { $0[cookie.name] = cookie.value }
      }
    }
    let headers = answer.allHeaderFields.compactMap { name, value in
      (name as? String).map { ($0.lowercased(), "\(value)") }
    }
    return Answer(
      status: answer.statusCode,
      text: String(decoding: data, as: UTF8.self),
      headers: Dictionary(headers, uniquingKeysWith: { first, _ in first })
    )
  }
}
