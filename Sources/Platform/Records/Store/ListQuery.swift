import Text

/// What a list shows: words to find, filters, order and page. The same value is a page's address, a saved view and the
/// selection of a bulk action.
package struct ListQuery: Sendable, Hashable, Codable {
  /// Words that must all be found, in any field or in the names of what the record points to.
  package var search: String
  /// By field; a record must pass one filter of every field named.
  package var filters: [String: [Filter]]
  /// Empty for the kind's own order.
  package var sort: [Order]
  package var archived: Archived
  package var pageSize: Int
  /// How many records come before the page.
  package var offset: Int

  package static let largestPage = 500

  package init(
    search: String = "",
    filters: [String: [Filter]] = [:],
    sort: [Sort] = [],
    archived: Archived = .without,
    pageSize: Int = 50,
    offset: Int = 0
  ) {
    self.search = search
    self.filters = filters
    self.sort = sort.map { Order(field: $0.field, isDescending: $0.isDescending) }
    self.archived = archived
    self.pageSize = min(max(pageSize, 1), Self.largestPage)
    self.offset = max(offset, 0)
  }

  package enum Archived: String, Sendable, Hashable, Codable, CaseIterable { case without, only, with }

  package struct Order: Sendable, Hashable, Codable {
    package var field: String
    package var isDescending: Bool
  }

  package enum Filter: Sendable, Hashable, Codable {
    /// Exactly this stored value: a choice's key, a reference's id, an address.
    case value(String)
    /// Not recorded.
    case missing
    /// 「不明」.
    case unknown
    /// A date before the day, or at or after it.
    case before(String), from(String)
  }
}

extension ListQuery {
  /// The query as parameters of an address: `q`, `sort=-name`, `size`, `from`, `archived`, and `f.department=…` for each
  /// filter, where `!` is not recorded, `?` is 「不明」, `<2026-01-01` and `>2026-01-01` are dates.
  package var parameters: [(name: String, value: String)] {
    var all: [(String, String)] = []
    if !search.isEmpty { all.append(("q", search)) }
    for field in filters.keys.sorted() {
      for filter in filters[field] ?? [] { all.append(("f." + field, filter.text)) }
    }
    if !sort.isEmpty {
      all.append(("sort", sort.map { ($0.isDescending ? "-" : "") + $0.field }.joined(separator: ",")))
    }
    if archived != .without { all.append(("archived", archived.rawValue)) }
    if pageSize != 50 { all.append(("size", String(pageSize))) }
    if offset != 0 { all.append(("from", String(offset))) }
    return all
  }

  /// Reads what `parameters` writes. What means nothing for the kind is left out, so an old address still works.
  package init(parameters: [(name: String, value: String)], of kind: Kind) {
    self.init()
    for (name, value) in parameters {
      switch name {
      case "q": search = String(value.prefix(200))
      case "sort":
        sort = value.split(separator: ",").prefix(4).compactMap { part in
          let field = String(part.drop { $0 == "-" })
          guard field == "updated_at" || kind[field: field] != nil else { return nil }
          return Order(field: field, isDescending: part.hasPrefix("-"))
        }
      case "archived": archived = Archived(rawValue: value) ?? .without
      case "size": pageSize = min(max(Int(value) ?? 50, 1), Self.largestPage)
      case "from": offset = min(max(Int(value) ?? 0, 0), 10_000_000)
      default:
        // An empty value is 「すべて」 of a select.
        guard name.hasPrefix("f."), !value.isEmpty else { continue }
        let field = String(name.dropFirst(2))
        if kind[field: field] != nil { filters[field, default: []].append(Filter(text: value)) }
      }
    }
  }
}

extension ListQuery.Filter {
  package var text: String {
    switch self {
    case .value(let value): value
    case .missing: "!"
    case .unknown: Unknown.value
    case .before(let day): "<" + day
    case .from(let day): ">" + day
    }
  }

  package init(text: String) {
    switch text {
    case "!": self = .missing
    case Unknown.value: self = .unknown
    default:
      if text.hasPrefix("<") {
        self = .before(String(text.dropFirst()))
      } else if text.hasPrefix(">") {
        self = .from(String(text.dropFirst()))
      } else {
        self = .value(text)
      }
    }
  }
}

/// One page of a list.
package struct ListPage: Sendable {
  package let kind: Kind
  package let records: [Record]
  /// How many records the query finds in all.
  package let total: Int
  /// The names of the records that the page's records point to, by id.
  package let titles: [String: String]
  package let query: ListQuery

  package func title(of id: String?) -> String? { id.flatMap { titles[$0] } }
}
