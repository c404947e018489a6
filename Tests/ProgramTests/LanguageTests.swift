import Ledger
import Nouns
import Records
import Testing
import Text

@testable import Program

/// A page says everything in one language; only what people recorded keeps its own.
@Suite struct LanguageTests {
  /// What is Japanese on an English page because it is recorded, or is the name of the language itself.
  private static let allowed = [
    "日本語", "やぐら", "試験の調査", "青い箱", "WES-NG（Microsoft の公表資料の整理）", "各メーカー、CISA",
  ]

  @Test func englishPagesSayNothingInJapanese() async throws {
    let data = try await recorded()
    for page in try await PageCollection.shared.all().pages where page.isPage && page.language == .en {
      var met: Set<String> = []
      for (element, text) in page.texts(of: ["nav", "th", "label", "button", "h1", "h2", "legend", "title"]) {
        guard hasKana(text), met.insert(text).inserted else { continue }
        var rest = text
        for word in data where rest.contains(word) { rest = rest.split(separator: word).joined(separator: " ") }
        #expect(!hasKana(rest), "\(page.name): <\(element)> says \(text.prefix(80))")
      }
    }
  }

  @Test func japanesePagesSayTheirHeadingsInJapanese() async throws {
    for page in try await PageCollection.shared.all().pages where page.isPage && page.language == .ja {
      for (element, text) in page.texts(of: ["button", "label", "legend"]) {
        let letters = text.filter { $0.isASCII && $0.isLetter }
        // The name of a protocol is the same in every language.
        let isEnglish =
          text != "OpenID Connect" && letters.count > 12 && text.contains(" ") && !text.contains { !$0.isASCII }
        #expect(!isEnglish, "\(page.name): <\(element)> says \(text.prefix(80))")
      }
    }
  }

  /// Words from the records of the demo hospital, longest first.
  private func recorded() async throws -> [String] {
    // The title of a change is recorded in the language of the hospital.
    let titles = Capabilities.catalogue.kinds.flatMap { [$0.label.ja, $0.plural.ja] }.map { "\($0)の取り込み" }
    var words = Set(titles + Self.allowed + [Installation.facilityName, "台帳.csv", "佐藤 美咲", "利用者"])
    for step in DemoHospital(seed: 7, today: Installation.today).steps {
      guard case .importTable(let table) = step.event else { continue }
      words.insert(table.file)
      for row in table.rows { for cell in row where hasKana(cell) { words.insert(cell) } }
      // A part of a name, as a list of departments shows it.
      for row in table.rows {
        for cell in row { words.formUnion(cell.split(separator: " ").map(String.init).filter(hasKana)) }
      }
    }
    return words.sorted { $0.count > $1.count }
  }
}

/// Hiragana or katakana: what no English sentence holds.
func hasKana(_ text: String) -> Bool {
  text.unicodeScalars.contains { (0x3041...0x3096).contains($0.value) || (0x30A1...0x30FA).contains($0.value) }
}
