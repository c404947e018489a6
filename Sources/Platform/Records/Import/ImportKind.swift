import Intake
import Text

/// What a file is taken in as.
package enum ImportKind: Sendable {
  case records(Kind)
  case other(OtherImport)

  /// The word of the command (`yagura import --kind assets`) and of drafts.
  package var name: String {
    switch self {
    case .records(let kind): kind.importName
    case .other(let other): other.name
    }
  }

  package var label: Localized {
    switch self {
    case .records(let kind): kind.plural
    case .other(let other): other.label
    }
  }

  /// The kind of record it makes, nil for anything else.
  package var kind: Kind? {
    if case .records(let kind) = self { return kind }
    return nil
  }

  /// What such files are, nil where the page does not offer them.
  var files: Localized? {
    switch self {
    case .records(let kind): kind.traits.files
    case .other(let other): other.files
    }
  }

  /// Where somebody goes after such an import.
  var path: String {
    switch self {
    case .records(let kind): kind.traits.frontPath ?? RecordPath.list(kind.key)
    case .other(let other): other.path
    }
  }

  /// What its columns may be, nil for files without columns.
  package func schema(in catalogue: RecordCatalogue) -> IntakeSchema? {
    switch self {
    case .records(let kind): kind.intakeSchema(in: catalogue)
    case .other(let other): other.schema
    }
  }
}
