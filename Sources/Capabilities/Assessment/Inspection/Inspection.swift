import Design
import Nouns
import Tabular
import Text
import Time

/// Everything an inspection needs of one round: what the inspector gets, and what the staff keep to themselves.
package struct Inspection: Sendable {
  /// A file that was attached to the item of the key, by its fingerprint.
  package typealias AttachedFile = (item: String, title: String, hash: String, bytes: [UInt8])

  package let standing: Assessment.Standing
  /// The vendors' form of the same year with every vendor's standing, nil where there is none.
  package let vendors: (checklist: Checklist, round: Assessment.VendorRound)?
  package let records: InspectionRecords
  package let evidence: [InspectionEvidence]
  /// Files that were attached to answers, in the order of the form.
  package let attachments: [AttachedFile]
  /// The hospital's name.
  package let hospital: String
  package let madeAt: Instant
  /// How the papers show days, and in which language they are.
  package let dates: ShownDates
  /// The official workbook with the answers, where one was loaded.
  package let official: [UInt8]?

  var checklist: Checklist { standing.round.checklist }
  var language: Language { dates.language }

  /// What needs somebody before the inspector comes, the worst first.
  package var attention: [ItemStanding] {
    let order: [ItemStanding.State] = [.contradicted, .moved, .open, .suggested]
    return order.flatMap { state in standing.items.filter { $0.state == state } }
  }

  /// Answers that hold and still wait for a second person.
  package var waiting: [ItemStanding] {
    standing.items.filter { $0.waitsForSecond && $0.state == .answered }
  }

  /// Items answered yes with neither a record nor a paper behind them.
  package var unproven: [ItemStanding] {
    standing.items.filter { line in
      line.answer?.latest == .yes && !line.item.isGate && line.suggestion.facts.isEmpty
        && !line.attachments.contains { !$0.isStale(on: madeAt.day) }
    }
  }

  /// Items answered no without a target date, which the form asks for, or with one that has passed.
  package var withoutTarget: [ItemStanding] {
    guard checklist.form == .checklist else { return [] }
    return standing.items.filter { line in
      guard let answer = line.answer, answer.latest == .no, !line.item.isGate else { return false }
      return answer.target.map { $0 < madeAt.day } ?? true
    }
  }

  /// What somebody has to settle before the inspector comes: each item once, whatever is wrong with it, and each vendor
  /// whose form is not back whole. All that the staff's copy lists as open is in it, and whoever tells a number asks here.
  package var toSettle: (items: Int, vendors: Int) {
    let wrong = attention + withoutTarget + waiting + unproven
    let names = Set(wrong.map(\.item.name) + stale.map(\.item))
    return (names.count, unsettledVendors.count)
  }

  /// The same in words, with what it counts.
  package var settling: Localized {
    let (items, vendors) = toSettle
    return Localized(
      ja: "手当てが要るところ\(items + vendors)件（項目\(items)、様式がそろっていない事業者\(vendors)）",
      en:
        "\(items + vendors) to settle (\(items.english("item", "items")), \(vendors.english("vendor", "vendors")) whose form is open)"
    )
  }

  static let settlingRule = Localized(
    ja:
      "「手当てが要るところ」は、記録と違う・記録が変わった・未回答、目標日がないか過ぎた「いいえ」、2人目の確認待ち、根拠のない「はい」、古くなった根拠のどれかに当たる項目（1項目を1件と数えます）と、様式がそろっていない事業者の数です。根拠のない「はい」と古くなった根拠は、そろった項目でも数えます。",
    en:
      "To settle are items that are contradicted, changed or not answered, a no whose target date is missing or has passed, those waiting for a second person, a yes without evidence, or evidence gone stale (each item counted once), and vendors whose form is open. A yes without evidence and stale evidence count even where the item is in order."
  )

  /// Evidence that has gone stale by now.
  package var stale: [InspectionEvidence] { evidence.filter { $0.goodUntil < madeAt.day } }

  /// Forms that came back, whole or in part.
  package var vendorForms: [VendorStanding] { vendors?.round.lines.filter { $0.form?.answers.isEmpty == false } ?? [] }

  /// Whose form is back whole, with a no whose target date is missing or has passed.
  package var vendorsWithoutTarget: [VendorStanding] {
    vendors?.round.lines.filter { $0.state == .answered && $0.lacksTarget(on: madeAt.day) } ?? []
  }

  /// Whose form somebody has to care for: it is open, or a no in it has no target date to come.
  package var unsettledVendors: [VendorStanding] { openVendors + vendorsWithoutTarget }

  package var openVendors: [VendorStanding] { vendors?.round.lines.filter { $0.state != .answered } ?? [] }
}

extension Assessment {
  /// Puts an inspection together as the records are now.
  package func inspection(_ standing: Standing, dates: ShownDates) async throws -> Inspection {
    let checklist = standing.round.checklist
    let hospital = try await inspectionNeeds.facilityName(standing.facility)
    var vendors: (checklist: Checklist, round: VendorRound)?
    if let asked = Checklists.vendors(of: checklist) {
      vendors = (asked, try await vendorRound(asked, standing.facility))
    }
    let records = try await inspectionNeeds.records(standing.facility, dates)
    let registers = Dictionary(
      records.registers.compactMap { table in table.kind.map { ($0, table.title) } },
      uniquingKeysWith: { first, _ in first }
    )
    let titles = try await titles(standing)
    return Inspection(
      standing: standing,
      vendors: vendors,
      records: records,
      evidence: standing.items.flatMap { line in
        line.suggestion.facts.map { fact in
          InspectionEvidence(line.item, fact, titles: titles, registers: registers, dates.language)
        } + line.attachments.map { InspectionEvidence(line.item, $0) }
      },
      attachments: try await attachedFiles(standing),
      hospital: hospital,
      madeAt: schedule.clock.now(),
      dates: dates,
      official: try await filledForm(standing, hospital: hospital)
    )
  }

  /// What the records behind the facts are called, as far as whoever reads the papers may see them.
  private func titles(_ standing: Standing) async throws -> [String: String] {
    let facts = standing.items.flatMap(\.suggestion.facts).filter { $0.needs == .readLedger }
    return try await inspectionNeeds.titles(standing.facility, Set(facts.flatMap(\.listed)).sorted())
  }

  /// What was attached as it was on that day; records are told of in the evidence only.
  private func attachedFiles(_ standing: Standing) async throws -> [Inspection.AttachedFile] {
    var files: [Inspection.AttachedFile] = []
    for line in standing.items {
      for attachment in line.attachments {
        guard let bytes = try await attachments.bytes(of: attachment, standing.facility) else { continue }
        files.append((line.item.key, attachment.title, attachment.hash, bytes))
      }
    }
    return files
  }
}
