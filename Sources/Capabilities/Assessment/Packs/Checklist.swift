import Nouns
import Packs
import Text
import Time

/// One edition of a checklist: what it asks, in the order of the form.
package struct Checklist: Sendable {
  /// How items are answered.
  package enum Form: String, Sendable {
    /// Yes or no, with a first check, a target date for each no, and a second check.
    case checklist
    /// A level from 0 to 3.
    case levels

    /// How an item is answered that says nothing else.
    package var kind: AnswerKind { self == .checklist ? .yesNo : .level }
  }

  /// How often a round of it is due.
  package enum Cycle: String, Sendable { case fiscalYear, month }

  /// Who fills it in.
  package enum Respondent: String, Sendable {
    case hospital
    /// Each vendor for the systems it supplies: one form a vendor (domain.md §1.1).
    case vendor
  }

  /// `mhlw-hospital-r8`; of a facility's own pack with its edition, `own-radiology.2`, so that editions stand side by side.
  package let id: String
  package internal(set) var pack: Pack
  package let title: Localized
  package let form: Form
  package let respondent: Respondent
  package let cycle: Cycle
  /// The months in which a round begins, in order; every month where there are none. A round lasts until the next begins.
  package let months: [Int]
  /// The fiscal year the form belongs to, nil for those that are used every year.
  package let year: Int?
  /// The level to reach, for levels.
  package let goal: Int?
  /// Whether a target date must fall inside the fiscal year of the form (domain: form layout R5 to R8).
  package let targetsStayInYear: Bool
  package private(set) var sections: [ChecklistSection]
  package let measures: [ChecklistMeasure]
  /// The published workbook, where its fingerprint is known.
  package let workbook: PublishedWorkbook?
  /// What must be known before answering, shown above the items.
  package let note: Localized?
  /// What follows from the answers; empty for most.
  package let outcomes: [ChecklistOutcome]
  /// Topics that only this pack knows, by key (`own.…`); empty for those inside the program.
  package let topics: [String: EvidenceTopic]

  /// How many editions of it the facility has; 1 for those of the program, whose titles tell them apart.
  package internal(set) var editions = 1

  /// Who of the facility confirmed this edition, nil where nobody has.
  package internal(set) var confirmation: ChecklistConfirmation?

  /// What it is called among others: its title, with the edition where there are several.
  package var name: Localized {
    guard editions > 1 else { return title }
    return Localized(ja: "\(title.ja)（第\(pack.edition)版）", en: "\(title.en) (edition \(pack.edition))")
  }

  package var items: [ChecklistItem] { sections.flatMap(\.items) }

  /// The same form with these items alone.
  func only(_ keys: Set<String>) -> Checklist {
    var few = self
    few.sections = sections.compactMap { section in
      var section = section
      section.items.removeAll { !keys.contains($0.key) }
      return section.items.isEmpty ? nil : section
    }
    return few
  }

  /// By its key, as in `2-⑥` or `2(7):server`.
  package subscript(key: String) -> ChecklistItem? { items.first { $0.key == key } }

  /// What the items of a topic are about: the pack's own topics, then those of the program.
  package func topic(_ key: String) -> EvidenceTopic? { topics[key] ?? Checklists.topics[key] }

  /// Whether items are looked at twice, with a target date between: those of yes and no.
  package var asksTwice: Bool { items.contains { $0.format.kind == .yesNo } }

  /// What is asked, given what counts now as the answer to each key: only the gate where that says that there is nothing to
  /// ask, and a child only where its parent is asked and answered so.
  package func asked(_ latest: (String) -> AnswerValue?) -> [ChecklistItem] {
    if let gate, latest(gate.key) == .no { return items.filter(\.isGate) }
    var asked: Set<String> = []
    return items.filter { item in
      if let parent = item.parent {
        guard asked.contains(parent.question), let answer = latest(parent.question),
          parent.values.contains(answer.plain)
        else { return false }
      }
      asked.insert(item.key)
      return true
    }
  }

  /// Whether an answer leaves other items unasked: the no of a gate ends the form, that of a parent may skip its children.
  package func cutsShort(_ item: ChecklistItem, _ answer: AnswerValue) -> Bool {
    if item.isGate { return answer == .no }
    return items.contains { child in
      child.parent.map { $0.question == item.key && !$0.values.contains(answer.plain) } ?? false
    }
  }

  /// Whether answers decide what is asked.
  var hasBranches: Bool { items.contains { $0.isGate || $0.parent != nil } }

  /// What of it counts as items, and as answers: a gate that is answered yes only opens the others and counts as
  /// neither; as long as it is open, or where its no ends the form, it does.
  package func counting(_ latest: (String) -> AnswerValue?) -> [ChecklistItem] {
    asked(latest).filter { !$0.isGate || latest($0.key) != .yes }
  }

  /// When a child is asked: 「1 が「はい」のとき」. Nil for what is always asked.
  package func condition(_ item: ChecklistItem) -> Localized? {
    guard let parent = item.parent, let above = self[parent.question] else { return nil }
    let values = above.choices.filter { parent.values.contains($0.plain) }.map(\.label)
    return Localized(
      ja: "\(above.name.ja) が\(values.map { "「\($0.ja)」" }.joined(separator: "か"))のとき",
      en: "if \(above.name.en) is \(values.map { "“\($0.en)”" }.joined(separator: " or "))"
    )
  }

  /// Whether a facility wrote it itself.
  package var isOwn: Bool { id.hasPrefix(OwnChecklist.prefix) }

  /// The gate question, whose no ends the form.
  package var gate: ChecklistItem? { items.first(where: \.isGate) }

  /// The round that a day belongs to: `2026` for a fiscal year, `2026-11` for a month.
  package func period(on day: LocalDate, fiscalYearStart: Int) -> String {
    if let year { return String(year) }
    switch cycle {
    case .fiscalYear: return String(FiscalYear(containing: day, startMonth: fiscalYearStart).startYear)
    case .month:
      let begun = months.isEmpty ? day.month : months.last { $0 <= day.month }
      // Before the first of a year it is still the last of the year before.
      let year = begun == nil ? day.year - 1 : day.year
      return String(LocalDate(year: year, month: begun ?? months.last ?? day.month, day: 1)?.iso.prefix(7) ?? "")
    }
  }

  /// Whether rounds of it are for this day: a form of another fiscal year is only read.
  package func isCurrent(on day: LocalDate) -> Bool { pack.isValid(on: day.iso) }
}

/// A workbook as its publisher put it out (domain.md §1.5).
package struct PublishedWorkbook: Sendable, Hashable {
  /// SHA-256 in hexadecimal.
  package let hash: String
  package let bytes: Int
  package let address: String
}

package struct ChecklistSection: Sendable {
  package let number: String
  package let title: Localized
  package var items: [ChecklistItem]

  /// 「2　医療情報システムの管理・運用」; sections that are only named have no number to show.
  package func heading(_ language: Language) -> String {
    number.first?.isNumber == true ? "\(number)　\(title[language])" : title[language]
  }
}

package struct ChecklistItem: Sendable {
  /// Which machines it is about, where the form asks for each by itself (R5, R6).
  package enum Part: String, Sendable {
    case server, client, network

    package var label: Localized {
      switch self {
      case .server: Localized(ja: "サーバ", en: "Servers")
      case .client: Localized(ja: "端末PC", en: "Client PCs")
      case .network: Localized(ja: "ネットワーク機器", en: "Network gear")
      }
    }
  }

  /// The row of the 3 × 3 matrix.
  package enum Row: String, Sendable, CaseIterable {
    case corrective, detective, preventive

    package var label: Localized {
      switch self {
      case .corrective: Localized(ja: "是正", en: "Corrective")
      case .detective: Localized(ja: "発見", en: "Detective")
      case .preventive: Localized(ja: "予防", en: "Preventive")
      }
    }
  }

  /// What 該当なし depends on.
  package enum Absence: String, Sendable, CaseIterable {
    /// There is no contract with a vendor: 2-② and 2-③ of the ministry's form.
    case vendorContract
    /// The facility decides: controls of a standard that it leaves out.
    case any

    /// What by the records speaks against 該当なし, as the beginning of a sentence: contracts, where an item applies to whoever
    /// has one. Nil where nothing does.
    func against(_ facts: [String: Fact]) -> Localized? {
      switch self {
      case .any: return nil
      case .vendorContract:
        // The gaps are counted of all contracts, which says how many there are.
        guard let count = facts["ledger.contracts.gaps"]?.population, count > 0 else { return nil }
        return Localized(
          ja: "事業者との契約が台帳に\(count)件あり",
          en: count == 1 ? "1 contract with a vendor is on record" : "\(count) contracts with vendors are on record"
        )
      }
    }
  }

  /// As on the official form.
  package let number: String
  package let part: Part?
  /// The same through all editions.
  package let topic: String
  package let text: Localized
  package let isGate: Bool
  /// When it may be answered 該当なし; nil for never.
  package let absence: Absence?
  /// Whether number and wording still wait for the official file.
  package let isPending: Bool
  /// What each level means, 0 to 3; empty for yes and no.
  package let levels: [Localized]
  /// The measure of the manual it belongs to.
  package let measure: String?
  package let row: Row?
  /// Whether somebody other than who answered has to confirm it.
  package let needsSecond: Bool
  /// Whether only people can tell, so that the departments are asked.
  package let asksDepartments: Bool
  /// How it is answered, usually as the form is.
  package let format: AnswerFormat
  /// It is asked only where an earlier item, by its key, was answered so; nil for what is always asked.
  package let parent: AnswerCondition?

  /// Number and question, for a list.
  package var heading: Localized {
    Localized(ja: "\(name.ja)　\(text.ja)", en: "\(name.en)　\(text.en)")
  }

  package var mayNotApply: Bool { absence != nil }

  package var key: String { part.map { "\(number):\($0.rawValue)" } ?? number }

  /// 「2(7) サーバ」.
  package var name: Localized {
    guard !isGate else { return Localized(ja: "前提", en: "Gate") }
    guard let part else { return Localized(both: number) }
    return Localized(ja: "\(number) \(part.label.ja)", en: "\(number) \(part.label.en)")
  }
}

/// One of the twelve measures behind the twenty questions.
package struct ChecklistMeasure: Sendable {
  package let number: String
  package let title: Localized
  package let risk: Localized
  package let prepare: Localized
  package let act: Localized
  package let strengthen: Localized
  /// What it takes by the pack, nil where the pack does not say.
  package let weight: MeasureWeight?
}
