import Text
import Web

extension KeptError {
  /// Does something and tells its errors as problems. `names` are the columns whose members are called otherwise.
  package static func told<T>(_ call: APICall, byHeader: Bool = false, _ body: () async throws -> T) async throws -> T {
    do {
      return try await body()
    } catch let error as KeptError {
      throw error.webError(call.language, byHeader: byHeader)
    }
  }

  private func webError(_ language: Language, byHeader: Bool) -> WebError {
    switch self {
    case .notFound: .notFound()
    case .changedSince:
      byHeader
        ? .outdated
        : .conflict(
          message,
          remedy: Localized(ja: "読み直して、新しい版を指定して送り直してください。", en: "Read it again and send it with the new version.")
        )
    case .wrong(let troubles):
      .invalid(troubles.map { (pointer: Self.pointer($0.field), reason: $0.message) }, language)
    case .cannotUndo:
      .conflict(message, remedy: Localized(ja: "いまの記録を確かめてください。", en: "Look at the records as they are now."))
    }
  }

  /// `planned_on` is the member `/plannedOn`.
  private static func pointer(_ field: String) -> String {
    guard !field.isEmpty else { return "" }
    let parts = field.split(separator: "_")
    return "/" + parts.enumerated().map { $0 == 0 ? String($1) : $1.prefix(1).uppercased() + $1.dropFirst() }.joined()
  }
}
