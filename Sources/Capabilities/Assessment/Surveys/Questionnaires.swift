import Packs
import Text

/// The questionnaires inside the program, as the text that a survey is opened with.
package enum Questionnaires {
  /// The seven questions only people can answer (questions 15 to 20 of the monthly check, and the use of clouds), for every department.
  package static let departments = "surveys/departments.yaml"

  package static let shipped = [departments]

  /// The text of a pack; nil for a name that is not shipped.
  package static func source(_ name: String) -> String? {
    shipped.contains(name) ? Packs.text(name) : nil
  }

  static func read(_ name: String) -> Questionnaire {
    Packs.require(name) { pack throws(PackError) in
      try QuestionnaireReader.read(pack, topics: Set(Checklists.topics.keys))
    }
  }
}
