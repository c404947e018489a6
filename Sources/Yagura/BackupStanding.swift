import Nouns
import Text
import Time

/// What the age of the backup proves, and what follows. Pure: a backup counts from the moment it was made, once it was
/// brought back and found whole; one that nobody has tried to restore is a hope.
struct BackupStanding: Sendable {
  let note: BackupNote?
  /// When the installation began: until there is a backup the days run from here.
  let since: Instant
  /// The sample hospital has nothing to lose, so nobody is sent to back it up.
  let isSample: Bool
  let now: Instant

  static let key = "installation.backup.age"
  private static let link = "/help/backup"

  /// Whole days without a backup that can be relied on.
  var days: Int { max(0, now.day.days(since: (note?.provedInstant ?? since).day)) }

  var isLate: Bool { days >= BackupNote.freshDays }

  func fact(_ facility: FacilityID) -> Fact {
    Fact(
      key: Self.key,
      facility: facility,
      label: Localized(ja: "確かめたバックアップからの日数", en: "Days since a proved backup"),
      value: days,
      unit: .days,
      asOf: now,
      freshUntil: now.adding(days: 1),
      explanation: explanation,
      link: Self.link,
      needs: .signedIn,
      isWorry: note?.provedInstant == nil || isLate
    )
  }

  private static func ago(_ days: Int) -> Localized {
    switch days {
    case 0: Localized(ja: "今日", en: "today")
    case 1: Localized(ja: "昨日", en: "yesterday")
    default: Localized(ja: "\(days)日前に", en: "\(days) days ago")
    }
  }

  private var explanation: Localized {
    guard let note, let made = note.madeInstant else {
      return Localized(ja: "バックアップはまだありません。", en: "There is no backup yet.")
    }
    let last = Self.ago(max(0, now.day.days(since: made.day)))
    guard let proved = note.provedInstant else {
      return Localized(
        ja: "最後のバックアップは\(last.ja)作りましたが、戻せることを確かめたものはまだありません。",
        en: "The latest backup was made \(last.en), and none has been proved by restoring it."
      )
    }
    if proved == made {
      return Localized(
        ja: "最後のバックアップは\(last.ja)作り、戻せることを確かめてあります。",
        en: "The latest backup was made \(last.en) and was proved by restoring it."
      )
    }
    let before = Self.ago(days)
    return Localized(
      ja: "最後のバックアップは\(last.ja)作りましたが、戻せることを確かめていません。確かめたものは\(before.ja)作ったものです。",
      en: "The latest backup was made \(last.en) and was not proved. The latest proved one was made \(before.en)."
    )
  }

  /// Due a week after the last backup that was proved; nothing where that is still to come and there is one.
  func duties(workingDay: (LocalDate) -> LocalDate) -> [Duty] {
    guard !isSample, isLate || note?.provedInstant == nil else { return [] }
    let due = workingDay((note?.provedInstant ?? since).day.adding(days: BackupNote.freshDays))
    let title =
      note?.provedInstant == nil
      ? Localized(ja: "バックアップを作り、戻せることを確かめる", en: "Make a backup and prove that it can be restored")
      : Localized(
        ja: "バックアップを作り直す（確かめたものが\(days)日間ありません）",
        en: "Make a new backup (none was proved for \(days) days)"
      )
    return [
      Duty(
        id: Self.key,
        title: title,
        owner: .administrator,
        due: due,
        state: due < now.day ? .overdue : .open,
        reason: explanation,
        link: Self.link,
        action: Localized(ja: "手順を見る", en: "See how"),
        rank: 1
      )
    ]
  }
}
