import Text

/// What a hospital may decide otherwise than the pack: days, conditions and limits, each a text under a key, so that a
/// table, a form and a program say the same.
extension TriageRules {
  /// One of them.
  package struct Setting: Sendable, Hashable {
    package enum Shape: Sendable, Hashable {
      case days
      /// A number from 0 to `most`, with one or more places behind the point.
      case decimal(most: Int)
      /// Some of these, by key.
      case choices([Choice])
      /// One of these.
      case choice([Choice])
      /// A line a rule; conditions that must hold together have a plus between them.
      case conditions
    }

    package struct Choice: Sendable, Hashable {
      package let key: String
      package let label: Localized
    }

    package let key: String
    package let label: Localized
    package let shape: Shape
    package let value: String
    /// Why the pack says so, where it does.
    package let why: Localized?

    package init(_ key: String, _ label: Localized, _ shape: Shape, _ value: String, why: Localized? = nil) {
      self.key = key
      self.label = label
      self.shape = shape
      self.value = value
      self.why = why
    }
  }

  /// Why a value cannot be taken, under the key it is about.
  package struct Trouble: Error, Sendable, Hashable {
    package let key: String
    package let reason: Localized

    package init(key: String, reason: Localized) {
      self.key = key
      self.reason = reason
    }
  }

  /// Every setting as it stands, in the order of the tiers.
  package var settings: [Setting] {
    tiers.flatMap(Self.settings) + [
      Setting(
        "ask",
        Localized(ja: "要確認の段", en: "Tier of what must be checked"),
        .choice(Self.tierChoices),
        questionTier.rawValue
      ),
      Setting(
        "ask-exploited",
        Localized(ja: "悪用が確認されている要確認の段", en: "The same where it is known to be exploited"),
        .choice(Self.tierChoices),
        exploitedQuestionTier.rawValue
      ),
      Setting(
        "probable",
        Localized(ja: "「悪用される確率が高い」とみなすEPSS", en: "EPSS from which exploitation is likely"),
        .decimal(most: 1),
        Self.decimal(limits.probability, scale: 100_000)
      ),
      Setting(
        "severe",
        Localized(ja: "「深刻度が高い」とみなすCVSS", en: "CVSS from which it is severe"),
        .decimal(most: 10),
        Self.decimal(limits.severity, scale: 10)
      ),
      Setting(
        "exposed",
        Localized(ja: "「外部から届く」とみなす場所", en: "Places that count as reachable from outside"),
        .choices(Self.zones.map { Setting.Choice(key: $0.rawValue, label: $0.title) }),
        Self.zones.filter(limits.exposed.contains).map(\.rawValue).joined(separator: " ")
      ),
      Setting(
        "important",
        Localized(ja: "「診療に欠かせない」とみなす重要度", en: "Importance on which care depends"),
        .choices(Self.importances.map { Setting.Choice(key: $0.rawValue, label: $0.title) }),
        Self.importances.filter(limits.important.contains).map(\.rawValue).joined(separator: " ")
      ),
    ]
  }

  private static func settings(_ tier: Tier) -> [Setting] {
    let key = tier.tier.rawValue.lowercased()
    let name = tier.tier.rawValue
    let days = [
      Setting(
        "\(key)-days",
        Localized(ja: "\(name)（\(tier.title.ja)）の期限（日）", en: "\(name) (\(tier.title.en)), days to settle"),
        .days,
        String(tier.days)
      ),
      Setting(
        "\(key)-important",
        Localized(ja: "\(name)の期限（診療に欠かせない機器、日）", en: "\(name), days where care depends on the device"),
        .days,
        String(tier.importantDays)
      ),
    ]
    guard !tier.rules.isEmpty else { return days }
    return days + [
      Setting(
        "\(key)-when",
        Localized(ja: "\(name)に入れる条件", en: "What goes into \(name)"),
        .conditions,
        tier.rules.map { $0.map(\.rawValue).joined(separator: "+") }.joined(separator: "\n")
      )
    ]
  }

  /// The rules with some settings changed; keys that are not of these rules are passed over. Throws what is wrong with a
  /// value in its own words.
  package func setting(_ values: [String: String]) throws(Trouble) -> TriageRules {
    var rules = self
    for setting in settings {
      guard let text = values[setting.key] else { continue }
      try rules.set(setting, try Self.read(text, setting))
    }
    return rules
  }

  /// What does not fit together: a more urgent tier must not leave more time than the next.
  package var contradictions: [Trouble] {
    var troubles: [Trouble] = []
    for tier in tiers where tier.importantDays > tier.days {
      troubles.append(
        Trouble(
          key: "\(tier.tier.rawValue.lowercased())-important",
          reason: Localized(
            ja: "診療に欠かせない機器の期限は、\(tier.tier.rawValue)の期限（\(tier.days)日）より長くできません。",
            en: "This must not be longer than the \(tier.days) days of \(tier.tier.rawValue)."
          )
        )
      )
    }
    for (first, next) in zip(tiers, tiers.dropFirst()) where first.days > next.days {
      troubles.append(
        Trouble(
          key: "\(next.tier.rawValue.lowercased())-days",
          reason: Localized(
            ja: "\(next.tier.rawValue)の期限は、\(first.tier.rawValue)の\(first.days)日より短くできません。",
            en: "\(next.tier.rawValue) must not be shorter than the \(first.days) days of \(first.tier.rawValue)."
          )
        )
      )
    }
    return troubles
  }

  private mutating func set(_ setting: Setting, _ value: String) throws(Trouble) {
    switch setting.key {
    case "ask": questionTier = TriageTier(rawValue: value) ?? questionTier
    case "ask-exploited": exploitedQuestionTier = TriageTier(rawValue: value) ?? exploitedQuestionTier
    case "probable": limits.probability = Self.number(value, scale: 100_000)
    case "severe": limits.severity = Self.number(value, scale: 10)
    case "exposed": limits.exposed = Set(value.split(separator: " ").compactMap { ExposureZone(rawValue: String($0)) })
    case "important":
      limits.important = Set(value.split(separator: " ").compactMap { ClinicalImportance(rawValue: String($0)) })
    default:
      guard let index = tiers.firstIndex(where: { setting.key.hasPrefix($0.tier.rawValue.lowercased()) }) else {
        return
      }
      if setting.key.hasSuffix("-days") { tiers[index].days = Int(value) ?? tiers[index].days }
      if setting.key.hasSuffix("-important") { tiers[index].importantDays = Int(value) ?? tiers[index].importantDays }
      if setting.key.hasSuffix("-when") { tiers[index].rules = try Self.conditions(value, setting.key) }
    }
  }

  // MARK: Reading what people type

  /// What is stored of a text that somebody typed.
  package static func read(_ text: String, _ setting: Setting) throws(Trouble) -> String {
    let plain = Width.trimmed(Width.halved(text))
    func wrong(_ ja: String, _ en: String) -> Trouble { Trouble(key: setting.key, reason: Localized(ja: ja, en: en)) }
    switch setting.shape {
    case .days:
      guard let number = Int(plain), (1...3_650).contains(number) else {
        throw wrong("1から3650までの整数で入れてください（\(text)）。", "Write a whole number from 1 to 3650, not “\(text)”.")
      }
      return String(number)
    case .decimal(let most):
      guard let number = Double(plain), number > 0, number <= Double(most) else {
        throw wrong("0より大きく\(most)までの数で入れてください（\(text)）。", "Write a number above 0, up to \(most), not “\(text)”.")
      }
      return decimal(self.number(plain, scale: most == 1 ? 100_000 : 10), scale: most == 1 ? 100_000 : 10)
    case .choice(let choices):
      guard let choice = choices.first(where: { $0.key.lowercased() == plain.lowercased() }) else {
        throw wrong("「\(text)」は選べません。", "“\(text)” is none of the choices.")
      }
      return choice.key
    case .choices(let choices):
      let words = plain.split { $0 == " " || $0 == "," || $0.isNewline }.map(String.init)
      if let odd = words.first(where: { word in !choices.contains { $0.key == word } }) {
        throw wrong("「\(odd)」は選べません。", "“\(odd)” is none of the choices.")
      }
      return choices.map(\.key).filter(words.contains).joined(separator: " ")
    case .conditions:
      return try conditions(text, setting.key).map { $0.map(\.rawValue).joined(separator: "+") }.joined(separator: "\n")
    }
  }

  /// 「悪用が確認されている＋外部から届く」, a line a rule, in either language or by key.
  private static func conditions(_ text: String, _ key: String) throws(Trouble) -> [[TriageCondition]] {
    var rules: [[TriageCondition]] = []
    for line in Width.halved(text).split(whereSeparator: { $0.isNewline || $0 == ";" }) {
      var rule: [TriageCondition] = []
      for part in line.split(separator: "+") {
        let word = Width.trimmed(String(part))
        guard !word.isEmpty else { continue }
        let folded = Fold.key(word)
        let known = TriageCondition.allCases.first { condition in
          [condition.rawValue, condition.title.ja, condition.title.en].contains { Fold.key($0) == folded }
        }
        guard let known else {
          let all = TriageCondition.allCases.map(\.title)
          throw Trouble(
            key: key,
            reason: Localized(
              ja: "「\(word)」という条件はありません。使えるのは「\(all.map(\.ja).joined(separator: "」「"))」です。",
              en: "There is no condition “\(word)”. Those there are: \(all.map(\.en).joined(separator: ", "))."
            )
          )
        }
        if !rule.contains(known) { rule.append(known) }
      }
      if !rule.isEmpty { rules.append(rule) }
    }
    guard !rules.isEmpty else {
      throw Trouble(
        key: key,
        reason: Localized(ja: "条件を1つ以上書いてください。", en: "Write at least one condition.")
      )
    }
    return rules
  }

  /// The value as a form shows it: choices by key, conditions in words.
  package static func typed(_ setting: Setting, _ language: Language) -> String {
    setting.shape == .conditions ? shown(setting.value, setting, language) : setting.value
  }

  /// A stored value as people read it.
  package static func shown(_ value: String, _ setting: Setting, _ language: Language) -> String {
    switch setting.shape {
    case .days, .decimal: value
    case .choice(let choices): choices.first { $0.key == value }?.label[language] ?? value
    case .choices(let choices):
      choices.filter { value.split(separator: " ").map(String.init).contains($0.key) }.map { $0.label[language] }
        .joined(separator: language == .ja ? "、" : ", ")
    case .conditions:
      value.split(separator: "\n").map { line in
        line.split(separator: "+").map { TriageCondition(rawValue: String($0))?.title[language] ?? String($0) }
          .joined(separator: language == .ja ? "＋" : " + ")
      }.joined(separator: "\n")
    }
  }

  private static let zones = ExposureZone.allCases.filter { $0 != .unknown }
  private static let importances = ClinicalImportance.allCases.filter { $0 != .unknown }

  private static var tierChoices: [Setting.Choice] {
    TriageTier.allCases.map { Setting.Choice(key: $0.rawValue, label: Localized(both: $0.rawValue)) }
  }

  private static func number(_ text: String, scale: Double) -> Int { Int(((Double(text) ?? 0) * scale).rounded()) }

  /// `0.1`, `9.0`.
  private static func decimal(_ value: Int, scale: Int) -> String { "\(Double(value) / Double(scale))" }
}
