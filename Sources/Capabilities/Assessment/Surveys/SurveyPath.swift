import Web

/// The addresses of surveys.
enum SurveyPath {
  static let list = "/surveys"
  static let new = "/surveys/new"

  static func survey(_ id: String, round: String? = nil) -> String {
    "\(list)/\(Percent.encode(id))" + (round.map { $0.isEmpty ? "" : "?round=\(Percent.encode($0))" } ?? "")
  }

  /// Who was asked by a list and has not answered, to be reminded.
  static func reminders(_ id: String) -> String { "\(list)/\(Percent.encode(id))/reminders" }

  /// One's own answers beside those of one's stratum; needs no account.
  static func mirror(_ token: String) -> String { "/q/\(Percent.encode(token))/results" }

  /// Asks whether to finish as not concerned; needs no account.
  static func notConcerned(_ token: String) -> String { "/q/\(Percent.encode(token))/none" }

  /// Asks whether to erase what was saved in another browser; needs no account.
  static func anew(_ token: String) -> String { "/q/\(Percent.encode(token))/anew" }

  /// Where one who is asked answers; needs no account.
  static func answer(_ token: String, section: Int? = nil) -> String {
    "/q/\(Percent.encode(token))" + (section.map { "?section=\($0)" } ?? "")
  }
}
