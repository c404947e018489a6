import Design
import HTML
import Nouns
import Text

/// Above the first page of whoever answers for the hospital: answers of the self-checks that the records do not bear out.
struct ContradictionNote {
  let facts: [Fact]
  let language: Language

  /// The fact that the self-checks give.
  static let key = "assessment.contradicted"

  var html: HTML {
    guard let fact = facts.first(where: { $0.key == Self.key }), fact.value > 0 else { return .empty }
    let action = Localized(ja: "食い違いを確かめる", en: "Look at them")[language]
    return Banner(
      .warning,
      fact.explanation[language],
      actions: Button.link(action, fact.link, look: .secondary, size: .small)
    ).html(language)
  }
}
