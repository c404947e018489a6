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
        #expect(!data.leavesKana(of: text), "\(page.name): <\(element)> says \(text.prefix(80))")
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

  @Test func whatIsRecordedIsTakenOutAndNothingElse() {
    let words = Recorded(["外科", "外科リハビリ室", "リハビリ"])
    #expect(!words.leavesKana(of: "Rooms: 外科リハビリ室, リハビリ"))
    #expect(words.leavesKana(of: "外科リハビリ室の"))
    #expect(words.leavesKana(of: "リハビ"))
  }

  /// Words from the records of the demo hospital.
  private func recorded() async throws -> Recorded {
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
    return Recorded(words)
  }

  /// Words by the scalar they begin with, longest first: thousands of words are looked for in thousands of texts.
  private struct Recorded {
    private let words: [Unicode.Scalar: [[Unicode.Scalar]]]

    init(_ words: Set<String>) {
      let scalars = words.map { Array($0.unicodeScalars) }.filter { !$0.isEmpty }
      self.words = Dictionary(grouping: scalars) { $0[0] }.mapValues { $0.sorted { $0.count > $1.count } }
    }

    /// Whether kana is left of a text without these words.
    func leavesKana(of text: String) -> Bool {
      var rest = Array(text.unicodeScalars)[...]
      while let first = rest.first {
        if let word = words[first]?.first(where: { rest.starts(with: $0) }) {
          rest = rest.dropFirst(word.count)
        } else if isKana(first) {
          return true
        } else {
          rest = rest.dropFirst()
        }
      }
      return false
    }
  }
}

/// Hiragana or katakana: what no English sentence holds.
func hasKana(_ text: String) -> Bool {
  text.unicodeScalars.contains(where: isKana)
}

private func isKana(_ scalar: Unicode.Scalar) -> Bool {
  (0x3041...0x3096).contains(scalar.value) || (0x30A1...0x30FA).contains(scalar.value)
}
