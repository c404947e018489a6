import Tabular
import Text

/// Numbers of surveys in words and in cells.
package enum SurveyText {
  /// 「12.3」 from tenths, such as those of a percent.
  package static func percent(_ permille: Int) -> String {
    "\(permille < 0 ? "-" : "")\(permille.magnitude / 10).\(permille.magnitude % 10)"
  }

  /// A number from tenths, as spreadsheets write it: without a zero that says nothing, or it would count as text.
  static func cell(tenths: Int) -> CellValue {
    .number(Double(tenths) / 10, text: tenths.isMultiple(of: 10) ? String(tenths / 10) : percent(tenths))
  }

  static func cell(_ number: Int) -> CellValue { .number(Double(number), text: String(number)) }
}

extension TabularError {
  /// In both languages.
  var text: Localized { Localized(ja: message(.ja), en: message(.en)) }
}
