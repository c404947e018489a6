// Lists of a record hold each thing once. Looking through them is quick as long as they are short, and a hostile file
// could make them long: beyond the limit nothing is added, which no publisher has ever come near.

extension Array where Element: Equatable {
  mutating func addOnce(_ element: Element, upTo limit: Int = 2000) {
    if count < limit, !contains(element) { append(element) }
  }
}

extension [AdvisoryReference] {
  mutating func addOnce(url: String, label: String? = nil) {
    if count < 1000, !contains(where: { $0.url == url }) { append(AdvisoryReference(url: url, label: label)) }
  }
}
