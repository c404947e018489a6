import Nouns
import SQL
import Text

/// What must hold of records before they are stored and needs the database to tell: they point to things that exist, and
/// who writes answers for their departments.
package struct RecordCheck {
  let kind: Kind
  let catalogue: RecordCatalogue
  let author: Author
  let tx: any Transaction

  package init(kind: Kind, catalogue: RecordCatalogue, author: Author, tx: any Transaction) {
    self.kind = kind
    self.catalogue = catalogue
    self.author = author
    self.tx = tx
  }

  /// Throws `RecordError.invalid` or `outOfReach`. `before` is nil for what is new.
  package func check(_ pairs: [(before: Record?, after: Record)]) throws {
    if let departments = author.departments { try checkReach(pairs, departments) }
    try checkReferences(pairs)
  }

  /// Somebody of one department neither changes another's records nor gives their own away.
  private func checkReach(_ pairs: [(before: Record?, after: Record)], _ departments: Set<String>) throws {
    switch kind.reach {
    case .everyone, .itself: throw RecordError.outOfReach
    case .field(let field):
      for (before, after) in pairs {
        if let before, !departments.contains(before[field] ?? "") { throw RecordError.outOfReach }
        guard departments.contains(after[field] ?? "") else { throw RecordError.outOfReach }
      }
    case .parent(let field):
      guard let parent = kind[field: field]?.referenced.flatMap(catalogue.kind) else { throw RecordError.outOfReach }
      let wanted = Set(pairs.flatMap { [$0.before?[field], $0.after[field]] }.compactMap { $0 })
      let list = RecordList(kind: parent, catalogue: catalogue, facility: author.facility, departments: departments)
      guard try list.find(wanted.sorted(), in: tx).count == wanted.count else { throw RecordError.outOfReach }
    }
  }

  private func checkReferences(_ pairs: [(before: Record?, after: Record)]) throws {
    var wanted: [String: Set<String>] = [:]
    for field in kind.references {
      guard let other = field.referenced else { continue }
      for (before, after) in pairs where before?[field.key] != after[field.key] {
        if let id = after.known(field.key) { wanted[other, default: []].insert(id) }
      }
    }
    guard !wanted.isEmpty else { return }
    let found = try ReferenceTitles.named(
      wanted.mapValues { $0.sorted() },
      catalogue,
      facility: author.facility,
      in: tx
    )
    var problems: [FieldProblem] = []
    for field in kind.references {
      for id in Set(pairs.compactMap { $0.after.known(field.key) }).sorted()
      where wanted[field.referenced ?? ""]?.contains(id) == true && found[id] == nil {
        problems.append(
          FieldProblem(
            field: field.key,
            value: id,
            reason: Localized(
              ja: "\(field.label.ja)に選ばれた記録が見つかりません。もう一度選んでください。",
              en: "The record chosen for \(field.label.en.lowercased()) no longer exists. Choose again."
            )
          )
        )
      }
    }
    guard problems.isEmpty else { throw RecordError.invalid(problems) }
  }
}
