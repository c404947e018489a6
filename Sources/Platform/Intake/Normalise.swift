import Tabular
import Text
import Time

/// Turns the cells of one column into stored values. Each different cell is worked out once.
struct ColumnReader {
  let field: IntakeField
  private let today: LocalDate
  private let choices: ChoiceWords?
  private let references: ReferenceClusters?
  private var memo: [CellKey: Outcome] = [:]
  private var misses = 0
  private var hits = 0

  /// What became of a cell.
  struct Outcome {
    /// Nil for an empty cell and for one that could not be read.
    var value: NormalValue?
    var remarks: [Remark] = []
    /// Something was there but could not be read.
    var isUnreadable = false
  }

  struct Remark {
    let reason: Localized
    let severity: IntakeProblem.Severity
    let code: String
  }

  init(_ field: IntakeField, today: LocalDate, references: ReferenceClusters?) {
    self.field = field
    self.today = today
    self.references = references
    if case .choice(let choices) = field.type { self.choices = ChoiceWords(choices) } else { self.choices = nil }
  }

  mutating func read(_ cell: CellValue) -> Outcome {
    if case .empty = cell { return Outcome() }
    // Columns of ever new values (numbers, serials) gain nothing from being remembered.
    let remembers = misses < 256 || hits * 4 > misses
    if remembers, let outcome = memo[CellKey(cell)] {
      hits += 1
      return outcome
    }
    let outcome = work(cell)
    if remembers {
      misses += 1
      memo[CellKey(cell)] = outcome
    }
    return outcome
  }

  private func work(_ cell: CellValue) -> Outcome {
    if case .error(let error) = cell { return Self.unreadable(CellReasons.excelError(error, field), "cell.error") }
    let typed = cell.text
    let text = Width.trimmed(typed)
    if text.isEmpty { return Outcome() }
    var outcome = value(cell, text)
    if let stored = outcome.value?.stored, outcome.value?.original == nil, stored != typed {
      outcome.value?.original = typed
    }
    if PrivateUse.contains(typed) {
      outcome.remarks.append(
        Remark(reason: CellReasons.privateUse(typed), severity: .note, code: "text.privateUse")
      )
    }
    return outcome
  }

  private func value(_ cell: CellValue, _ text: String) -> Outcome {
    if text.utf8.count <= 40, mayBeWord(text) {
      let key = Fold.exactKey(text)
      if let common = common(key, text) { return common }
    }
    switch field.type {
    case .text: return text.contains("\n") ? .stored(Self.oneLine(text)) : .stored(text)
    case .multiline: return .stored(text)
    case .identifier: return identifier(text)
    case .number: return number(cell, text)
    case .date: return date(cell, text)
    case .moment: return moment(cell, text)
    case .ip: return addresses(text)
    case .mac: return hardware(text)
    case .phone: return phone(text)
    case .email: return email(text)
    case .yesNoUnknown: return yesNo(cell, text)
    case .choice(let list): return choice(text, list)
    case .reference(let kind): return reference(kind, text)
    }
  }

  /// Texts with digits are no words of the vocabulary, but may be choices.
  private func mayBeWord(_ text: String) -> Bool { choices != nil || text.utf8.count <= 3 || !CellShape.hasDigit(text) }

  /// 「不明」, dashes and 「なし」, which mean the same in most fields.
  private func common(_ key: String, _ text: String) -> Outcome? {
    if Vocabulary.isUnknown(key) {
      // In free text 「確認中」 is a remark.
      if case .multiline = field.type, !["不明", "?"].contains(key) { return nil }
      if let choices, let choice = choices.key(for: text) { return .stored(choice) }
      return .stored(NormalValue.unknown)
    }
    if case .yesNoUnknown = field.type, let word = Vocabulary.yesNo(key) { return .stored(word) }
    if let choices, let choice = choices.key(for: text) { return .stored(choice) }
    if Vocabulary.isDash(key) { return Outcome(value: NormalValue(stored: "", original: text)) }
    if field.noneIsEmpty, Vocabulary.isNone(key) { return Outcome(value: NormalValue(stored: "", original: text)) }
    return nil
  }

  static func unreadable(_ reason: Localized, _ code: String) -> Outcome {
    Outcome(
      value: nil,
      remarks: [Remark(reason: reason, severity: .cell, code: code)],
      isUnreadable: true
    )
  }

  static func oneLine(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 10 || $0 == 13 || $0 == 0x85 || $0 == 0xe2 }) else { return text }
    return lines(text)
  }

  private static func lines(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).map { Width.trimmed(String($0)) }.filter { !$0.isEmpty }
      .joined(separator: " ")
  }

  // MARK: Types

  private func identifier(_ text: String) -> Outcome {
    let halved = Width.halved(Self.oneLine(text))
    if Placeholder.isSerial(halved) {
      return Outcome(
        value: NormalValue(stored: "", original: text),
        remarks: [Remark(reason: CellReasons.placeholder(text), severity: .note, code: "identifier.placeholder")]
      )
    }
    if halved.utf8.count > 120 { return Self.unreadable(CellReasons.tooLong(text, field), "identifier.tooLong") }
    guard halved.utf8.contains(32) else { return .stored(halved) }
    return .stored(halved.filter { $0 != " " })
  }

  private func number(_ cell: CellValue, _ text: String) -> Outcome {
    guard let number = PlainNumber.read(Fold.exactKey(text)) else {
      return Self.unreadable(CellReasons.number(text, field), "number.invalid")
    }
    return .stored(number)
  }

  private func date(_ cell: CellValue, _ text: String) -> Outcome {
    switch cell {
    case .date(let day, _): return .stored(day.iso)
    case .number(let serial, _) where serial >= 10_000 && serial < 100_000 && serial == serial.rounded():
      guard let day = JapaneseDate.excelSerial(serial, date1904: false) else { break }
      return .stored(day.iso, note: CellReasons.serial(text, day), code: "date.serial")
    default: break
    }
    switch JapaneseDate.read(text, today: today) {
    case .date(let day, let notice): return .stored(day.iso, note: notice, code: "date.notice")
    case .ambiguous(_, let question): return Self.unreadable(CellReasons.date(text, question, field), "date.ambiguous")
    case .invalid(let reason):
      if Vocabulary.isYearMonth(Fold.exactKey(text)) {
        return Self.unreadable(CellReasons.monthOnly(text, field), "date.monthOnly")
      }
      return Self.unreadable(CellReasons.date(text, reason, field), "date.invalid")
    }
  }

  private func moment(_ cell: CellValue, _ text: String) -> Outcome {
    if case .date(let day, let minutes) = cell { return .stored(Instant(day, minute: minutes ?? 0).iso) }
    switch JapaneseDate.readMoment(text, today: today) {
    case .moment(let moment, let notice): return .stored(moment.iso, note: notice, code: "date.notice")
    case .ambiguous(_, let question): return Self.unreadable(CellReasons.date(text, question, field), "date.ambiguous")
    case .invalid(let reason): return Self.unreadable(CellReasons.date(text, reason, field), "date.invalid")
    }
  }

  private func addresses(_ text: String) -> Outcome {
    if let address = IPAddress(reading: text) { return .stored(address.text) }
    let key = Fold.exactKey(text)
    if Vocabulary.isDynamicAddress(key) { return .stored("DHCP") }
    var read: [String] = []
    var note: Localized?
    for piece in AddressText.pieces(key) {
      if let address = IPAddress(reading: piece) {
        read.append(address.text)
      } else if let bare = AddressText.withoutSuffix(piece), let address = IPAddress(reading: bare) {
        read.append(address.text)
        note = CellReasons.suffixDropped(text, address.text)
      } else {
        return Self.unreadable(CellReasons.address(text, field), "ip.invalid")
      }
    }
    guard !read.isEmpty else { return Self.unreadable(CellReasons.address(text, field), "ip.invalid") }
    return .stored(read.joined(separator: ", "), note: note, code: "ip.suffix")
  }

  private func hardware(_ text: String) -> Outcome {
    if let address = MACAddress(reading: text) { return .stored(address.text) }
    let pieces = AddressText.pieces(Fold.exactKey(text))
    let read = pieces.compactMap { MACAddress(reading: $0)?.text }
    guard !read.isEmpty, read.count == pieces.count else {
      return Self.unreadable(CellReasons.hardware(text, field), "mac.invalid")
    }
    return .stored(read.joined(separator: ", "))
  }

  private func phone(_ text: String) -> Outcome {
    let halved = Self.oneLine(Width.halved(text))
    let digits = halved.utf8.filter { (48...57).contains($0) }.count
    guard digits >= 2, halved.utf8.count <= 80 else {
      return Self.unreadable(CellReasons.phone(text, field), "phone.invalid")
    }
    return .stored(PhoneText.hyphened(halved))
  }

  private func email(_ text: String) -> Outcome {
    let address = Width.halved(text).filter { !$0.isWhitespace }
    guard EmailText.isAddress(address) else { return Self.unreadable(CellReasons.email(text, field), "email.invalid") }
    return .stored(address)
  }

  private func yesNo(_ cell: CellValue, _ text: String) -> Outcome {
    if case .bool(let value) = cell { return .stored(value ? "yes" : "no") }
    // 「有（2回線）」「○ 確認済」: the first word decides, the rest stays in the original.
    let halved = Width.halved(text)
    if let end = halved.firstIndex(where: { "( :、,・\n".contains($0) || $0 == "（" }), end > halved.startIndex,
      let word = Vocabulary.yesNo(Fold.exactKey(String(halved[..<end])))
    {
      return .stored(word, note: CellReasons.yesNoWithMore(text), code: "yesNo.more")
    }
    return Self.unreadable(CellReasons.yesNo(text, field), "yesNo.invalid")
  }

  private func choice(_ text: String, _ list: [IntakeChoice]) -> Outcome {
    if let key = choices?.key(for: text) { return .stored(key) }
    return Self.unreadable(CellReasons.choice(text, field, list), "choice.unknown")
  }

  private func reference(_ kind: String, _ text: String) -> Outcome {
    let name = Self.oneLine(text)
    guard let decision = references?.decision(name) else { return .stored("+" + name) }
    if decision.isShared { return Self.unreadable(CellReasons.namesakes(text), "reference.namesakes") }
    return .stored(decision.stored, note: decision.note, code: "reference.alias", original: text)
  }
}

extension ColumnReader.Outcome {
  static func stored(_ text: String) -> ColumnReader.Outcome {
    ColumnReader.Outcome(value: NormalValue(stored: text, original: nil))
  }

  static func stored(
    _ text: String,
    note: Localized?,
    code: String,
    original: String? = nil
  ) -> ColumnReader.Outcome {
    ColumnReader.Outcome(
      value: NormalValue(stored: text, original: original),
      remarks: note.map { [ColumnReader.Remark(reason: $0, severity: .note, code: code)] } ?? []
    )
  }
}

/// Serial numbers that a maker left unset.
enum Placeholder {
  static func isSerial(_ text: String) -> Bool {
    guard let first = text.utf8.first, beginnings.contains(first), text.utf8.count >= 7 else { return false }
    return isWord(text)
  }

  private static let beginnings = Set("tTsSdDnNuUiIcCxX01".utf8)

  private static func isWord(_ text: String) -> Bool {
    words.contains(text.lowercased().filter { !" .-_".contains($0) })
  }

  private static let words: Set<String> = [
    "tobefilledbyoem", "systemserialnumber", "defaultstring", "notspecified", "notapplicable", "unknown", "invalid",
    "chassisserialnumber", "123456789", "1234567890", "0123456789", "00000000", "000000000", "xxxxxxxx",
  ]
}
