import Foundation
import Support
import Testing
import Text

@testable import Directory

/// A slapd of the test's own.
struct Slapd: Sendable {
  let server: OutsideServer

  static let canRun = FileManager.default.isExecutableFile(atPath: "/usr/sbin/slapd")

  init() async throws { server = try await OutsideServer("directory-server", ports: 2) }

  func stop() async { await server.stop() }

  func settings(_ security: DirectorySettings.Security = .tls) -> DirectorySettings {
    DirectorySettings(
      host: "127.0.0.1",
      port: server.ports[security == .tls ? 1 : 0],
      security: security,
      serviceName: "cn=lookup,dc=hospital,dc=local",
      servicePassword: "lookupword",
      base: "ou=people,dc=hospital,dc=local",
      filter: "(&(objectClass=inetOrgPerson)(uid={user}))",
      groupAttribute: "",
      groupBase: "ou=groups,dc=hospital,dc=local",
      authorityFile: server.folder.file("cert.pem")
    )
  }
}

/// Sign-in against a real slapd: ldaps and StartTLS, groups, wrong passwords, hostile names, a directory that is down.
@Suite struct DirectoryTests {
  @Test(.enabled(if: Slapd.canRun, "slapd is not installed"))
  func theDirectoryLetsInWhoItKnows() async throws {
    let slapd = try await Slapd()
    for security in [DirectorySettings.Security.tls, .startTLS, .none] {
      let directory = Directory(slapd.settings(security))
      let sato = try await directory.signIn("sato", "satoword")
      #expect(sato.name == "uid=sato,ou=people,dc=hospital,dc=local")
      #expect(sato.shownName == "佐藤 美咲")
      #expect(
        sato.groups.sorted() == ["cn=it,ou=groups,dc=hospital,dc=local", "cn=ward,ou=groups,dc=hospital,dc=local"]
      )
      #expect(try await directory.signIn("suzuki", "鈴木のことば").groups == ["cn=ward,ou=groups,dc=hospital,dc=local"])
      #expect(try await directory.signIn("nogroup", "nogroupword").groups == [])
    }
    let directory = Directory(slapd.settings())
    for (user, password) in [
      ("sato", "wrong"), ("nobody", "satoword"), ("", "satoword"), ("sato", ""), ("sato", "satoword\u{0}x"),
      // What would mean something in a filter means nothing.
      ("*", "satoword"), ("sat*", "satoword"), ("sato)(uid=*", "satoword"), ("*)(|(uid=sato", "satoword"),
      ("sato\\2a", "satoword"), ("sato\u{0}", "satoword"), (String(repeating: "a", count: 300), "x"),
    ] {
      await #expect(throws: DirectoryError.wrong, "\(user)") { try await directory.signIn(user, password) }
    }
    // This directory lets in a name without a password; we do not ask it.
    await #expect(throws: DirectoryError.wrong) { try await directory.signIn("sato", "") }
    var settings = slapd.settings()
    settings.servicePassword = "wrong"
    let service = Directory(settings)
    await #expect(throws: DirectoryError.wrongService) { try await service.signIn("sato", "satoword") }
    settings = slapd.settings()
    settings.filter = "(objectClass=inetOrgPerson)"
    let loose = Directory(settings)
    await #expect(throws: DirectoryError.ambiguous) { try await loose.signIn("sato", "satoword") }
    settings.filter = "(((uid={user})"
    let broken = Directory(settings)
    await #expect { try await broken.signIn("sato", "satoword") } throws: { error in
      guard case DirectoryError.settings = error else { return false }
      return true
    }
    // Not the machine's authorities, and not another name's certificate.
    for security in [DirectorySettings.Security.tls, .startTLS] {
      settings = slapd.settings(security)
      settings.authorityFile = ""
      let stranger = Directory(settings)
      await #expect { try await stranger.signIn("sato", "satoword") } throws: { error in
        guard case DirectoryError.untrusted = error else { return false }
        return true
      }
    }
    await slapd.stop()
    await #expect { try await directory.signIn("sato", "satoword") } throws: { error in
      guard case DirectoryError.unreachable = error else { return false }
      return true
    }
  }

  /// A host that swallows everything ends after the set time: sooner than anybody would wait, on a busy machine too.
  @Test func aSilentDirectoryIsGivenUp() async throws {
    var settings = DirectorySettings(host: "127.0.0.1", port: freePort(), serviceName: "cn=x", servicePassword: "x")
    settings.timeoutMilliseconds = 500
    let silent = try SilentServer()
    settings.port = silent.port
    let begun = ContinuousClock.now
    let directory = Directory(settings)
    await #expect(throws: DirectoryError.self) { try await directory.signIn("a", "b") }
    #expect(ContinuousClock.now - begun < .seconds(120))
  }

  @Test func nothingIsSentInTheClear() async throws {
    let directory = Directory(
      DirectorySettings(
        host: "directory.hospital.example",
        port: 389,
        security: .none,
        serviceName: "cn=x",
        servicePassword: "x"
      )
    )
    await #expect(throws: DirectoryError.untrusted("no encryption")) { try await directory.signIn("a", "b") }
  }

  @Test(arguments: ["", "a b", "host/x", "a@b", "host:1/x?y", "あ", "-x"])
  func whatIsNoHostIsNotCalled(host: String) async throws {
    let directory = Directory(DirectorySettings(host: host, serviceName: "cn=x", servicePassword: "x"))
    await #expect(throws: DirectoryError.settings("host")) { try await directory.signIn("a", "b") }
  }

  @Test func everyByteThatMeansSomethingIsEscaped() {
    #expect(DirectorySettings.escaped("a*(b)\\c\u{0}") == "a\\2a\\28b\\29\\5cc\\00")
    #expect(DirectorySettings.escaped("佐") == "\\e4\\bd\\90")
    for byte in UInt8.min...UInt8.max where byte < 128 {
      let text = DirectorySettings.escaped(String(Unicode.Scalar(byte)))
      #expect(text == String(Unicode.Scalar(byte)) || text.hasPrefix("\\"))
      if "*()\\\0&|!<>~/".unicodeScalars.contains(Unicode.Scalar(byte)) { #expect(text.hasPrefix("\\")) }
    }
  }
}

/// Takes connections and never says a word.
final class SilentServer: Sendable {
  let port: Int
  private let handle: Int32

  init() throws {
    handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let handle = handle
    let code = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(handle, generic, size) + listen(handle, 8) + getsockname(handle, generic, &size)
      }
    }
    guard code == 0 else { throw DirectoryError.unreachable("no socket") }
    port = Int(UInt16(bigEndian: address.sin_port))
  }

  deinit { close(handle) }
}
