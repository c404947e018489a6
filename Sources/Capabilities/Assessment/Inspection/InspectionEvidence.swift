import Blobs
import Nouns
import Text
import Time
import Web

/// One proof behind an answer: what the records said, or what a person attached, as of when, and a fingerprint of exactly
/// that.
package struct InspectionEvidence: Sendable, Hashable {
  /// The item, as in `2-⑥`.
  package let item: Localized
  /// What the record is called.
  package let source: Localized
  package let label: Localized
  /// 「3 / 46」 of a fact, the kind of an attachment.
  package let figure: Localized
  package let asOf: LocalDate
  /// The last day on which it counts.
  package let goodUntil: LocalDate
  package let records: Int
  /// SHA-256: of an attachment its own, of a fact that of `text`.
  package let hash: String
  /// What a fact said, as a text that goes with the papers, so that anybody can work out its fingerprint again: the same
  /// records on the same day make the same text. Nil for an attachment.
  package let text: String?

  /// `titles` names records by their ids; `registers` are what the extracts of the registers are called, by their kinds.
  init(
    _ item: ChecklistItem,
    _ fact: Fact,
    titles: [String: String] = [:],
    registers: [String: String] = [:],
    _ language: Language
  ) {
    self.item = item.name
    source = RecordNames.shipped.name(of: fact.key) ?? fact.label
    label = fact.label
    figure = fact.figure
    asOf = fact.asOf.day
    goodUntil = fact.freshUntil.day
    records = fact.recordCount
    let text = Self.text(fact, figure, source, titles, registers, language)
    self.text = text
    hash = BlobStore.name(of: Array(text.utf8))
  }

  /// What a fact says, in the reader's words. Days are written in one way, so that the same records make the same text
  /// whoever asks for it.
  private static func text(
    _ fact: Fact,
    _ figure: Localized,
    _ source: Localized,
    _ titles: [String: String],
    _ registers: [String: String],
    _ language: Language
  ) -> String {
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    func line(_ ja: String, _ en: String, _ value: String) -> String { "\(say(ja, en))\(language.colon)\(value)" }
    var lines = [
      line("根拠", "Evidence", fact.label[language]), line("値", "Figure", figure[language]),
      line("時点", "As of", fact.asOf.day.iso), line("内容", "What it says", fact.explanation[language]),
      line("台帳", "Register", source[language]), line("記号", "Key", fact.key),
    ]
    let listed = fact.listed.map { id in titles[id].map { "\($0)\(language.aside(id))" } ?? id }.sorted()
    let (count, all) = (listed.count, fact.recordCount)
    if count > 0 {
      lines.append(
        count < all
          ? say("数えた記録（\(all)件のうち\(count)件）：", "Records (\(count) of \(all)):")
          : say("数えた記録（\(all)件）：", "Records (\(all)):")
      )
      lines += listed.map { "- \($0)" }
    }
    if count == 0 || count < all {
      if count == 0 {
        lines.append(say("当てはまる記録として挙げるものはありません。", "There is no record to list."))
      }
      if let register = RecordNames.shipped.register(of: fact.key).flatMap({ registers[$0] }) {
        lines.append(
          say(
            "もとの\(source.ja)は、registers.xlsx の「\(register)」にあります。",
            "The register it was counted in (\(source.en)) is in registers.xlsx, “\(register)”."
          )
        )
      } else {
        lines.append(
          say(
            "\(source.ja)を数えました。registers.xlsx に抜粋はありません。",
            "Counted in: \(source.en), which is not in registers.xlsx."
          )
        )
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  init(_ item: ChecklistItem, _ attachment: Attachment) {
    self.item = item.name
    source = Localized(ja: "添付したもの", en: "Attached")
    text = nil
    label = Localized(ja: attachment.shownTitle(.ja), en: attachment.shownTitle(.en))
    figure = attachment.kind.label
    asOf = attachment.datedOn
    // Withdrawn evidence counts for nothing from that day on.
    goodUntil =
      attachment.withdrawnAt.map { $0.day.adding(days: -1) } ?? attachment.goodUntil(keeps: attachment.keeps)
    records = 0
    hash = attachment.hash
  }
}
