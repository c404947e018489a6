import Text

/// The bed classes of the yearly hospital survey of the ministry, as strata (domain.md §9.6: 20–99, 100–199, 200–299,
/// 300–399, 400–499, 500+). Below 20 beds is no hospital by the Medical Care Act, article 1-5.
package enum BedClass: String, Sendable, CaseIterable {
  case clinic = "0-19"
  case from20 = "20-99"
  case from100 = "100-199"
  case from200 = "200-299"
  case from300 = "300-399"
  case from400 = "400-499"
  case from500 = "500+"

  package init(beds: Int) {
    self =
      switch beds {
      case ..<20: .clinic
      case ..<100: .from20
      case ..<200: .from100
      case ..<300: .from200
      case ..<400: .from300
      case ..<500: .from400
      default: .from500
      }
  }

  /// The name of a stratum, for a class of beds in words, for any other as it was given.
  package static func label(_ stratum: String) -> Localized {
    guard let bedClass = BedClass(rawValue: stratum) else {
      return stratum.isEmpty ? Localized(ja: "区分なし", en: "No stratum") : Localized(both: stratum)
    }
    return switch bedClass {
    case .clinic: Localized(ja: "19床以下", en: "Up to 19 beds")
    case .from500: Localized(ja: "500床以上", en: "500 beds or more")
    default: Localized(ja: "\(stratum)床", en: "\(stratum) beds")
    }
  }
}
