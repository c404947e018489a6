import Advisories
import Text

/// What a written name may be.
package struct NameCandidate: Sendable, Hashable {
  /// The product, with its version where one was written.
  package let component: Component
  /// Other names under which feeds speak of the same thing, hardware beside firmware among them.
  package let others: [Component]
  package let confidence: Confidence
  let basis: NameBasis

  /// All components, the main one first.
  package var components: [Component] { [component] + others }

  /// Why it is taken for that, and what is missing for certainty.
  package var reason: Localized { basis.sentence }
}

/// By what a candidate was found. A comparison reads tens of thousands of names and asks for no sentence, so those are made
/// when somebody does.
enum NameBasis: Sendable, Hashable {
  /// Words that a rule or a dictionary takes for a product, with what stands against it.
  case words(String, ProductName, doubts: [Localized])
  /// What a device answers, and the fingerprint that it fits.
  case answer(String, fingerprint: String)

  var sentence: Localized {
    switch self {
    case .words(let written, let product, let doubts):
      Localized(
        ja: "「\(written)」を \(product.vendor) \(product.product) と読みました。" + doubts.map(\.ja).joined(),
        en: "“\(written)” was read as \(product.vendor) \(product.product)." + doubts.map { " " + $0.en }.joined()
      )
    case .answer(let text, let fingerprint):
      Localized(
        ja: "応答「\(text)」が「\(fingerprint)」の特徴に合いました。",
        en: "The answer “\(text)” fits the fingerprint “\(fingerprint)”."
      )
    }
  }
}
