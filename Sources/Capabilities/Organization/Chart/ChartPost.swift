import Nouns
import Records
import SQL
import Text
import Time

/// One box of the responsibility chart, with names instead of ids.
struct ChartPost: Sendable, Hashable {
  let role: ChainRole
  /// Nil for a post that nobody recorded.
  let record: String?
  /// Nil where nobody holds it.
  let holder: String?
  let deputy: String?
  let department: String
  let phone: String
  let nightPhone: String
  let decides: String

  var isOpen: Bool { holder == nil }
}

/// Reads the chart out of the records.
enum ChartReading {
  /// Every post from the top, and an open box for each needed post that is not recorded.
  static func posts(_ store: RecordStore, _ scope: Scope<ReadLedger>) async throws -> [ChartPost] {
    let page = try await store.all(.responsibility, limit: 2_000, in: scope)
    let today = store.clock.now().day
    return posts(page.records, page.titles, today: today)
  }

  /// Whom to call inside when something is odd.
  static func firstCalled(_ store: RecordStore, _ scope: Scope<ReadLedger>) async throws -> [ChartPost] {
    try await posts(store, scope).filter { $0.role == .systemStaff || $0.role == .safetyManager }
  }

  /// Pure. A post whose term has ended is no longer held.
  static func posts(_ records: [Record], _ titles: [String: String], today: LocalDate) -> [ChartPost] {
    var posts = records.compactMap { record -> ChartPost? in
      guard let role = record.known("role").flatMap(ChainRole.init) else { return nil }
      let isOver = record.date("until").map { $0 < today } ?? false
      func name(_ field: String) -> String? { isOver ? nil : record.known(field).flatMap { titles[$0] } }
      return ChartPost(
        role: role,
        record: record.id,
        holder: name("person"),
        deputy: name("deputy"),
        department: record.known("department").flatMap { titles[$0] } ?? "",
        phone: record.known("phone") ?? "",
        nightPhone: record.known("phone_night") ?? "",
        decides: record.known("decides") ?? ""
      )
    }
    for role in ChainRole.allCases where role.isNeeded && !posts.contains(where: { $0.role == role }) {
      posts.append(
        ChartPost(
          role: role,
          record: nil,
          holder: nil,
          deputy: nil,
          department: "",
          phone: "",
          nightPhone: "",
          decides: ""
        )
      )
    }
    let order = Dictionary(uniqueKeysWithValues: ChainRole.allCases.enumerated().map { ($1, $0) })
    return posts.sorted {
      (order[$0.role] ?? 0, $0.department, $0.holder ?? "") < (order[$1.role] ?? 0, $1.department, $1.holder ?? "")
    }
  }
}
