import Design
import Foundation
import Testing

@Suite struct `Style sheet and scripts` {
  private func text(_ file: StaticFile) -> String { String(decoding: file.bytes, as: UTF8.self) }

  @Test func `are found by name, each with a tag of its own`() {
    #expect(StaticFile.all.count == Set(StaticFile.all.map(\.name)).count)
    #expect(StaticFile.all.count == Set(StaticFile.all.map(\.hash)).count)
    for file in StaticFile.all {
      #expect(!file.bytes.isEmpty)
      #expect(StaticFile.find(name: file.name)?.hash == file.hash)
      #expect(file.address == "/static/\(StaticFile.edition)/\(file.name)")
    }
  }

  /// Without what only those browsers read that know `:has`: the others show the same without it.
  private func plain(_ file: StaticFile) -> String {
    let parts = text(file).components(separatedBy: "@supports selector(:has(*)){")
    let rest = parts.dropFirst().map { part in
      part.components(separatedBy: "\n}").dropFirst().joined(separator: "\n}")
    }
    return parts[0] + rest.joined()
  }

  /// The oldest browsers that are to show everything know nothing of these.
  @Test(arguments: [
    ":has(", "@layer", "@container", "field-sizing", "popover", "\n&", "eval(", "new Function", "innerHTML",
    "outerHTML",
    "document.write", "insertAdjacentHTML", "http://", "https://",
  ])
  func `keep to what old browsers know and to no text as code`(word: String) {
    for file in StaticFile.all where !file.name.hasSuffix(".svg") {
      #expect(!plain(file).contains(word), "\(word) in \(file.name)")
    }
  }

  @Test func `import only each other`() {
    for file in StaticFile.all where file.name.hasSuffix(".js") {
      for part in text(file).split(separator: " from \"./").dropFirst() {
        let name = String(part.prefix { $0 != "\"" })
        #expect(StaticFile.find(name: name) != nil, "\(name) in \(file.name)")
      }
    }
  }

  /// Uncompressed; compressed they are about a third of it, within 15 kB of scripts and 10 kB of style.
  @Test func `stay small`() {
    let scripts = StaticFile.all.filter { $0.name.hasSuffix(".js") }.map(\.bytes.count).reduce(0, +)
    let style = StaticFile.all.filter { $0.name.hasSuffix(".css") }.map(\.bytes.count).reduce(0, +)
    #expect(scripts < 45_000)
    #expect(style < 36_000)
  }
}
