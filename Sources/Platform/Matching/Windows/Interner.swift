/// Texts by number.
struct Interner: Sendable {
  private var indices: [String: Int32] = [:]
  private(set) var texts: [String] = []

  func known(_ text: String) -> Int32? { indices[text] }

  mutating func index(_ text: String) -> Int32 {
    if let known = indices[text] { return known }
    let index = Int32(texts.count)
    indices[text] = index
    texts.append(text)
    return index
  }
}
