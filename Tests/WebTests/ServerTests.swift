import Foundation
import Logging
import ServiceLifecycle
import Support
import Synchronization
import Testing
import Time
import Web

/// Over real sockets, with curl as the other end.
@Suite struct ServerTests {
  /// Runs `body` against a server that is stopped gracefully after it. Answers the server's address.
  private func serving(
    _ listening: Listening,
    _ sample: SampleApp = SampleApp(),
    _ body: @Sendable (String) async throws -> Void
  ) async throws {
    let (addresses, announce) = AsyncStream<String>.makeStream()
    let server = WebServer(
      app: sample.app,
      listening: listening,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
      onRunning: { address, _ in announce.yield(address) }
    )
    let group = ServiceGroup(
      configuration: .init(services: [server], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    )
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      var iterator = addresses.makeAsyncIterator()
      let address = try #require(await iterator.next())
      try await body(address)
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
    }
    #expect(sample.app.state == .stopping)
  }

  private func curl(_ arguments: [String]) async throws -> String {
    try await output("/usr/bin/curl", ["-s", "--max-time", "120", "--noproxy", "*"] + arguments)
  }

  /// What a program prints; with its complaints, where they are wanted.
  private func output(_ program: String, _ arguments: [String], complaints: Bool = false) async throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    let output = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    if complaints { process.standardError = output }
    try process.run()
    let handle = output.fileHandleForReading
    return await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        let text = String(decoding: handle.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        continuation.resume(returning: text)
      }
    }
  }

  @Test func plainOnLoopback() async throws {
    let listening = Listening(host: "127.0.0.1", port: 0, protection: .plain)
    try await serving(listening) { (address: String) async throws -> Void in
      #expect(address.hasPrefix("http://127.0.0.1:"))
      #expect(try await curl([address + "health"]) == "{\"status\":\"ready\"}\n")
      #expect(try await curl([address + "ledger/a/b?q=1"]) == "a|b|1")
      let head = try await curl(["-I", address + "open"])
      #expect(head.contains("HTTP/1.1 200"))
      #expect(head.lowercased().contains("content-security-policy:"))
      #expect(try await curl(["--compressed", address + "open"]).contains("ながい文章。"))
      let refused = try await curl(["-d", "a=1", "-o", "/dev/null", "-w", "%{http_code}", address + "echo"])
      #expect(refused == "403")
    }
  }

  @Test func bodiesBeyondTheLimitAreCutOff() async throws {
    let folder = try temporaryFolder()
    let big = folder.file("big")
    try Data(repeating: 65, count: 3 << 20).write(to: URL(filePath: big))
    try await serving(Listening(host: "127.0.0.1", port: 0, protection: .plain)) {
      (address: String) async throws -> Void in
      let status = ["-o", "/dev/null", "-w", "%{http_code}"]
      #expect(try await curl(status + ["--data-binary", "@\(big)", address + "echo"]) == "413")
      let chunked = ["-H", "Transfer-Encoding: chunked", "--data-binary", "@\(big)", address + "echo"]
      #expect(try await curl(status + chunked) == "413")
      let long = ["-H", "X-Long: " + String(repeating: "x", count: 40_000), address + "open"]
      #expect(try await curl(status + long) != "200")
    }
  }

  /// Sends bytes as they are and reads what comes back until the other end closes or is silent for so long.
  private func raw(_ bytes: [UInt8], port: UInt16, milliseconds: Int = 300) async -> [UInt8] {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        let line = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(line) }
        var patience = timeval(tv_sec: milliseconds / 1000, tv_usec: milliseconds % 1000 * 1000)
        setsockopt(line, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_port = port.bigEndian
        place.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let connected = withUnsafePointer(to: &place) {
          $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(line, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
          }
        }
        var answer: [UInt8] = []
        if connected == 0 {
          _ = send(line, bytes, bytes.count, Int32(MSG_NOSIGNAL))
          var chunk = [UInt8](repeating: 0, count: 4096)
          while answer.count < 65_536 {
            let count = recv(line, &chunk, chunk.count, 0)
            guard count > 0 else { break }
            answer += chunk[..<count]
          }
        }
        continuation.resume(returning: answer)
      }
    }
  }

  /// What openssl says of a handshake with these options, at a security level that would let it pass.
  private func handshake(_ options: [String], port: String) async throws -> String {
    try await output("/usr/bin/openssl", ["s_client", "-connect", "127.0.0.1:\(port)"] + options, complaints: true)
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl"), "openssl is not installed"))
  func oldVersionsOfTLSAreRefused() async throws {
    let folder = try temporaryFolder()
    let listening = try Listening.choose(
      host: "0.0.0.0",
      port: 0,
      behindProxy: false,
      given: nil,
      folder: folder.path,
      clock: .system
    )
    try await serving(listening) { (address: String) async throws -> Void in
      let port = String(address.split(separator: ":").last?.dropLast() ?? "")
      for version in ["-tls1_2", "-tls1_3"] {
        let answer = try await handshake([version], port: port)
        #expect(answer.contains("BEGIN CERTIFICATE"), "\(version): \(answer.prefix(400))")
      }
      for options in [
        ["-tls1", "-cipher", "ALL:@SECLEVEL=0"], ["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"],
        ["-tls1_2", "-cipher", "3DES:RC4:NULL:EXPORT:ADH:@SECLEVEL=0"],
        ["-tls1_2", "-cipher", "AES128-SHA:AES256-SHA:AES128-GCM-SHA256:@SECLEVEL=0"],
        ["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA384:@SECLEVEL=0"],
      ] {
        let answer = try await handshake(options, port: port)
        #expect(!answer.contains("BEGIN CERTIFICATE"), "\(options): \(answer.prefix(400))")
        // The server says no, rather than our end.
        #expect(
          answer.contains("alert") || answer.contains("no ciphers available"),
          "\(options): \(answer.prefix(400))"
        )
      }
    }
  }

  /// A message whose end can be read in two ways is answered once and the line is closed, so that what lies behind it is
  /// never taken for a second request (RFC 9112 §6.1, §11.2).
  @Test func twoLengthsAreNeverTwoRequests() async throws {
    let listening = Listening(host: "127.0.0.1", port: 0, protection: .plain)
    try await serving(listening) { (address: String) async throws -> Void in
      let port = UInt16(address.split(separator: ":").last?.dropLast() ?? "") ?? 0
      // Whichever is answered last closes the line, so that nobody waits on a busy machine for what does not come.
      let hidden = "GET /open HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
      let head = "POST /echo HTTP/1.1\r\nHost: localhost\r\n"
      for message in [
        "\(head)Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n\(hidden)",
        "\(head)Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n\(hidden)",
        "\(head)Content-Length: 0\r\nContent-Length: \(hidden.utf8.count)\r\n\r\n\(hidden)",
        "\(head)Content-Length: 0, \(hidden.utf8.count)\r\n\r\n\(hidden)",
        "\(head)Content-Length: +0\r\n\r\n\(hidden)",
        "\(head)Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n\(hidden)",
        "\(head)Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n\(hidden)",
        "\(head)Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n\(hidden)",
        "\(head)Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n\(hidden)",
        "\(head)Transfer-Encoding:\r\n chunked\r\nContent-Length: 0\r\n\r\n\(hidden)",
      ] {
        let answer = String(decoding: await raw(Array(message.utf8), port: port, milliseconds: 4000), as: UTF8.self)
        #expect(answer.components(separatedBy: "HTTP/1.1 ").count <= 2, "\(message.debugDescription): \(answer)")
        #expect(!answer.contains("HTTP/1.1 200"), "\(message.debugDescription): \(answer)")
      }
      // The same two requests, told apart by one length, are two answers.
      let both = String(
        decoding: await raw(Array("\(head)Content-Length: 0\r\n\r\n\(hidden)".utf8), port: port, milliseconds: 60_000),
        as: UTF8.self
      )
      #expect(both.components(separatedBy: "HTTP/1.1 ").count == 3, "\(both)")
    }
  }

  @Test func noBytesOnTheWireStopTheServer() async throws {
    let listening = Listening(host: "127.0.0.1", port: 0, protection: .plain)
    try await serving(listening) { (address: String) async throws -> Void in
      let port = UInt16(address.split(separator: ":").last?.dropLast() ?? "") ?? 0
      let seeds = [
        "GET /open HTTP/1.1\r\nHost: localhost\r\n\r\n", "GET  HTTP/1.1\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\u{0}",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "GET /open HTTP/1.1\r\nHost: ",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET http://evil/open HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n",
      ]
      for seed in UInt64(0)..<60 {
        var chance = SplitMix64(seed: seed)
        var bytes = Array(seeds[Int(seed) % seeds.count].utf8)
        if seed >= UInt64(seeds.count) {
          for _ in 0..<Int.random(in: 1...6, using: &chance) {
            bytes[Int.random(in: 0..<bytes.count, using: &chance)] = UInt8.random(in: 0...255, using: &chance)
          }
        }
        let answer = String(decoding: await raw(bytes, port: port), as: UTF8.self)
        #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 "), "seed \(seed)")
        #expect(!answer.contains("HTTP/1.1 500"), "seed \(seed)")
      }
      let health = try await curl([address + "health"])
      #expect(health == "{\"status\":\"ready\"}\n")
    }
  }

  @Test func ownCertificateElsewhere() async throws {
    let folder = try temporaryFolder()
    let clock = FixedClock(Clock.system.now())
    func choose() throws -> Listening {
      try Listening.choose(
        host: "0.0.0.0",
        port: 0,
        behindProxy: false,
        given: nil,
        folder: folder.path,
        names: ["yagura.test"],
        clock: clock.clock
      )
    }
    let first = try choose()
    let print = try #require(first.fingerprint)
    #expect(print.count == 95)
    #expect(try choose().fingerprint == print, "kept from one start to the next")
    let mode = try FileManager.default.attributesOfItem(atPath: folder.file("tls-key.pem"))[.posixPermissions] as? Int
    #expect(mode == 0o600)
    try await serving(first) { (address: String) async throws -> Void in
      #expect(address.hasPrefix("https://"))
      let port = address.split(separator: ":").last?.dropLast() ?? ""
      let trusted = [
        "--cacert", folder.file("tls-certificate.pem"), "--resolve", "yagura.test:\(port):127.0.0.1",
        "https://yagura.test:\(port)/where",
      ]
      #expect(try await curl(trusted).hasSuffix("true true ja"))
      #expect(try await curl(["-k", "-I", address + "open"]).lowercased().contains("strict-transport-security"))
      #expect(try await curl(["http://127.0.0.1:\(port)/health"]).isEmpty)
    }
    clock.advance(days: 800)
    #expect(try choose().fingerprint != print, "made anew near its end")
  }

  private final class Doorway: Sendable {
    let app = Mutex<WebApp?>(nil)
    let hasArrived = Mutex(false)
    let answer = Mutex<Task<String, any Error>?>(nil)
  }

  @Test func requestsUnderWayAreFinishedBeforeItStops() async throws {
    let doorway = Doorway()
    let slow = Route.open(.get, "/slow") { _ in
      doorway.hasArrived.withLock { $0 = true }
      // Waits until the stop has begun, and answers only then.
      while doorway.app.withLock({ $0?.state }) != .stopping { try await Task.sleep(for: .milliseconds(10)) }
      return .text("finished")
    }
    let sample = SampleApp(routes: [slow])
    doorway.app.withLock { $0 = sample.app }
    let listening = Listening(host: "127.0.0.1", port: 0, protection: .plain)
    try await serving(listening, sample) { (address: String) async throws -> Void in
      doorway.answer.withLock { $0 = Task { try await curl([address + "slow"]) } }
      while !doorway.hasArrived.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(10)) }
    }
    #expect(try await doorway.answer.withLock({ $0 })?.value == "finished")
  }

  @Test func whoListensWhereIsDecidedByTheAddress() throws {
    let clock = FixedClock().clock
    for host in ["127.0.0.1", "localhost", "::1"] {
      let chosen = try Listening.choose(
        host: host,
        port: 1,
        behindProxy: false,
        given: nil,
        folder: "/nonexistent",
        clock: clock
      )
      #expect(chosen.scheme == "http")
      #expect(chosen.hosts == WebSettings.loopbackHosts)
    }
    let behind = try Listening.choose(
      host: "10.0.0.1",
      port: 1,
      behindProxy: true,
      given: nil,
      folder: "/nonexistent",
      clock: clock
    )
    #expect(behind.scheme == "http")
    #expect(behind.hosts == nil)
    #expect(throws: ListeningError.self) {
      try Listening.choose(
        host: "10.0.0.1",
        port: 1,
        behindProxy: false,
        given: nil,
        folder: "/nonexistent",
        clock: clock
      )
    }
    #expect(throws: ListeningError.self) {
      try Listening.choose(
        host: "127.0.0.1",
        port: 1,
        behindProxy: false,
        given: ("/nonexistent/a", "/nonexistent/b"),
        folder: "/",
        clock: clock
      )
    }
  }
}
