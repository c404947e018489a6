import Text
import Time

/// The form of one vendor for one edition: when it went out, what came back.
package struct VendorForm: Sendable, Hashable {
  /// How the answers came.
  package enum Way: String, Sendable, CaseIterable {
    case file, paper, telephone
    /// The vendor itself, at a terminal inside.
    case terminal

    /// Those that people of the hospital enter.
    package static let byHand: [Way] = [.file, .paper, .telephone]

    package var label: Localized {
      switch self {
      case .file: Localized(ja: "ファイル", en: "File")
      case .paper: Localized(ja: "紙", en: "Paper")
      case .telephone: Localized(ja: "電話", en: "Telephone")
      case .terminal: Localized(ja: "院内の端末", en: "Terminal inside")
      }
    }
  }

  package struct Answer: Sendable, Hashable {
    package let answer: FormAnswer
    package let answeredAt: Instant
    /// Who entered it at the hospital.
    package let answeredBy: String
    package let version: Int
  }

  package let vendor: String
  /// As it was when the form was made.
  package let vendorName: String
  package let systems: [String]
  package let sentOn: LocalDate?
  package let sentBy: String?
  package let dueOn: LocalDate?
  package let remindedOn: LocalDate?
  package let reminders: Int
  package let receivedOn: LocalDate?
  package let way: Way?
  /// Who answered at the vendor.
  package let respondent: String
  /// The day of the answer; nil of what came before that was kept.
  package let repliedOn: LocalDate?
  package let version: Int
  /// By the key of the item.
  package var answers: [String: Answer]

  /// Who answered last; nil where nothing came.
  package var reply: VendorReply? {
    way.map { VendorReply($0, respondent, on: repliedOn ?? receivedOn ?? LocalDate(dayNumber: 0)) }
  }
}

/// How far a vendor is with its form.
package struct VendorStanding: Sendable {
  package enum State: String, Sendable, CaseIterable {
    case unsent, sent, overdue, partly, answered

    package var label: Localized {
      switch self {
      case .unsent: Localized(ja: "未送付", en: "Not sent")
      case .sent: Localized(ja: "回答待ち", en: "Waiting")
      case .overdue: Localized(ja: "期限切れ", en: "Overdue")
      case .partly: Localized(ja: "一部回答", en: "Partly answered")
      case .answered: Localized(ja: "回答済み", en: "Answered")
      }
    }
  }

  package let vendor: SuppliedVendor
  package let form: VendorForm?
  /// What is asked, given its answers.
  package let items: Int
  /// How many of them are answered.
  package let answered: Int
  package let state: State
  /// By when each no shall be a yes; nil where the vendor gave no day.
  private let targets: [LocalDate?]

  /// Whether a no has no target date, or one that has passed.
  package func lacksTarget(on today: LocalDate) -> Bool { targets.contains { $0.map { $0 < today } ?? true } }

  /// What the form is about: what it was handed over for, until then what the vendor supplies now.
  package var systems: [String] {
    guard let form, form.sentOn != nil else { return vendor.systems }
    return form.systems
  }

  package init(_ vendor: SuppliedVendor, _ form: VendorForm?, _ checklist: Checklist, today: LocalDate) {
    let asked = checklist.counting { form?.answers[$0]?.answer.latest }
    self.vendor = vendor
    self.form = form
    items = asked.count
    answered = asked.count { form?.answers[$0.key] != nil }
    targets =
      checklist.form == .checklist
      ? asked.filter { !$0.isGate }.compactMap { form?.answers[$0.key]?.answer }.filter { $0.latest == .no }.map(
        \.target
      )
      : []
    if items > 0, answered >= items {
      state = .answered
    } else if let due = form?.dueOn, due < today {
      state = .overdue
    } else if answered > 0 {
      state = .partly
    } else {
      state = form?.sentOn == nil ? .unsent : .sent
    }
  }
}
