import Text

/// The vendor's answers beside the hospital's own to the same topics. Pure.
package struct VendorComparison: Sendable {
  package enum Verdict: String, Sendable {
    /// The hospital says yes, the vendor no.
    case contradicts
    /// The vendor says yes, the hospital no.
    case exceeds
    case agrees
    /// One of them has not answered, or does not ask this.
    case open

    /// Nil where there is nothing to compare.
    package var label: Localized? {
      switch self {
      case .contradicts: Localized(ja: "病院の「はい」と違う", en: "Against the hospital's yes")
      case .exceeds: Localized(ja: "事業者だけ「はい」", en: "Only the vendor says yes")
      case .agrees: Localized(ja: "同じ", en: "Same")
      case .open: nil
      }
    }
  }

  package struct Line: Sendable {
    package let item: ChecklistItem
    package let vendor: FormAnswer?
    /// The hospital's item of the same topic, nil where its form asks none.
    package let own: ChecklistItem?
    package let hospital: AnswerValue?

    package var verdict: Verdict {
      switch (hospital, vendor?.latest) {
      case (.yes, .no): .contradicts
      case (.no, .yes): .exceeds
      case (.some, .some): .agrees
      default: .open
      }
    }
  }

  package let lines: [Line]

  /// `own` is the hospital's round of the same year, nil where there is no such form.
  package init(_ checklist: Checklist, _ form: VendorForm?, own: Round?) {
    lines = checklist.items.map { item in
      let match = own.flatMap { Self.counterpart(of: item, in: $0.checklist) }
      return Line(
        item: item,
        vendor: form?.answers[item.key]?.answer,
        own: match,
        hospital: match.flatMap { own?.answers[$0.key]?.latest }
      )
    }
  }

  /// The item of the same topic; where the form asks for servers, client PCs and network gear, of the same machines.
  static func counterpart(of item: ChecklistItem, in checklist: Checklist) -> ChecklistItem? {
    let same = checklist.items.filter { $0.topic == item.topic }
    return same.first { $0.part == item.part } ?? (item.part == nil ? same.first : same.first { $0.part == nil })
  }

  package func count(_ verdict: Verdict) -> Int { lines.count { $0.verdict == verdict } }
}

/// A vendor that says no where the hospital may have said yes.
package struct VendorObjection: Sendable, Hashable {
  package let vendor: String
  package let vendorName: String
  /// The key of the vendor's item.
  package let item: String
  package let remarks: String
}
