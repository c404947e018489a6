extension LocalDate {
  /// The day of a spreadsheet's serial number, whose fraction is the time of day. Serial 1 is 1900-01-01; serials up to
  /// 60 are refused, because the format counts a 29 February 1900 that never was (and 60 is that day). With `date1904`
  /// serial 0 is 1904-01-01. Nil outside the calendar of spreadsheets (up to 9999-12-31).
  package init?(excelSerial serial: Double, date1904: Bool) {
    guard serial.isFinite, serial >= (date1904 ? 0 : 61), serial < 2_958_466 else { return nil }
    let day = LocalDate(dayNumber: Int(serial.rounded(.down)) + (date1904 ? -24_107 : -25_569))
    guard day.year <= 9999 else { return nil }
    self = day
  }
}
