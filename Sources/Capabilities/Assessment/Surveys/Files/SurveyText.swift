import Tabular
import Text

/// Numbers of surveys in words.
enum SurveyText {
  /// 「12.3」 from tenths of a percent.
  static func percent(_ permille: Int) -> String { "\(permille / 10).\(permille % 10)" }
}

extension TabularError {
  /// In both languages.
  var text: Localized { Localized(ja: message(.ja), en: message(.en)) }
}
