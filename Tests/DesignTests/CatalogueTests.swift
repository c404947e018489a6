import Design
import HTML
import PageCheck
import Testing
import Text

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite struct `Pages of the catalogue` {
  @Test(arguments: Language.allCases)
  func `are well-formed in every language`(language: Language) {
    for page in Catalogue.pages(language) {
      #expect(HTMLCheck.faults(page.html.string) == [], "\(page.name) in \(language)")
    }
  }

  @Test func `hold Japanese only in Japanese, but for names and the language link`() {
    for page in Catalogue.pages(.en) {
      let text = page.html.string.replacing("日本語", with: "")
      #expect(!text.unicodeScalars.contains { (0x3040...0x30FF).contains($0.value) }, "kana in English \(page.name)")
    }
  }

  /// For eyes and browsers: `YAGURA_WRITE_PAGES=DIR swift test --filter written`.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["YAGURA_WRITE_PAGES"] != nil))
  func `can be written into a folder`() throws {
    let folder = try #require(ProcessInfo.processInfo.environment["YAGURA_WRITE_PAGES"])
    let files = FileManager.default
    for language in Language.allCases {
      for page in Catalogue.pages(language) {
        try page.html.string.write(
          toFile: "\(folder)/\(page.name)-\(language.rawValue).html",
          atomically: true,
          encoding: .utf8
        )
      }
    }
    for file in StaticFile.all {
      let path = folder + file.address
      try files.createDirectory(
        atPath: String(path.dropLast(file.name.count)),
        withIntermediateDirectories: true
      )
      try Data(file.bytes).write(to: URL(filePath: path))
    }
  }
}
