import Nouns
import Records
import SQL
import Text
import Time

/// When a committee last met, by the minutes that are on record.
enum CommitteeFact {
  /// Days since the last meeting with minutes; nothing where there are none, which says nothing about the committee.
  static func measured(
    _ facility: FacilityID,
    at now: Instant,
    in tx: any Transaction
  ) throws -> Organization.Measured? {
    let row = try tx.row(
      """
      SELECT id, name, held_on FROM meeting
      WHERE facility = \(facility.rawValue) AND archived_at IS NULL AND minutes IS NOT NULL AND minutes <> '?'
        AND held_on IS NOT NULL AND held_on <> '?' AND held_on <= \(now.day.iso)
      ORDER BY held_on DESC, id DESC LIMIT 1
      """
    )
    guard let row, let day = LocalDate(iso: try row.text("held_on")) else { return nil }
    let (id, name) = (try row.text("id"), try row.text("name"))
    return Organization.Measured(
      fact: Fact(
        key: "organization.committee.age",
        facility: facility,
        label: Localized(ja: "議事録のある最後の会議から", en: "Days since the last meeting with minutes"),
        value: now.day.days(since: day),
        unit: .days,
        asOf: now,
        freshUntil: now.adding(days: 1),
        explanation: Localized(
          ja: "議事録のある最後の会議は、\(day.era())の「\(name)」です。",
          en: "The last meeting with minutes is “\(name)” of \(day.english)."
        ),
        link: RecordPath.list(Kind.meeting.key),
        records: [id]
      ),
      since: nil,
      work: nil
    )
  }
}
