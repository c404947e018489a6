import Advisories

/// Which KB replaces which, without the vulnerabilities: all that is needed to judge one vulnerability at a time.
package struct WindowsSupersedence: Sendable {
  private var numbers = Interner()
  private var replaces: [Set<Int32>] = []

  package init() {}

  /// Adds what one row says. Rows of one KB add up.
  package mutating func add(kb: String, supersedes: some Sequence<String>) {
    guard !kb.isEmpty else { return }
    let newer = Int(index(kb))
    for older in supersedes where older != kb { replaces[newer].insert(index(older)) }
  }

  private mutating func index(_ kb: String) -> Int32 {
    let index = numbers.index(kb)
    if Int(index) == replaces.count { replaces.append([]) }
    return index
  }

  /// The KBs and all that they replace, directly or through others.
  package func closure(of updates: Set<String>) -> Set<String> {
    var found = updates
    var open = updates.compactMap { numbers.known($0) }
    while let kb = open.popLast() {
      for older in replaces[Int(kb)] where found.insert(numbers.texts[Int(older)]).inserted { open.append(older) }
    }
    return found
  }
}
