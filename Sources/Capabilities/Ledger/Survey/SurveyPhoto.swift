import Pictures
import Text
import Time

/// A photograph of a walk that came later, in a batch: where the telephone did not trust the page, or had no network.
package struct SurveyPhoto: Sendable, Hashable {
  /// What it shows, as far as anybody or a code in it has said.
  package enum Place: Sendable, Hashable {
    /// A line of the printed sheet; the find of that line may be entered before or after.
    case line(Int)
    case location(String)
    case find(String)
    /// It belongs to nothing.
    case nothing

    /// As forms and the interface write it: `line:3`, `location:…`, `find:…`, `nothing`.
    package init?(text: String) {
      let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
      switch (parts.first, parts.count) {
      case ("line", 2):
        guard let number = Int(parts[1]), (1...9_999).contains(number) else { return nil }
        self = .line(number)
      case ("location", 2): self = .location(parts[1])
      case ("find", 2): self = .find(parts[1])
      case ("nothing", 1): self = .nothing
      default: return nil
      }
    }

    package var text: String {
      switch self {
      case .line(let number): "line:\(number)"
      case .location(let id): "location:\(id)"
      case .find(let id): "find:\(id)"
      case .nothing: "nothing"
      }
    }
  }

  /// How far it is.
  package enum State: String, Sendable, CaseIterable {
    /// Nobody has looked for codes in it yet.
    case waiting
    /// To be placed by hand, and why.
    case withoutCode, severalCodes, otherSurvey, unreadable
    case placed

    package var isOpen: Bool { self != .waiting && self != .placed }

    /// Why it has to be placed by hand.
    var reason: Localized {
      switch self {
      case .waiting: Localized(ja: "まだ読み取っていません。", en: "Not read yet.")
      case .withoutCode: Localized(ja: "読み取れるQRコードが写っていません。", en: "No readable code in it.")
      case .severalCodes: Localized(ja: "QRコードがいくつも写っています。", en: "Several codes in it.")
      case .otherSurvey:
        Localized(ja: "別の調査の調査票か、別のQRコードが写っています。", en: "Its code is of another survey, or something else.")
      case .unreadable:
        Localized(ja: "この形式の写真はコードを読み取れません（JPEGとPNGを読み取ります）。", en: "Codes are read in JPEG and PNG only.")
      case .placed: Localized(ja: "場所が分かりました。", en: "Placed.")
      }
    }
  }

  package let id: String
  package let survey: String
  /// In the blob store: the photograph, and a small grey view of it where it could be unpacked.
  package let hash: String
  package let preview: String?
  package let name: String
  /// The camera's own day and wall clock, nil where it did not write them.
  package let takenOn: String?
  package let takenAt: String?
  package let state: State
  package let place: Place?
  /// Places whose codes are in it, where there are several.
  package let candidates: [Place]
  package let addedBy: String
  /// When its content was withdrawn; nil for nearly all.
  package var withdrawnAt: Instant?
}

/// What the codes in a photograph say of where it belongs. Pure.
struct PhotoCodes {
  let survey: String

  /// The largest code decides where it is half as large again as the next: neighbours on a sheet are of one size, so what
  /// stands out was held up to the camera.
  static let clearly = 1.5

  func reading(_ codes: [Photograph.Code]) -> (state: SurveyPhoto.State, place: SurveyPhoto.Place?, [SurveyPhoto.Place])
  {
    guard !codes.isEmpty else { return (.withoutCode, nil, []) }
    let ours = codes.compactMap { code in place(code.text).map { (place: $0, size: code.size) } }
    guard let first = ours.first else { return (.otherSurvey, nil, []) }
    let others = ours.dropFirst().filter { $0.place != first.place }
    if let next = others.first, Double(first.size) < Double(next.size) * Self.clearly {
      return (.severalCodes, nil, ours.map(\.place))
    }
    return (.placed, first.place, [])
  }

  /// `http://…/ledger/survey/ID/walk?sheet_line=3` or `…?location=ID`; the host is not looked at, as one program has
  /// several names.
  func place(_ text: String) -> SurveyPhoto.Place? {
    guard text.hasPrefix("http://") || text.hasPrefix("https://"),
      let mark = text.firstIndex(of: "?"), text[..<mark].hasSuffix(SurveyRoutes.walk(survey))
    else { return nil }
    for pair in text[text.index(after: mark)...].split(separator: "&") {
      if pair.hasPrefix("sheet_line="), let line = Int(pair.dropFirst(11)), (1...9_999).contains(line) {
        return .line(line)
      }
      if pair.hasPrefix("location="), pair.count > 9 { return .location(String(pair.dropFirst(9))) }
    }
    return nil
  }
}
