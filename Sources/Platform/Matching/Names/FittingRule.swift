/// A rule that fits a piece of text.
struct FittingRule {
  let rule: NameRules.Rule
  let match: NamePattern.Match
  /// Whether it goes by a maker's name alone and is unsure of itself: 「Apache」.
  let isMakerAlone: Bool
  /// Whether such a name goes on in words of which it knows nothing: 「Apache ActiveMQ」 is another product of the
  /// maker.
  let isBeside: Bool
  /// Whether it asks for another maker than those that are written.
  let isOfOther: Bool

  init(_ rule: NameRules.Rule, _ match: NamePattern.Match, _ context: NameContext, ignoring ignored: Set<String>) {
    self.rule = rule
    self.match = match
    isMakerAlone = rule.confidence != .certain && context.vendorWords.isSuperset(of: match.covered)
    let written = context.vendors.union(context.makers)
    isOfOther = !rule.makers.isEmpty && !written.isEmpty && rule.makers.isDisjoint(with: written)
    guard isMakerAlone else {
      isBeside = false
      return
    }
    let version = NameVersion(in: context.text, behind: match.next, ignoring: ignored)?.covered ?? 0..<0
    isBeside = context.left(context.vendorWords.union(version), ignoring: ignored).contains {
      $0.first?.isNumber == false
    }
  }

  /// Whether nothing speaks for it that a dictionary could not say better.
  var isWeak: Bool { isBeside || isOfOther }

  /// The more specific one first, wherever they stand in the pack: `apache log4j` before `apache`. Else in their order.
  static func ordered(_ fitting: [FittingRule]) -> [FittingRule] {
    guard fitting.count > 1 else { return fitting }
    let named = fitting.map(\.match.named)
    var order: [Int] = []
    func isBefore(_ one: Int, _ other: Int) -> Bool {
      if fitting[one].isMakerAlone != fitting[other].isMakerAlone { return fitting[other].isMakerAlone }
      return named[one].isStrictSuperset(of: named[other])
    }
    func place(_ index: Int) {
      guard !order.contains(index) else { return }
      for other in fitting.indices where isBefore(other, index) { place(other) }
      order.append(index)
    }
    for index in fitting.indices { place(index) }
    return order.map { fitting[$0] }
  }
}
