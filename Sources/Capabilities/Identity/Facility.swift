import Nouns
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

  /// What a facility says of itself, in the order of its page. The raw value names the form's field and the journal's.
  package enum Field: String, Sendable, CaseIterable {
    case name, kind, beds, prefecture, address, telephone, fiscalYearStart, secondFactor

    package var label: Localized {
      switch self {
      case .name: Localized(ja: "施設の名前", en: "Name of the facility")
      case .kind: Localized(ja: "施設の種類", en: "Kind of facility")
      case .beds: Localized(ja: "病床数", en: "Number of beds")
      case .prefecture: Localized(ja: "都道府県", en: "Prefecture")
      case .address: Localized(ja: "所在地", en: "Address")
      case .telephone: Localized(ja: "電話番号", en: "Telephone")
      case .fiscalYearStart: Localized(ja: "年度の始まる月", en: "First month of the fiscal year")
      case .secondFactor: Localized(ja: "管理する人の2段階認証", en: "Two-step sign-in of those who manage")
      }
    }

    /// A stored value as a page shows it.
    package func shown(_ value: String, _ language: Language) -> String {
      switch self {
      case .kind: Kind(rawValue: value)?.label[language] ?? value
      case .prefecture: Prefecture.named(value)?.name[language] ?? value
      case .fiscalYearStart:
        Int(value).flatMap { (1...12).contains($0) ? FacilityDraft.month($0)[language] : nil } ?? value
      case .beds: language == .ja ? "\(value)床" : value
      case .secondFactor: FacilityDraft.secondFactor(value == "yes")[language]
      default: value
      }
    }
  }

  package let id: FacilityID
  package let name: String
  package let kind: Kind
  /// Nil where nobody has said; a vendor has none.
  package var beds: Int?
  /// The Japanese name, 「神奈川県」, empty where nobody has said.
  package var prefecture = ""
  package var address = ""
  package var telephone = ""
  /// The month the fiscal year begins, 4 for nearly all.
  package let fiscalYearStart: Int
  /// Whether those who manage accounts and settings must sign in in two steps to do so.
  package var wantsSecondFactor = false
  /// Grows with each change, so that two who edit at once are noticed.
  package var version = 1

  /// The value of a field as it is stored, empty where there is none.
  package func value(_ field: Field) -> String {
    switch field {
    case .name: name
    case .kind: kind.rawValue
    case .beds: beds.map(String.init) ?? ""
    case .prefecture: prefecture
    case .address: address
    case .telephone: telephone
    case .fiscalYearStart: String(fiscalYearStart)
    case .secondFactor: wantsSecondFactor ? "yes" : ""
    }
  }
}

/// A facility as somebody entered it; one that exists may be stored.
package struct FacilityDraft: Sendable, Hashable {
  package let name: String
  package let kind: Facility.Kind
  package let beds: Int?
  package let prefecture: String
  package let address: String
  package let telephone: String
  package let fiscalYearStart: Int
  package let wantsSecondFactor: Bool

  package init(name: String, kind: String = "hospital", fiscalYearStart: String = "4") throws(Problems) {
    try self.init([.name: name, .kind: kind, .fiscalYearStart: fiscalYearStart])
  }

  package init(_ typed: [Facility.Field: String]) throws(Problems) {
    var problems: [Problem] = []
    func text(_ field: Facility.Field) -> String { Width.trimmed(typed[field] ?? "") }
    func wrong(_ field: Facility.Field, _ ja: String, _ en: String) {
      problems.append(Problem(field.rawValue, Localized(ja: ja, en: en)))
    }
    name = text(.name)
    if name.isEmpty { wrong(.name, "施設の名前を入力してください。", "Enter the facility's name.") }
    if name.count > 100 { wrong(.name, "施設の名前は100文字以内にしてください。", "Use at most 100 characters.") }
    let known = Facility.Kind(rawValue: text(.kind))
    if known == nil { wrong(.kind, "施設の種類を選んでください。", "Choose the kind of facility.") }
    kind = known ?? .hospital
    let beds = Width.halved(text(.beds)).filter { $0 != "," && $0 != "床" && $0 != " " }
    self.beds = Int(beds)
    if !beds.isEmpty, !(0...9999).contains(Int(beds) ?? -1) {
      wrong(.beds, "病床数は0〜9999の整数で入力してください。", "Enter the beds as a whole number from 0 to 9999.")
    }
    prefecture = text(.prefecture)
    if !prefecture.isEmpty, Prefecture.named(prefecture) == nil {
      wrong(.prefecture, "都道府県を選び直してください。", "Choose the prefecture again.")
    }
    address = text(.address)
    if address.count > 200 { wrong(.address, "所在地は200文字以内にしてください。", "Use at most 200 characters.") }
    telephone = Width.halved(text(.telephone))
    if telephone.utf8.count > 30 || !telephone.utf8.allSatisfy(Self.isOfTelephone) {
      wrong(
        .telephone,
        "電話番号は数字と「-」で入力してください。例：045-680-0000",
        "Enter the telephone number with digits and hyphens, for example 045-680-0000."
      )
    }
    let month = Int(Width.halved(text(.fiscalYearStart))) ?? 0
    if !(1...12).contains(month) { wrong(.fiscalYearStart, "年度の始まる月を選んでください。", "Choose the month.") }
    fiscalYearStart = month
    wantsSecondFactor = text(.secondFactor) == "yes"
    guard problems.isEmpty else { throw Problems(problems) }
  }

  /// As the `value` of a facility.
  func value(_ field: Facility.Field) -> String {
    switch field {
    case .name: name
    case .kind: kind.rawValue
    case .beds: beds.map(String.init) ?? ""
    case .prefecture: prefecture
    case .address: address
    case .telephone: telephone
    case .fiscalYearStart: String(fiscalYearStart)
    case .secondFactor: wantsSecondFactor ? "yes" : ""
    }
  }

  static func secondFactor(_ isWanted: Bool) -> Localized {
    isWanted
      ? Localized(ja: "必須にする", en: "Required") : Localized(ja: "各自に任せる", en: "Left to each")
  }

  /// 4月, April.
  static func month(_ number: Int) -> Localized {
    Localized(ja: "\(number)月", en: months[max(1, min(12, number)) - 1])
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  private static func isOfTelephone(_ byte: UInt8) -> Bool {
    switch byte {
    case 32, 40, 41, 43, 45, 48...57: true
    default: false
    }
  }
}
