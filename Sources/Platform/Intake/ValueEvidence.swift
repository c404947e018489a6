import Tabular
import Text
import Time

/// What the values of a column say about its meaning, whatever its header is called.
struct ValueEvidence {
  /// Cells looked at that hold something other than 「不明」 or a dash.
  private(set) var filled = 0
  private(set) var unknown = 0
  private(set) var distinct = 0
  private var addresses = 0
  private var hardware = 0
  private var dates = 0
  /// `20261121`: a date, or a number of eight digits.
  private var packedDates = 0
  /// `12.1.13` as text: a date with points, or the version of a program. Also among the dates.
  private var dottedDates = 0
  /// Digits and telephone signs only, as an extension.
  private var dialled = 0
  private var moments = 0
  private var numbers = 0
  private var phones = 0
  private var mails = 0
  private var yesNo = 0
  private var identifiers = 0
  private var given = 0
  /// 1, 2, 3 …: the rows are counted.
  private(set) var isCounting = false
  /// Folded values with their counts.
  private var values: [String: Int] = [:]
  private(set) var samples: [String] = []

  static let sampleSize = 300
  /// Values read in a row, so that counting shows.
  static let countingSize = 120

  enum Verdict: Double {
    case contradicts = -1
    case doubtful = -0.5
    case silent = 0
    case supports = 1
  }

  init(_ cells: some Sequence<CellValue>, today: LocalDate) {
    var previous: Int?
    var steps = 0
    var tally: [CellValue: Int] = [:]
    for cell in cells {
      let text = Width.trimmed(cell.text)
      if text.isEmpty { continue }
      if samples.count < 3, !samples.contains(text) { samples.append(String(text.prefix(40))) }
      let key = Fold.exactKey(text)
      if Vocabulary.isUnknown(key) {
        unknown += 1
        continue
      }
      if Vocabulary.isDash(key) { continue }
      filled += 1
      tally[cell, default: 0] += 1
      values[key, default: 0] += 1
      if let number = Int(key) {
        if filled <= Self.countingSize, let previous, number == previous &+ 1 { steps += 1 }
        previous = number
      }
      if filled >= Self.sampleSize + Self.countingSize { break }
    }
    distinct = values.count
    for (cell, times) in tally { count(cell, times, today) }
    let run = min(filled, Self.countingSize)
    isCounting = filled >= 2 && steps >= run - 1 - run / 20 && numbers == filled
  }

  private mutating func count(_ cell: CellValue, _ times: Int, _ today: LocalDate) {
    let text = Width.trimmed(cell.text)
    let key = Fold.exactKey(text)
    if Vocabulary.yesNo(key) != nil { yesNo += times }
    if CellShape.isIdentifier(key, digits: 1) { identifiers += times }
    switch cell {
    case .date(_, nil): dates += times
    case .date: moments += times
    case .number: numbers += times
    default:
      let bytes = key.utf8
      guard bytes.count <= 200 else { return }
      if Vocabulary.isDynamicAddress(key) { given += times }
      if bytes.contains(64), EmailText.isAddress(key) { mails += times }
      if bytes.count >= 11, MACAddress(reading: AddressText.firstPiece(key)) != nil { hardware += times }
      guard bytes.contains(where: { (48...57).contains($0) }) else { return }
      if IPAddress(reading: AddressText.firstPiece(key)) != nil { addresses += times }
      countNumbers(text, key, times, today)
    }
  }

  private mutating func countNumbers(_ text: String, _ key: String, _ times: Int, _ today: LocalDate) {
    if PlainNumber.read(key) != nil { numbers += times }
    if PhoneText.looksLikePhone(key) { phones += times }
    if PhoneText.isDialled(key) { dialled += times }
    guard key.utf8.count <= 60, !key.utf8.allSatisfy({ (48...57).contains($0) }) || key.utf8.count == 8 else { return }
    switch JapaneseDate.readMoment(text, today: today) {
    case .moment, .ambiguous:
      // A time is there when there is a colon or 時.
      if key.contains(":") || key.contains("時") {
        moments += times
      } else if key.utf8.allSatisfy({ (48...57).contains($0) }) {
        packedDates += times
      } else {
        dates += times
        if Self.isDotted(key) { dottedDates += times }
      }
    case .invalid:
      if Vocabulary.isYearMonth(key) { dates += times }
    }
  }

  /// The share of values that pass. Looked at only when a field asks, since words cost more than shapes.
  private func share(where passes: (String) -> Bool) -> Double {
    share(values.reduce(0) { $0 + (passes($1.key) ? $1.value : 0) })
  }

  private static func isDepartment(_ key: String) -> Bool {
    ["科", "部", "課", "室", "センター", "病棟", "局", "係", "department", "ward", "office"].contains { key.hasSuffix($0) }
  }

  private static func isPlace(_ key: String) -> Bool {
    ["階", "棟", "館", "室", "フロア", "floor", "room", "ラック", "センター", "外来", "ステーション", "オフィス"].contains { key.contains($0) }
      || Notes.isFloor(key)
  }

  private static func isSystem(_ key: String) -> Bool {
    [
      "windows", "linux", "ios", "macos", "mac os", "android", "ubuntu", "debian", "centos", "red hat", "rhel",
      "fortios", "embedded", "esxi", "vmware", "unix", "solaris", "asa ",
    ].contains { key.contains($0) }
  }

  private static func isDotted(_ key: String) -> Bool { key.utf8.allSatisfy { (48...57).contains($0) || $0 == 46 } }

  private static func isKana(_ key: String) -> Bool {
    key.unicodeScalars.allSatisfy {
      switch $0.value {
      case 0x3041...0x3096, 0x30a1...0x30fc, 0xff66...0xff9f, 0x20, 0x3000, 0x30fb: true
      default: false
      }
    }
  }

  private static func hasLegalForm(_ key: String) -> Bool { LegalForm.strip(key).hadForm }

  private func share(_ count: Int) -> Double { filled == 0 ? 0 : Double(count) / Double(filled) }

  // MARK: The verdict on a field

  func verdict(on field: IntakeField, schema: IntakeSchema, resolver: ReferenceResolver) -> Verdict {
    guard filled > 0 else { return .silent }
    switch field.type {
    case .ip: return byShare(addresses + given, of: addresses > 0)
    case .mac: return byShare(hardware, of: true)
    case .date: return byShare(dates + packedDates + moments, of: true)
    case .moment: return moments > 0 || dates == 0 ? byShare(moments + dates, of: true) : .silent
    case .number: return byShare(numbers, of: true)
    case .phone: return share(dialled) >= 0.6 ? (share(phones) >= 0.6 ? .supports : .silent) : .contradicts
    case .email: return byShare(mails, of: true)
    case .yesNoUnknown: return byShare(yesNo, of: true)
    case .choice(let choices): return choice(choices)
    case .reference(let kind): return reference(kind, schema, resolver)
    case .identifier: return identifier(field, schema)
    case .text, .multiline: return text(field)
    }
  }

  private func byShare(_ count: Int, of certain: Bool) -> Verdict {
    let share = share(count)
    if share >= 0.6 { return certain ? .supports : .silent }
    return share >= 0.3 ? .silent : .contradicts
  }

  private func choice(_ choices: [IntakeChoice]) -> Verdict {
    let words = ChoiceWords.shared(choices)
    let known = values.reduce(0) { $0 + (words.key(for: $1.key) == nil ? 0 : $1.value) }
    let share = share(known)
    if share >= 0.5 { return .supports }
    if share >= 0.15 { return .silent }
    // Free text, or the words of another list.
    return addresses + hardware + dates + mails > filled / 2 || distinct > 40 ? .contradicts : .doubtful
  }

  private func reference(_ kind: String, _ schema: IntakeSchema, _ resolver: ReferenceResolver) -> Verdict {
    if share(addresses + hardware + dates + moments + mails) >= 0.5 { return .contradicts }
    // Before all else that numbers may be: people are named by their staff numbers.
    let known = values.reduce(0) { $0 + (resolver.isKnown(kind: kind, $1.key) ? $1.value : 0) }
    if share(known) >= 0.5 { return .supports }
    if share(numbers) >= 0.8 { return .contradicts }
    if share(yesNo) >= 0.7 { return .contradicts }
    let legal = share(where: Self.hasLegalForm)
    switch kind {
    case "vendor":
      if legal >= 0.2 { return .supports }
      // 「ベンダ」 over DELL and NEC may be the maker.
      let mayBeMaker = schema.field("manufacturer") != nil && share(where: Makers.isKnown) >= 0.6
      return mayBeMaker ? .doubtful : .silent
    case "department": return legal >= 0.4 ? .contradicts : share(where: Self.isDepartment) >= 0.6 ? .supports : .silent
    case "location": return legal >= 0.4 ? .contradicts : share(where: Self.isPlace) >= 0.5 ? .supports : .silent
    default: return .silent
    }
  }

  private func identifier(_ field: IntakeField, _ schema: IntakeSchema) -> Verdict {
    if share(addresses + mails) >= 0.5 || share(hardware) >= 0.5 { return .contradicts }
    if share(dates + moments) >= 0.6 { return .contradicts }
    // 1, 2, 3 … may count the rows; a header that says 管理番号 outweighs that.
    if isCounting, filled >= 3, values.keys.allSatisfy({ $0.utf8.count <= 4 }) { return .doubtful }
    if share(yesNo) >= 0.8, distinct <= 4 { return .contradicts }
    let isIdentity = schema.identity.contains { $0.fields == [field.key] }
    let unique = Double(distinct) / Double(filled)
    if isIdentity, filled >= 10, unique < 0.5 { return .contradicts }
    if share(identifiers) >= 0.8, unique >= 0.9 { return .supports }
    return share(identifiers) < 0.3 && isIdentity ? .doubtful : .silent
  }

  private func text(_ field: IntakeField) -> Verdict {
    if share(addresses) >= 0.6 || share(hardware) >= 0.6 || share(mails) >= 0.6 { return .contradicts }
    let datesHere = dates + moments - (field.holdsVersion ? dottedDates : 0)
    if share(datesHere) >= 0.8, case .text = field.type { return .contradicts }
    if field.isKana {
      let kana = share(where: Self.isKana)
      return kana >= 0.7 ? .supports : kana < 0.2 ? .contradicts : .silent
    }
    if field.isOperatingSystem { return share(where: Self.isSystem) >= 0.4 ? .supports : .silent }
    if field.isRequired {
      // The name of a thing is not a number, not yes or no.
      if share(numbers) >= 0.8 || (share(yesNo) >= 0.8 && distinct <= 4) { return .contradicts }
    }
    return .silent
  }

  /// What the values are when no header word says so: only shapes that nothing else has.
  func plainType() -> (IntakeType, Double)? {
    guard filled >= 3 else { return nil }
    if share(hardware) >= 0.9 { return (.mac, share(hardware)) }
    if share(addresses) >= 0.9 { return (.ip, share(addresses)) }
    if share(mails) >= 0.9 { return (.email, share(mails)) }
    return nil
  }
}

extension IntakeField {
  /// フリガナ and the like.
  var isKana: Bool {
    ["フリガナ", "ふりがな", "カナ", "かな", "よみ", "読み"].contains { label.ja.contains($0) } || key == "reading"
  }

  /// 「版」「ファームウェア」「OS・ファームウェア」: `3.5.5` there is no date.
  var holdsVersion: Bool {
    isOperatingSystem || label.ja.contains("版") || label.ja.contains("ファームウェア") || key == "version"
  }

  var isOperatingSystem: Bool { key == "os" || key.hasPrefix("os_") || label.en.lowercased() == "os" }
}
