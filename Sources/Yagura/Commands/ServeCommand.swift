import ArgumentParser
import Foundation
import Jobs
import Journal
import Logging
import ServiceLifecycle
import Text
import UnixSignals
import Web

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: Help.text("ブラウザから使えるようにする", "Serve the pages")
  )

  @OptionGroup var place: Place

  @Option(help: ArgumentHelp(Help.text("ポート番号", "Port; 0 for any free one")))
  var port = 8080

  @Option(help: ArgumentHelp(Help.text("待ち受けるアドレス", "Address to listen on; anything but loopback gets TLS")))
  var address = "127.0.0.1"

  @Flag(help: ArgumentHelp(Help.text("暗号化を前段のプロキシに任せる", "A proxy in front does the encryption")))
  var behindProxy = false

  func run() async throws {
    let folder = place.folder
    try folder.make()
    let lock = try folder.lockForServing(note: "pid \(ProcessInfo.processInfo.processIdentifier), \(address):\(port)")
    defer { withExtendedLifetime(lock) {} }
    let house = try await House.open(folder, creating: true)
    let settings = house.settings
    let logger = house.logger
    let listening: Listening
    do {
      var given: (certificate: String, key: String)?
      if let certificate = settings.certificateFile, let key = settings.certificateKeyFile {
        given = (certificate, key)
      }
      listening = try Listening.choose(
        host: address,
        port: port,
        behindProxy: behindProxy,
        given: given,
        folder: settings.keysFolder,
        clock: house.clock
      )
    } catch {
      throw CommandProblem.couldNotRun(error.message)
    }
    let app = house.web(hosts: behindProxy ? nil : listening.hosts, behindProxy: behindProxy)
    let signIn = DemoSignIn.read(folder)
    let setUpCode = house.setUpCode
    let server = WebServer(app: app, listening: listening, logger: logger) { address, _ in
      Terminal.say("開く場所: \(address)", "Open: \(address)")
      if let print = listening.fingerprint {
        Terminal.say("証明書の指紋（SHA-256）: \(print)", "Certificate fingerprint (SHA-256): \(print)")
      }
      if let signIn {
        Terminal.say(
          "サインイン: 利用者名 \(signIn.user)　パスワード \(signIn.password)",
          "Sign in: user \(signIn.user), password \(signIn.password)"
        )
      }
      if let setUpCode {
        Terminal.say("初期設定コード（ほかの機械から初期設定するとき）: \(setUpCode)", "Setup code (from another machine): \(setUpCode)")
      }
    }
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [
          .init(service: server, successTerminationBehavior: .gracefullyShutdownGroup),
          .init(service: house.runner), .init(service: house.sealing), .init(service: house.post),
          .init(service: house.nightly),
        ],
        gracefulShutdownSignals: [.sigterm, .sigint],
        logger: logger
      )
    )
    do {
      try await group.run()
    } catch let error as ListeningError {
      await house.close()
      throw CommandProblem.couldNotRun(error.message)
    }
    await house.close()
  }
}
