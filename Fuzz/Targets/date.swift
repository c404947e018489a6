import Text
import Time

func fuzz(_ bytes: [UInt8]) throws {
  let text = String(decoding: bytes, as: UTF8.self)
  let today = LocalDate(dayNumber: 20_778)
  if case .date(let day, _) = JapaneseDate.read(text, today: today) {
    // What was understood is written so that it is understood again.
    precondition(JapaneseDate.read(day.iso, today: today).day == day)
  }
  _ = JapaneseDate.readMoment(text, today: today)
  _ = FiscalYear.read(text)
}
