import Journal
import Nouns
import Text
import Time

/// How far a department is with what the self-checks ask of it now: questions put to departments this month, and items given
/// to it in the rounds of today.
package struct DepartmentStanding: Sendable, Hashable {
  package let department: String
  package let name: String
  package let done: Int
  package let asked: Int
  /// Where the first thing it has not answered stands; where all is answered, the last.
  package let link: String
}

extension Assessment {
  /// Every department of which anything is asked, those that are behind first. Counted once a change.
  package func progress(_ facility: FacilityID) async throws -> [DepartmentStanding] {
    let mark = try await AssessmentMark(facility, rounds.database, now: schedule.clock.now())
    return try await schedule.progress.value(facility.rawValue, mark) {
      let names = Dictionary(
        try await needs.departments(facility).map { ($0.id, $0.name) },
        uniquingKeysWith: { first, _ in first }
      )
      return Self.standings(try await asked(facility), names)
    }
  }

  /// One thing that is asked of a department.
  struct DepartmentErrand: Sendable {
    let department: String
    let isDone: Bool
    let link: String
  }

  private func asked(_ facility: FacilityID) async throws -> [DepartmentErrand] {
    var all: [DepartmentErrand] = []
    for survey in try await surveys.ofDepartments(facility) {
      let round = survey.round(on: today)
      let progress = try await surveys.progress(survey, round: round)
      for respondent in try await surveys.respondents(survey) {
        guard let department = respondent.department else { continue }
        all.append(
          DepartmentErrand(
            department: department,
            isDone: progress[respondent.id]?.isFinished ?? false,
            link: SurveyPath.survey(survey.id, round: round)
          )
        )
      }
    }
    let start = try await schedule.fiscalYearStart(facility)
    for checklist in try await shelf(facility).inUse(on: today) where checklist.respondent == .hospital {
      let period = checklist.period(on: today, fiscalYearStart: start)
      for line in try await assigned(checklist, period: period, facility) {
        guard let department = line.assignment.department else { continue }
        all.append(
          DepartmentErrand(
            department: department,
            isDone: line.isAnswered || line.hasArrived,
            link: AssessmentPath.round(checklist.id, period)
          )
        )
      }
    }
    return all
  }

  /// Pure. A department that the ledger knows no more is left out.
  static func standings(_ errands: [DepartmentErrand], _ names: [String: String]) -> [DepartmentStanding] {
    Dictionary(grouping: errands, by: \.department).compactMap { department, all in
      guard let name = names[department], let last = all.last else { return nil }
      return DepartmentStanding(
        department: department,
        name: name,
        done: all.count(where: \.isDone),
        asked: all.count,
        link: (all.first { !$0.isDone } ?? last).link
      )
    }.sorted { left, right in
      let (behind, other) = (left.asked - left.done, right.asked - right.done)
      return behind == other ? (left.name, left.department) < (right.name, right.department) : behind > other
    }
  }
}
