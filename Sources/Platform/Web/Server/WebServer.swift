import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOSSL
import ServiceLifecycle
import Text

/// Feeds `WebApp` from sockets. The only place that knows the HTTP library.
package struct WebServer: Service {
  /// Connections at once; more wait in the system's queue.
  static let connectionLimit = 2000
  static let headerLimit = 32 * 1024

  private let app: WebApp
  private let listening: Listening
  private let logger: Logger
  private let onRunning: @Sendable (_ address: String, _ port: Int) async -> Void

  /// `onRunning` learns the address to open, with the port that the system gave.
  package init(
    app: WebApp,
    listening: Listening,
    logger: Logger,
    onRunning: @escaping @Sendable (_ address: String, _ port: Int) async -> Void = { _, _ in }
  ) {
    self.app = app
    self.listening = listening
    self.logger = logger
    self.onRunning = onRunning
  }

  /// Serves until a graceful shutdown: then requests under way are finished, within their time, and no new ones begun.
  package func run() async throws {
    let application = Application(
      responder: Responder(app: app, isSecure: listening.scheme == "https"),
      server: try builder(),
      configuration: ApplicationConfiguration(
        address: .hostname(listening.host, port: listening.port),
        serverName: nil,
        backlog: 1024,
        availableConnectionsDelegate: MaximumAvailableConnections(Self.connectionLimit)
      ),
      onServerRunning: { [app, listening, onRunning] channel in
        let port = channel.localAddress?.port ?? listening.port
        app.state = .ready
        await onRunning("\(listening.scheme)://\(Self.shown(listening.host)):\(port)/", port)
      },
      logger: quiet
    )
    do {
      try await withGracefulShutdownHandler {
        try await application.run()
      } onGracefulShutdown: { [app] in
        app.state = .stopping
      }
    } catch let error as IOError {
      throw ListeningError(
        Localized(
          ja: "\(listening.host):\(listening.port) で待ち受けできません（\(error)）。ほかのプログラムが使っていないか確かめるか、--port で別の番号を指定してください。",
          en: "Cannot listen on \(listening.host):\(listening.port) (\(error)). Check whether another program uses it, "
            + "or give another number with --port."
        )
      )
    }
    app.state = .stopping
  }

  /// The library's own lines add nothing to ours below a warning.
  private var quiet: Logger {
    var quiet = logger
    quiet.logLevel = max(logger.logLevel, .warning)
    return quiet
  }

  private func builder() throws -> HTTPServerBuilder {
    let plain = HTTPServerBuilder.http1(
      configuration: .init(
        additionalChannelHandlers: [LingeringClose()],
        idleTimeout: .seconds(60),
        httpDecoderConfiguration: .init(
          maxHeaderFieldSize: Self.headerLimit,
          maxHeaderListSize: Self.headerLimit,
          maxHeaderFieldCount: 200
        )
      )
    )
    guard case .tls(let certificate, let key) = listening.protection else { return plain }
    do {
      var configuration = TLSConfiguration.makeServerConfiguration(
        certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)).map { .certificate($0) },
        privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem))
      )
      configuration.minimumTLSVersion = .tlsv12
      // Of TLS 1.2 only what keeps past traffic secret and cannot be tampered with; 1.3 has nothing else.
      configuration.cipherSuites = "ECDHE+AESGCM:ECDHE+CHACHA20"
      configuration.applicationProtocols = ["http/1.1"]
      return try .tls(plain, tlsConfiguration: configuration)
    } catch {
      throw ListeningError(
        Localized(
          ja: "TLSの証明書と鍵を使えません（\(error)）。PEM形式か、鍵が証明書と対になっているかを確かめてください。",
          en: "The TLS certificate and key cannot be used (\(error)). Check that they are PEM and belong together."
        )
      )
    }
  }

  private static func shown(_ host: String) -> String {
    switch host {
    case "0.0.0.0", "::": "localhost"
    default: host.contains(":") ? "[\(host)]" : host
    }
  }
}

private struct ServerContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let peer: String

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    peer = source.channel.remoteAddress?.ipAddress ?? ""
  }
}

private struct Responder: HTTPResponder {
  let app: WebApp
  let isSecure: Bool
  private let files = FileIO()

  func respond(to request: Request, context: ServerContext) async throws -> Response {
    let answer = await app.respond(to: raw(request, context))
    var head = HTTPFields()
    for field in answer.headers.fields {
      // All names are our own constants; one that is no token would be left out.
      guard let name = HTTPField.Name(field.name) else { continue }
      head.append(HTTPField(name: name, value: field.value))
    }
    let body: ResponseBody =
      switch answer.body {
      case .bytes(let bytes): ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
      case .file(let path): try await files.loadFile(path: path, context: context)
      case .none, .page: ResponseBody()
      }
    var response = Response(status: HTTPResponse.Status(code: answer.status), headers: head, body: body)
    // A 304 and an answer to HEAD speak of a body they do not carry.
    if answer.status == 304 || answer.status == 204 { response.headers[.contentLength] = nil }
    return response
  }

  private func raw(_ request: Request, _ context: ServerContext) -> RawRequest {
    var headers = Headers()
    if let authority = request.head.authority { headers.add("host", authority) }
    for field in request.headers { headers.add(field.name.canonicalName, field.value) }
    let declared = request.headers[.contentLength].flatMap(Int.init)
    let isEmpty = declared == nil && request.headers[.transferEncoding] == nil
    let body = request.body
    let collect: @Sendable (Int) async throws -> [UInt8]? = { limit in
      var bytes: [UInt8] = []
      bytes.reserveCapacity(min(declared ?? 0, limit))
      for try await buffer in body {
        guard bytes.count + buffer.readableBytes <= limit else { return nil }
        bytes.append(contentsOf: buffer.readableBytesView)
      }
      return bytes
    }
    return RawRequest(
      method: request.method.rawValue,
      target: request.head.path ?? "/",
      headers: headers,
      body: isEmpty ? .bytes([]) : RawBody(declaredLength: declared, collect: collect),
      peer: context.peer,
      isSecure: isSecure
    )
  }
}
