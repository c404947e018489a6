import Advisories
import Packs
import Text
import Time

/// The rules by which findings are put in tiers: the pack `vulnerability/triage.yaml`.
package struct TriageRules: Sendable {
  struct Limits: Sendable {
    var probability = 10_000
    var severity = 90
    var exposed: Set<ExposureZone> = []
    var important: Set<ClinicalImportance> = []
  }

  /// One tier of the pack.
  package struct Tier: Sendable {
    package let tier: TriageTier
    package let title: Localized
    package var days: Int
    package var importantDays: Int
    var rules: [[TriageCondition]]
  }

  package internal(set) var tiers: [Tier]
  /// The words for what must be asked.
  package let questionTitle: Localized
  var questionTier: TriageTier
  var exploitedQuestionTier: TriageTier
  var limits: Limits

  package static let path = "vulnerability/triage.yaml"
  package static let pack: Pack = Packs.require(path) { $0 }
  package static let shared: TriageRules = Packs.require(path, TriageRules.init(reading:))

  /// The tier of one vulnerability on one asset.
  package func triage(_ input: TriageInput) -> TriageResult {
    let reasons = TriageReasons.reasons(input, limits)
    let gaps = TriageReasons.gaps(input)
    let isImportant = TriageCondition.important.holds(input, limits) == .yes
    guard input.certainty == .confirmed else {
      // A question stays a question, however bad; only exploitation moves it up.
      let isExploited = TriageCondition.exploited.holds(input, limits) == .yes
      let tier = isExploited ? exploitedQuestionTier : questionTier
      return result(tier, isQuestion: true, isImportant: isImportant, reasons, gaps, nil)
    }
    let tier = tier(input)
    var exposed = input
    exposed.exposure = .internet
    let worst = self.tier(exposed)
    let hint = input.exposure == .unknown && worst < tier ? worst : nil
    return result(tier, isQuestion: false, isImportant: isImportant, reasons, gaps, hint)
  }

  package func title(_ tier: TriageTier) -> Localized? { tiers.first { $0.tier == tier }?.title }

  private func tier(_ input: TriageInput) -> TriageTier {
    for tier in tiers {
      if tier.rules.isEmpty { return tier.tier }
      if tier.rules.contains(where: { rule in rule.allSatisfy { $0.holds(input, limits) == .yes } }) {
        return tier.tier
      }
    }
    return .p3
  }

  private func result(
    _ tier: TriageTier,
    isQuestion: Bool,
    isImportant: Bool,
    _ reasons: [Localized],
    _ gaps: [Localized],
    _ hint: TriageTier?
  ) -> TriageResult {
    let found = tiers.first { $0.tier == tier }
    return TriageResult(
      tier: tier,
      isQuestion: isQuestion,
      days: (isImportant ? found?.importantDays : found?.days) ?? 180,
      reasons: reasons,
      gaps: gaps,
      tierIfExposed: hint
    )
  }
}

extension TriageRules {
  /// Reads the pack; what a hospital decides otherwise comes on top (`setting`).
  package init(reading pack: Pack) throws(PackError) {
    var tiers: [Tier] = []
    var question: (TriageTier, TriageTier, Localized)?
    var limits = Limits()
    for entry in pack.entries {
      if entry.has("tier") {
        tiers.append(try Self.tier(entry))
      } else if entry.has("ask") {
        try entry.allow(["ask", "title", "exploited"])
        question = (try Self.name("ask", entry), try Self.name("exploited", entry), Localized(try entry.words("title")))
      } else {
        limits = try Self.limits(entry)
      }
    }
    guard let question, !tiers.isEmpty else {
      throw PackError(
        file: Self.path,
        line: nil,
        reason: PackWords(ja: "段（tier）と要確認（ask）がありません。", en: "there are no tiers, or there is no ‘ask’")
      )
    }
    self.tiers = tiers
    questionTier = question.0
    exploitedQuestionTier = question.1
    questionTitle = question.2
    self.limits = limits
  }

  private static func tier(_ entry: PackEntry) throws(PackError) -> Tier {
    try entry.allow(["tier", "title", "days", "important", "rules"])
    var rules: [[TriageCondition]] = []
    for words in try entry.lists("rules") {
      var rule: [TriageCondition] = []
      for word in words {
        guard let condition = TriageCondition(rawValue: word) else {
          throw entry.wrong("rules", ja: "「\(word)」という条件はありません。", en: "no such condition: \(word)")
        }
        rule.append(condition)
      }
      rules.append(rule)
    }
    return Tier(
      tier: try name("tier", entry),
      title: Localized(try entry.words("title")),
      days: try entry.number("days"),
      importantDays: try entry.has("important") ? entry.number("important") : entry.number("days"),
      rules: rules
    )
  }

  private static func name(_ field: String, _ entry: PackEntry) throws(PackError) -> TriageTier {
    let text = try entry.text(field)
    guard let tier = TriageTier(rawValue: text) else {
      throw entry.wrong(field, ja: "段は P0 から P3 です（\(text)）。", en: "a tier is P0 to P3, not \(text)")
    }
    return tier
  }

  private static func limits(_ entry: PackEntry) throws(PackError) -> Limits {
    try entry.allow(["thresholds", "exposed", "important"])
    let thresholds = try entry.entry("thresholds")
    try thresholds.allow(["probable", "severe"])
    var limits = Limits()
    limits.probability = try decimal("probable", thresholds, scale: 100_000)
    limits.severity = try decimal("severe", thresholds, scale: 10)
    for word in try entry.texts("exposed") {
      guard let zone = ExposureZone(rawValue: word) else {
        throw entry.wrong("exposed", ja: "「\(word)」という区分はありません。", en: "no such zone: \(word)")
      }
      limits.exposed.insert(zone)
    }
    for word in try entry.texts("important") {
      guard let importance = ClinicalImportance(rawValue: word) else {
        throw entry.wrong("important", ja: "「\(word)」という重要度はありません。", en: "no such importance: \(word)")
      }
      limits.important.insert(importance)
    }
    return limits
  }

  private static func decimal(_ field: String, _ entry: PackEntry, scale: Double) throws(PackError) -> Int {
    let text = try entry.text(field)
    guard let value = Double(text), value >= 0, value <= 100 else {
      throw entry.wrong(field, ja: "数で書いてください（\(text)）。", en: "not a number: \(text)")
    }
    return Int((value * scale).rounded())
  }
}
