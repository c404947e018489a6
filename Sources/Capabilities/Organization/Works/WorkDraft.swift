import Records
import SQL
import Text
import Time

/// What a vendor asks to do, checked: which work, when, who comes from where with what.
package struct WorkDraft: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    case patch, version, setting, inspection, repair, exchange, other

    package var label: Localized {
      switch self {
      case .patch: Localized(ja: "更新プログラムの適用", en: "Updates")
      case .version: Localized(ja: "バージョンアップ", en: "New version")
      case .setting: Localized(ja: "設定の変更", en: "Change of settings")
      case .inspection: Localized(ja: "点検・定期保守", en: "Inspection")
      case .repair: Localized(ja: "故障の調査・修理", en: "Fault or repair")
      case .exchange: Localized(ja: "機器・部品の交換", en: "Exchange of parts or devices")
      case .other: Localized(ja: "その他", en: "Other")
      }
    }
  }

  package enum Way: String, Sendable, CaseIterable {
    case visit, remote

    package var label: Localized {
      switch self {
      case .visit: Localized(ja: "病院に来て作業する", en: "On site")
      case .remote: Localized(ja: "外から接続して作業する", en: "From outside")
      }
    }
  }

  package let kind: Kind
  package let what: String
  package let day: LocalDate
  package let window: WorkWindow
  /// Whether something stands still meanwhile, and what.
  package let stops: Bool
  package let stopNote: String
  package let way: Way
  /// Everybody who works, a line each.
  package let workers: String
  /// Where they come or connect from.
  package let origin: String
  package let subcontractor: String
  package let equipment: String
  /// Where somebody is reached meanwhile.
  package let phone: String

  package static let longestLine = 200
  package static let longestText = 1_000
  /// Further ahead nobody plans.
  static let mostDays = 366

  /// The names under which it is typed and told, in the order of the form.
  static let fields = [
    "kind", "what", "work_on", "from", "until", "stops", "stop_note", "way", "workers", "origin", "subcontractor",
    "equipment", "phone",
  ]

  /// Reads what was typed, by the name of the field. Throws every field that is missing or wrong.
  package init(_ typed: [String: String], today: LocalDate) throws(KeptError) {
    var reading = Reading(typed)
    let kind = reading.choice("kind", Kind.init(rawValue:), ja: "作業の種類を選んでください。", en: "Choose the kind of work.")
    let way = reading.choice("way", Way.init(rawValue:), ja: "作業のしかたを選んでください。", en: "Say whether somebody comes.")
    let stops = reading.choice(
      "stops",
      { ["yes": true, "no": false][$0] },
      ja: "止まるものがあるかを選んでください。",
      en: "Say whether anything stands still."
    )
    reading.demand("what", ja: "作業の内容を入力してください。", en: "Say what is done.")
    reading.demand("workers", ja: "作業する人を入力してください。", en: "Say who works.")
    reading.demand("origin", ja: "どこから来るか、どこから接続するかを入力してください。", en: "Say where they come or connect from.")
    if stops == true {
      reading.demand("stop_note", ja: "何がどれくらい止まるかを入力してください。", en: "Say what stands still, and how long.")
    }
    reading.limit(["origin", "subcontractor", "phone"], Self.longestLine)
    reading.limit(["what", "stop_note", "workers", "equipment"], Self.longestText)
    let day = reading.day("work_on", today: today)
    let window = reading.window()
    guard reading.troubles.isEmpty, let kind, let way, let stops, let day, let window else {
      throw .wrong(reading.troubles)
    }
    self.kind = kind
    self.way = way
    self.stops = stops
    self.day = day
    self.window = window
    what = reading.text("what")
    stopNote = stops ? reading.text("stop_note") : ""
    workers = reading.text("workers")
    origin = reading.text("origin")
    subcontractor = reading.text("subcontractor")
    equipment = reading.text("equipment")
    phone = reading.text("phone")
  }

  init(stored row: KeptRow) throws(StorageError) {
    guard let day = row.day("work_on") else { throw .unexpectedValue(column: "vendor_work.work_on", wanted: "a day") }
    guard let window = WorkWindow(start: row.number("window_from") ?? -1, end: row.number("window_until") ?? -1) else {
      throw .unexpectedValue(column: "vendor_work.window_from", wanted: "minutes of a day")
    }
    self.day = day
    self.window = window
    kind = Kind(rawValue: row.text("kind")) ?? .other
    way = Way(rawValue: row.text("way")) ?? .visit
    stops = row.text("stops") == "yes"
    what = row.text("what")
    stopNote = row.text("stop_note")
    workers = row.text("workers")
    origin = row.text("origin")
    subcontractor = row.text("subcontractor")
    equipment = row.text("equipment")
    phone = row.text("phone")
  }

  /// As it is stored.
  var values: [String: String] {
    [
      "kind": kind.rawValue, "what": what, "work_on": day.iso, "window_from": String(window.start),
      "window_until": String(window.end), "stops": stops ? "yes" : "no", "stop_note": stopNote, "way": way.rawValue,
      "workers": workers, "origin": origin, "subcontractor": subcontractor, "equipment": equipment, "phone": phone,
    ]
  }

  /// As it stands in the fields of the form, so that it is read back the same; without the day for the next request.
  func typed(_ dates: ShownDates, withDay: Bool) -> [String: String] {
    values.merging([
      "work_on": withDay ? dates.typed(day) : "", "from": Self.clock(window.start), "until": Self.clock(window.end),
    ]) { $1 }
  }

  /// 「22:00」, whatever the day.
  package static func clock(_ minutes: Int) -> String {
    let (hour, minute) = (minutes % 1_440 / 60, minutes % 60)
    return "\(hour):\(minute < 10 ? "0" : "")\(minute)"
  }

  /// What was typed, with what is wrong with it.
  private struct Reading {
    let typed: [String: String]
    var troubles: [KeptError.FieldTrouble] = []

    init(_ typed: [String: String]) { self.typed = typed }

    func text(_ field: String) -> String { Width.trimmed(typed[field] ?? "") }

    mutating func choice<Value>(_ field: String, _ read: (String) -> Value?, ja: String, en: String) -> Value? {
      let value = read(text(field))
      if value == nil { troubles.append(.init(field, ja: ja, en: en)) }
      return value
    }

    mutating func demand(_ field: String, ja: String, en: String) {
      if text(field).isEmpty { troubles.append(.init(field, ja: ja, en: en)) }
    }

    mutating func limit(_ fields: [String], _ longest: Int) {
      for field in fields where text(field).count > longest {
        troubles.append(.init(field, ja: "\(longest)文字までで入力してください。", en: "At most \(longest) characters."))
      }
    }

    mutating func day(_ field: String, today: LocalDate) -> LocalDate? {
      guard let day = JapaneseDate.read(text(field), today: today).day else {
        troubles.append(
          .init(
            field,
            ja: "日付を読み取れません。2026/11/21 や 令和8年11月21日 のように入力してください。",
            en: "This is no date. Write it like 2026-11-21 or 21 Nov 2026."
          )
        )
        return nil
      }
      if day < today { troubles.append(.init(field, ja: "今日より前の日は選べません。", en: "Choose today or later.")) }
      if day.days(since: today) > WorkDraft.mostDays {
        troubles.append(.init(field, ja: "1年以内の日にしてください。", en: "At most a year ahead."))
      }
      return day
    }

    /// An end that is not later than the beginning lies on the next day.
    mutating func window() -> WorkWindow? {
      let times = ["from", "until"].map { WorkWindow.minutes(reading: text($0)) }
      for (field, time) in zip(["from", "until"], times) where time == nil || (field == "from" && time ?? 0 >= 1_440) {
        troubles.append(.init(field, ja: "時刻は 13:30 のように入力してください。", en: "Write the time like 13:30."))
      }
      guard let from = times[0], from < 1_440, let until = times[1] else { return nil }
      guard let window = WorkWindow(start: from, end: until <= from ? until + 1_440 : until) else {
        troubles.append(.init("until", ja: "24時間以内に終わる時刻にしてください。", en: "It must end within 24 hours."))
        return nil
      }
      return window
    }
  }
}
