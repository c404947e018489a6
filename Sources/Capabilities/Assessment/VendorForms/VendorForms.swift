import Design
import Nouns
import SQL
import Text
import Time

/// The vendor's checklist, one form a vendor: who has it, who has answered, and what is to be done about it.
package struct VendorForms: Sendable {
  let store: VendorFormStore
  /// Who supplies or maintains what in a facility.
  let vendors: @Sendable (FacilityID) async throws -> [SuppliedVendor]

  /// How long a vendor has, in days, where nothing else is said.
  static let usualDays = 30

  static var withoutDay: AnswerProblems {
    var problems = AnswerProblems()
    problems.add("due", "期限を今日より後の日付で入力してください。", "Give a due date of today or later.")
    return problems
  }

  /// A reminder is due again after so many days.
  static let reminderDays = 14

  /// Every vendor the ledger or a form knows, those that wait first.
  package func standings(
    _ checklist: Checklist,
    _ period: String,
    today: LocalDate,
    _ facility: FacilityID
  ) async throws -> [VendorStanding] {
    let forms = try await store.forms(checklist, period, facility)
    let known = try await vendors(facility)
    let gone = forms.values.filter { form in !known.contains { $0.id == form.vendor } }.map { form in
      SuppliedVendor(id: form.vendor, name: form.vendorName, systems: form.systems, contact: "")
    }
    let order: [VendorStanding.State] = [.overdue, .sent, .partly, .unsent, .answered]
    return (known + gone).map { vendor in
      VendorStanding(vendor, forms[vendor.id], checklist, today: today)
    }.sorted { left, right in
      let places = (order.firstIndex(of: left.state) ?? 0, order.firstIndex(of: right.state) ?? 0)
      return places.0 == places.1
        ? (left.vendor.name, left.vendor.id) < (right.vendor.name, right.vendor.id) : places.0 < places.1
    }
  }

  /// What vendors object to a hospital's form, by the key of the hospital's item.
  func objections(
    to checklist: Checklist,
    _ period: String,
    _ facility: FacilityID
  ) async throws
    -> [String: [VendorObjection]]
  {
    guard let asked = Checklists.vendors(of: checklist) else { return [:] }
    var found: [String: [VendorObjection]] = [:]
    for line in try await store.objections(asked, period, facility) {
      guard let own = VendorComparison.counterpart(of: line.item, in: checklist) else { continue }
      found[own.key, default: []].append(line.objection)
    }
    return found
  }

  // MARK: What it proves and asks for

  func facts(_ checklist: Checklist, _ period: String, _ now: Instant, _ facility: FacilityID) async throws -> [Fact] {
    let lines = try await standings(checklist, period, today: now.day, facility)
    guard !lines.isEmpty else { return [] }
    let open = lines.count { $0.state != .answered }
    return [
      Fact(
        key: "assessment.vendorForms.open",
        facility: facility,
        label: Localized(ja: "事業者確認用を返していない事業者", en: "Vendors without a form"),
        value: open,
        population: lines.count,
        asOf: now,
        freshUntil: now.adding(days: 1),
        explanation: open == 0
          ? Localized(ja: "\(lines.count)社すべての回答がそろっています。", en: "Every vendor has answered.")
          : Localized(
            ja: "\(lines.count)社のうち\(open)社の回答がそろっていません。",
            en: "Of \(lines.count) vendors, \(open.english("has", "have")) not answered."
          ),
        link: AssessmentPath.round(checklist.id, period),
        isWorry: open > 0
      )
    ]
  }

  func duties(
    _ checklist: Checklist,
    _ period: String,
    today: LocalDate,
    yearEnd: LocalDate,
    _ facility: FacilityID
  ) async throws -> [Duty] {
    let lines = try await standings(checklist, period, today: today, facility)
    let unsent = lines.filter { $0.state == .unsent }
    var duties: [Duty] = []
    if !unsent.isEmpty {
      duties.append(
        Duty(
          id: "assessment.\(checklist.id).\(period).send",
          title: Localized(ja: "事業者に確認用の様式を渡す", en: "Hand the form to the vendors"),
          owner: .administrator,
          due: yearEnd.adding(days: -90),
          state: .open,
          reason: Localized(
            ja:
              "\(unsent.count)社に渡していません：\(unsent.prefix(3).map(\.vendor.name).joined(separator: "、"))\(unsent.count > 3 ? " ほか" : "")",
            en:
              "\(unsent.count.english("vendor has", "vendors have")) not got it: \(unsent.prefix(3).map(\.vendor.name).joined(separator: ", "))\(unsent.count > 3 ? " and others" : "")"
          ),
          link: AssessmentPath.round(checklist.id, period),
          action: Localized(ja: "一覧を開く", en: "Open the list"),
          rank: 5
        )
      )
    }
    for line in lines {
      guard line.state == .overdue, let due = line.form?.dueOn else { continue }
      // Whoever was reminded has a while to answer.
      let next = line.form?.remindedOn.map { max($0.adding(days: Self.reminderDays), due) } ?? due
      duties.append(
        Duty(
          id: "assessment.\(checklist.id).\(period).remind.\(line.vendor.id)",
          title: Localized(ja: "\(line.vendor.name)に様式の回答を督促する", en: "Remind \(line.vendor.name) of the form"),
          owner: .administrator,
          due: next,
          state: .open,
          reason: Localized(
            ja: "期限（\(due.slashed)）を過ぎて、\(line.items)項目のうち\(line.items - line.answered)項目が未回答です。",
            en: "Due \(due.iso); \(line.items - line.answered) of \(line.items) items are open."
          ),
          link: AssessmentPath.vendor(checklist.id, line.vendor.id, period),
          action: Localized(ja: "様式を開く", en: "Open the form"),
          rank: 4
        )
      )
    }
    return duties
  }
}
