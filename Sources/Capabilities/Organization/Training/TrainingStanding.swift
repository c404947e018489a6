import Text
import Time

/// How far people are with trainings: counted from the roster and the records. Pure.
package struct TrainingStanding: Sendable {
  /// One training with those who are asked and those of them who took it.
  package struct Line: Sendable, Identifiable {
    package let training: Training
    package let asked: [TrainingPerson]
    /// By person; those not asked are not in it.
    package let done: [String: Attendance]

    package var id: String { training.id }
    package var open: [TrainingPerson] { asked.filter { done[$0.id] == nil } }

    /// By department, those without one last; in the order of their names.
    package func groups(_ departments: TrainingDepartments) -> [Group] {
      Dictionary(grouping: asked, by: \.department).map { id, people in
        Group(department: id, name: departments.name(id), asked: people, done: people.count { done[$0.id] != nil })
      }.sorted { left, right in
        guard let first = left.name, let second = right.name else { return left.name != nil && right.name == nil }
        return NaturalOrder.isBefore(first, second)
      }
    }
  }

  package struct Group: Sendable {
    /// Nil for people without one.
    package let department: String?
    package let name: String?
    package let asked: [TrainingPerson]
    package let done: Int
    package var open: Int { asked.count - done }
  }

  package let lines: [Line]
  package let departments: TrainingDepartments
  package let today: LocalDate

  init(
    _ trainings: [Training],
    people: [TrainingPerson],
    attendances: [Attendance],
    departments: TrainingDepartments,
    today: LocalDate
  ) {
    let byTraining = Dictionary(grouping: attendances, by: \.training)
    lines = trainings.map { training in
      let done = Dictionary(
        (byTraining[training.id] ?? []).map { ($0.person, $0) },
        uniquingKeysWith: { first, second in
          (first.result?.correct ?? 0) >= (second.result?.correct ?? 0) ? first : second
        }
      )
      // Who took it counts, whether or not the rule still asks for them: the record is there.
      let asked = people.filter { person in
        training.asks(person, of: departments, on: today)
          || (done[person.id] != nil && !(person.leftOn.map { $0 < today } ?? false))
      }
      let ids = Set(asked.map(\.id))
      return Line(training: training, asked: asked, done: done.filter { ids.contains($0.key) })
    }
    self.departments = departments
    self.today = today
  }

  /// Those that have begun.
  package var begun: [Line] { lines.filter { $0.training.hasBegun(on: today) } }

  /// People whom a training that has begun asks, and how many of them have taken every one of theirs.
  package var people: (asked: Int, done: Int) {
    var (asked, open): (Set<String>, Set<String>) = ([], [])
    for line in begun {
      for person in line.asked {
        asked.insert(person.id)
        if line.done[person.id] == nil { open.insert(person.id) }
      }
    }
    return (asked.count, asked.count - open.count)
  }

  /// People who have not taken a training whose last day is over, of those asked by such a training.
  package var late: (asked: Int, open: Set<String>) {
    var (asked, open): (Set<String>, Set<String>) = ([], [])
    for line in begun where line.training.isLate(on: today) {
      for person in line.asked {
        asked.insert(person.id)
        if line.done[person.id] == nil { open.insert(person.id) }
      }
    }
    return (asked.count, open)
  }

  /// New staff whom a training for them asks, and how many took all of theirs.
  package var newcomers: (asked: Int, done: Int) {
    var (asked, open): (Set<String>, Set<String>) = ([], [])
    for line in begun where line.training.audience == .newcomers {
      for person in line.asked {
        asked.insert(person.id)
        if line.done[person.id] == nil { open.insert(person.id) }
      }
    }
    return (asked.count, asked.count - open.count)
  }
}
