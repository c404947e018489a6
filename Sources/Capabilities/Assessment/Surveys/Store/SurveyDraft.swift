import Packs
import Text
import Time

/// A survey before it is opened, checked.
package struct SurveyDraft: Sendable {
  package struct Member: Sendable {
    package let name: String
    package let stratum: String
    package let partner: String?
    package let department: String?
    /// Who answers where that is somebody else.
    package let answerer: String
    /// How it is reached.
    package let contact: String

    package init(
      name: String,
      stratum: String,
      partner: String? = nil,
      department: String? = nil,
      answerer: String = "",
      contact: String = ""
    ) {
      self.name = name
      self.stratum = stratum
      self.partner = partner
      self.department = department
      self.answerer = answerer
      self.contact = contact
    }
  }

  package let title: String
  /// The pack, as text.
  package let source: String
  package let questionnaire: Questionnaire
  package let naming: Survey.Naming
  package let cycle: Survey.Cycle
  package let due: LocalDate
  package let population: Int?
  package let members: [Member]

  static let mostMembers = 20_000

  /// Throws `PackError` for a broken questionnaire and `AnswerProblems` for the rest.
  package init(
    title: String,
    source: String,
    file: String,
    naming: Survey.Naming,
    cycle: Survey.Cycle,
    due: LocalDate,
    population: Int?,
    members: [Member]
  ) throws {
    questionnaire = try Self.read(source, file: file)
    var problems = AnswerProblems()
    let name = title.isEmpty ? questionnaire.title.ja : title
    if name.count > 200 { problems.add("title", "200文字以内で入力してください。", "At most 200 characters.") }
    if members.isEmpty {
      problems.add(
        "members",
        "答える相手がありません。部門か施設を1つ以上指定してください。",
        "Nobody is asked. Name at least one department or facility."
      )
    } else if members.count > Self.mostMembers {
      problems.add("members", "答える相手は\(Self.mostMembers)件までです。", "At most \(Self.mostMembers) can be asked.")
    }
    var seen: Set<String> = []
    if let twice = members.first(where: { !seen.insert($0.name).inserted }) {
      problems.add("members", "「\(twice.name)」が2回出てきます。1回にしてください。", "“\(twice.name)” stands twice. Name each once.")
    }
    if let population, population < members.count {
      problems.add(
        "population",
        "全体の数は、答える相手の数（\(members.count)）より小さくできません。",
        "The whole cannot be smaller than those asked (\(members.count))."
      )
    }
    guard problems.list.isEmpty else { throw problems }
    self.title = name
    self.source = source
    self.naming = naming
    self.cycle = cycle
    self.due = due
    self.population = population
    self.members = members
  }

  static func read(_ source: String, file: String) throws(PackError) -> Questionnaire {
    try QuestionnaireReader.read(try Pack(reading: source, file: file), topics: Set(Checklists.topics.keys))
  }
}
