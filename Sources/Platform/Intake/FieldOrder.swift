/// The fields of a schema and where each stands.
package final class FieldOrder: Sendable {
  package let keys: [String]
  private let places: [String: Int]

  package init(_ keys: [String]) {
    self.keys = keys
    places = Dictionary(keys.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  package func place(of key: String) -> Int? { places[key] }
}
