import Journal
import SQL
import Synchronization

/// What stands around the rows of a facility's lists: how many there are, what the filters offer, and what the records
/// they point to are called. It is asked for once a change instead of once a look, which is most of what a list costs the
/// database: counting reads every entry of an index, a page fifty.
///
/// The rows themselves are always read.
final class ListShelf: Sendable {
  /// Where the journal stands, which tells of other processes, and how much this one has written, which tells at once.
  fileprivate struct Mark: Sendable, Equatable {
    let journal: JournalMark
    let writes: Int
  }

  fileprivate struct Kept: Sendable {
    let mark: Mark
    var counts: [SQL: Int] = [:]
    var choices: [SQL: [(id: String, title: String)]] = [:]
    var titles: [String: String] = [:]
  }

  /// Of a facility: how many counts, lists of choices (of a few hundred names) and names are kept before all are forgotten.
  fileprivate static let most = (counts: 500, choices: 50, titles: 20_000)

  private let shelf = Mutex<[String: Kept]>([:])

  /// What is kept of the facility as `tx` sees it, which only reads. `writes` are those of its database before it began.
  func reader(_ facility: String, writes: Int, in tx: any Transaction) throws -> Reader {
    let mark = Mark(journal: try JournalMark(facility, in: tx), writes: writes)
    return Reader(shelf: self, facility: facility, mark: mark)
  }

  /// The shelf for one moment of one facility.
  struct Reader {
    fileprivate let shelf: ListShelf
    let facility: String
    fileprivate let mark: Mark

    func count(_ statement: SQL, in tx: any Transaction) throws -> Int {
      try answer(\.counts, statement, most: ListShelf.most.counts) { try tx.count(statement) }
    }

    /// The choices that `make` reads with `statement`.
    func choices(
      _ statement: SQL,
      make: () throws -> [(id: String, title: String)]
    ) throws -> [(id: String, title: String)] {
      try answer(\.choices, statement, most: ListShelf.most.choices, make: make)
    }

    private func answer<Answer>(
      _ place: WritableKeyPath<Kept, [SQL: Answer]>,
      _ statement: SQL,
      most: Int,
      make: () throws -> Answer
    ) throws -> Answer {
      var found: Answer?
      shelf.look(self) { found = $0?[keyPath: place][statement] }
      if let found { return found }
      let made = try make()
      shelf.keep(self) { kept in
        if kept[keyPath: place].count >= most { kept[keyPath: place] = [:] }
        kept[keyPath: place][statement] = made
      }
      return made
    }

    /// The names of records, by id. `make` is asked for those that are not kept, each kind with its ids.
    func titles(
      _ ids: [String: Set<String>],
      make: ([String: [String]]) throws -> [String: String]
    ) throws -> [String: String] {
      var titles: [String: String] = [:]
      var missing: [String: [String]] = [:]
      shelf.look(self) { kept in
        for (kind, ids) in ids {
          for id in ids {
            if let title = kept?.titles[id] { titles[id] = title } else { missing[kind, default: []].append(id) }
          }
        }
      }
      guard !missing.isEmpty else { return titles }
      let made = try make(missing.mapValues { $0.sorted() })
      shelf.keep(self) { kept in
        if kept.titles.count + made.count > ListShelf.most.titles { kept.titles = [:] }
        kept.titles.merge(made) { $1 }
      }
      return titles.merging(made) { $1 }
    }
  }

  private func look(_ reader: Reader, _ body: (Kept?) -> Void) {
    shelf.withLock { shelf in
      let kept = shelf[reader.facility]
      body(kept?.mark == reader.mark ? kept : nil)
    }
  }

  private func keep(_ reader: Reader, _ change: (inout Kept) -> Void) {
    shelf.withLock { shelf in
      // Taken out, so that nothing is copied.
      var kept = shelf.removeValue(forKey: reader.facility) ?? Kept(mark: reader.mark)
      if kept.mark != reader.mark { kept = Kept(mark: reader.mark) }
      change(&kept)
      shelf[reader.facility] = kept
    }
  }
}
