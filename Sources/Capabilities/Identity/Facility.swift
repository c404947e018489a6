import Nouns
import SQL
import Text
import Time

/// A tenant: whose records these are.
package struct Facility: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    case hospital, clinic, dental, pharmacy, vendor, hub

    package var label: Localized {
      switch self {
      case .hospital: Localized(ja: "病院", en: "Hospital")
      case .clinic: Localized(ja: "診療所", en: "Clinic")
      case .dental: Localized(ja: "歯科診療所", en: "Dental clinic")
      case .pharmacy: Localized(ja: "薬局", en: "Pharmacy")
      case .vendor: Localized(ja: "事業者", en: "Vendor")
      case .hub: Localized(ja: "県・医師会・病院グループ", en: "Prefecture, association or group")
      }
    }
  }

  package let id: FacilityID
  package let name: String
  package let kind: Kind
  /// The month the fiscal year begins, 4 for nearly all.
  package let fiscalYearStart: Int
}

/// A facility as somebody entered it; one that exists may be stored.
package struct FacilityDraft: Sendable, Hashable {
  package let name: String
  package let kind: Facility.Kind
  package let fiscalYearStart: Int

  package init(name: String, kind: String = "hospital", fiscalYearStart: String = "4") throws(Problems) {
    var problems: [Problem] = []
    let name = Width.trimmed(name)
    if name.isEmpty {
      problems.append(Problem("name", Localized(ja: "施設の名前を入力してください。", en: "Enter the facility's name.")))
    } else if name.count > 100 {
      problems.append(
        Problem("name", Localized(ja: "施設の名前は100文字以内にしてください。", en: "Use at most 100 characters."))
      )
    }
    let known = Facility.Kind(rawValue: kind)
    if known == nil {
      problems.append(Problem("kind", Localized(ja: "施設の種類を選んでください。", en: "Choose the kind of facility.")))
    }
    let month = Int(Width.halved(fiscalYearStart)) ?? 0
    if !(1...12).contains(month) {
      problems.append(
        Problem("fiscalYearStart", Localized(ja: "年度の始まる月を選んでください。", en: "Choose the month."))
      )
    }
    guard problems.isEmpty, let known else { throw Problems(problems) }
    self.name = name
    self.kind = known
    self.fiscalYearStart = month
  }
}
