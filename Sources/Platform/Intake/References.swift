import Text

/// Something the ledger already knows by name.
package struct KnownReference: Sendable, Hashable {
  package var id: String
  package var name: String
  package var aliases: [String]

  package init(id: String, name: String, aliases: [String] = []) {
    self.id = id
    self.name = name
    self.aliases = aliases
  }
}

/// Finds who is meant by a name: 「㈱メディライン」「（株）メディライン」「メディライン」 are one vendor.
package struct ReferenceResolver: Sendable {
  /// Kinds whose names carry a legal form. All others are compared as a whole.
  package static let companyKinds: Set<String> = ["vendor", "manufacturer", "company"]
  /// Kinds whose names people shorten. Not makers: キヤノン is not キヤノンメディカルシステムズ.
  package static let shortenedKinds: Set<String> = ["vendor"]

  /// Kinds of which two may bear one name. Then the name alone means nobody; a number does.
  package static let namesakeKinds: Set<String> = ["person"]

  private let known: [String: [String: KnownReference]]
  /// Names that more than one of a kind bears.
  private let shared: [String: Set<String>]
  private let lists: [String: [KnownReference]]

  package init(_ known: [String: [KnownReference]] = [:]) {
    lists = known
    var indexes: [String: [String: KnownReference]] = [:]
    var shared: [String: Set<String>] = [:]
    for (kind, references) in known {
      var index: [String: KnownReference] = [:]
      let hasNamesakes = Self.namesakeKinds.contains(kind)
      for reference in references {
        for name in [reference.name] + reference.aliases {
          let key = Self.key(kind, name)
          if let first = index[key] {
            if hasNamesakes, first.id != reference.id { shared[kind, default: []].insert(key) }
          } else {
            index[key] = reference
          }
        }
      }
      indexes[kind] = index
    }
    self.known = indexes
    self.shared = shared
  }

  /// The record of this name or alias, spelled in any way.
  package func find(kind: String, _ name: String) -> KnownReference? { known[kind]?[Self.key(kind, name)] }

  /// Whether a name is that of two or more, so that nobody can tell who is meant.
  func isShared(kind: String, _ name: String) -> Bool { shared[kind]?.contains(Self.key(kind, name)) ?? false }

  func isKnown(kind: String, _ name: String) -> Bool { find(kind: kind, name) != nil }

  func all(_ kind: String) -> [KnownReference] { lists[kind] ?? [] }

  static func key(_ kind: String, _ name: String) -> String {
    companyKinds.contains(kind) ? Fold.key(LegalForm.strip(name).rest) : Fold.key(name)
  }
}

/// 株式会社 and its sisters.
enum LegalForm {
  /// The name without its legal form. A name that is nothing else stays.
  static func strip(_ name: String) -> (rest: String, hadForm: Bool) {
    let text = Width.trimmed(name)
    guard text.utf8.count <= 200 else { return (text, false) }
    // A look at single letters spares the comparisons for nearly every value.
    let mayHaveForm = text.unicodeScalars.contains { marks.contains($0) }
    for form in mayHaveForm ? forms : [] {
      if text.hasPrefix(form), text.utf8.count > form.utf8.count {
        return (Width.trimmed(String(text.dropFirst(form.count))), true)
      }
      if text.hasSuffix(form), text.utf8.count > form.utf8.count {
        return (Width.trimmed(String(text.dropLast(form.count))), true)
      }
    }
    guard text.unicodeScalars.contains(where: { $0 == " " || $0 == "," || $0 == "　" || $0 == "，" }) else {
      return (text, false)
    }
    let small = Width.halved(text).lowercased()
    for form in english where small.hasSuffix(form) && small.utf8.count > form.utf8.count {
      let rest = Width.halved(text).dropLast(form.count)
      return (Width.trimmed(String(rest.reversed().drop { ", .".contains($0) }.reversed())), true)
    }
    return (text, false)
  }

  private static let marks: Set<Unicode.Scalar> = ["社", "㈱", "㈲", "㍿", "人", ")", "）", "ャ"]

  private static let forms: [String] = [
    "株式会社", "㈱", "（株）", "(株)", "(株）", "（株)", "有限会社", "㈲", "（有）", "(有)", "(有）", "（有)", "合同会社", "（同）", "(同)", "(合)",
    "（合）",
    "合資会社", "合名会社", "一般社団法人", "公益社団法人", "一般財団法人", "公益財団法人", "社団法人", "財団法人", "医療法人", "独立行政法人", "国立大学法人",
    "学校法人", "社会福祉法人", "特定非営利活動法人", "(一社)", "(公社)", "(一財)", "(公財)", "（一社）", "（公社）", "（一財）", "（公財）", "㍿",
    "カブシキガイシャ",
  ]

  private static let english: [String] = [
    " co., ltd.", " co.,ltd.", " co., ltd", " co.,ltd", "co.,ltd.", " co. ltd.", " company limited", " corporation",
    " incorporated", ", inc.", " inc.", " inc", " corp.", " corp", " ltd.", " ltd", " limited", " llc", " l.l.c.",
    " gmbh",
    " k.k.", " kk", " co.", " g.k.", " plc", " ag", " b.v.", " s.a.",
  ]
}

/// Decides for every name of one kind in a file who is meant: known to the ledger, the same as another name of the file,
/// or new.
struct ReferenceClusters {
  struct Decision {
    /// Id, or `+` and the name of the new record.
    let stored: String
    /// Set when a shortened name was taken for a longer one.
    let note: Localized?
    /// Two or more bear the name.
    let isShared: Bool
  }

  private(set) var new: [NewReference] = []
  private var decisions: [String: Decision] = [:]

  /// Letters two names must share from the first on.
  static let shortestPrefix = 4

  private struct Group {
    var key: String
    var names: [(name: String, count: Int)]
    var known: KnownReference?
    var target: Int?
    var isShared = false
  }

  init(kind: String, names: [(name: String, count: Int)], resolver: ReferenceResolver) {
    var groups: [Group] = []
    var index: [String: Int] = [:]
    for (name, count) in names {
      let key = ReferenceResolver.key(kind, name)
      if let group = index[key] {
        groups[group].names.append((name, count))
      } else {
        index[key] = groups.count
        groups.append(
          Group(
            key: key,
            names: [(name, count)],
            known: resolver.find(kind: kind, name),
            target: nil,
            isShared: resolver.isShared(kind: kind, name)
          )
        )
      }
    }
    if ReferenceResolver.shortenedKinds.contains(kind) { join(&groups, kind, resolver) }
    decide(groups, kind)
  }

  func decision(_ name: String) -> Decision? { decisions[name] }

  /// A name that is the beginning of exactly one longer one means that one.
  private func join(_ groups: inout [Group], _ kind: String, _ resolver: ReferenceResolver) {
    let known = resolver.all(kind).map { reference in
      (reference, ([reference.name] + reference.aliases).map { ReferenceResolver.key(kind, $0) })
    }
    let keys = groups.map(\.key)
    for index in groups.indices where groups[index].known == nil {
      let key = keys[index]
      guard key.count >= Self.shortestPrefix else { continue }
      var found: Set<KnownReference> = []
      for (reference, names) in known
      where names.contains(where: { Self.isBeginning(key, of: $0) || Self.isBeginning($0, of: key) }) {
        found.insert(reference)
      }
      let longer = groups.indices.filter { $0 != index && Self.isBeginning(key, of: keys[$0]) }
      for other in longer { if let reference = groups[other].known { found.insert(reference) } }
      if found.count == 1, let reference = found.first {
        groups[index].known = reference
      } else if found.isEmpty, !longer.isEmpty {
        // A chain of ever longer names is one candidate: the longest.
        let longest = longer.max { keys[$0].count < keys[$1].count } ?? longer[0]
        if longer.allSatisfy({ $0 == longest || Self.isBeginning(keys[$0], of: keys[longest]) }) {
          groups[index].target = longest
        }
      }
    }
  }

  private static func isBeginning(_ short: String, of long: String) -> Bool {
    short.count >= shortestPrefix && long.utf8.count > short.utf8.count && long.hasPrefix(short)
      && !isLatinMiddle(short, long)
  }

  /// `Cisco` begins `Cisco Systems` but `Cis` or `Citri` must not begin a longer English word. Keys have no blanks, so
  /// Latin names are never shortened.
  private static func isLatinMiddle(_ short: String, _ long: String) -> Bool {
    guard let last = short.unicodeScalars.last else { return true }
    return last.value < 128
      && long.unicodeScalars.dropFirst(short.unicodeScalars.count).first.map { $0.value < 128 } ?? false
  }

  private mutating func decide(_ groups: [Group], _ kind: String) {
    func root(_ index: Int) -> Int { groups[index].target ?? index }
    var members: [Int: [Int]] = [:]
    for index in groups.indices where groups[index].known == nil { members[root(index), default: []].append(index) }
    for (index, group) in groups.enumerated() {
      let stored: String
      let target: String
      let isShort: Bool
      if let known = group.known {
        stored = known.id
        target = known.name
        isShort = !([known.name] + known.aliases).contains { ReferenceResolver.key(kind, $0) == group.key }
      } else {
        let name = Self.fullest(kind, (members[root(index)] ?? [index]).flatMap { groups[$0].names })
        stored = "+" + name
        target = name
        isShort = group.target != nil
      }
      for (name, _) in group.names {
        let note = isShort ? Self.aliasNote(name, target) : nil
        decisions[name] = Decision(stored: stored, note: note, isShared: group.isShared)
      }
    }
    for root in members.keys.sorted() {
      let names = (members[root] ?? []).flatMap { groups[$0].names }
      let fullest = Self.fullest(kind, names)
      new.append(
        NewReference(
          kind: kind,
          name: fullest,
          aliases: names.map(\.name).filter { $0 != fullest },
          count: names.reduce(0) { $0 + $1.count }
        )
      )
    }
  }

  /// The longest name; of equal ones that with a legal form, then the most frequent, then the first.
  private static func fullest(_ kind: String, _ names: [(name: String, count: Int)]) -> String {
    names.max { a, b in
      let left = (ReferenceResolver.key(kind, a.name).count, LegalForm.strip(a.name).hadForm ? 1 : 0, a.count)
      return left < (ReferenceResolver.key(kind, b.name).count, LegalForm.strip(b.name).hadForm ? 1 : 0, b.count)
    }?.name ?? ""
  }

  private static func aliasNote(_ name: String, _ target: String) -> Localized {
    Localized(
      ja: "「\(name)」は「\(target)」の略称とみなしました。違う場合は、取り込んだあとで直してください。",
      en: "“\(name)” was taken as short for “\(target)”. If it is not, correct it after the import."
    )
  }
}
