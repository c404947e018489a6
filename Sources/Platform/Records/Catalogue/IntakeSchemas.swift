import Intake
import Text

extension Kind {
  /// What files of this kind may hold, made from the catalogue.
  package func intakeSchema(in catalogue: RecordCatalogue) -> IntakeSchema {
    IntakeSchema(
      kind: importName,
      fields: fields.map { field in
        field.intake(mustExist: field.referenced.map { catalogue.kind($0)?.traits.isMadeByName != true } ?? false)
      },
      identity: identities.compactMap { fields in
        let labels = fields.compactMap { self[field: $0]?.label }
        let label = Localized(ja: labels.map(\.ja).joined(separator: "・"), en: labels.map(\.en).joined(separator: ", "))
        return IdentityRule(fields, label: label)
      },
      lookalike: lookalike
    )
  }

  /// The word of the command: `yagura import --kind assets`.
  package var importName: String {
    traits.importName ?? key + "s"
  }
}

extension IdentityRule {
  init?(_ fields: [String], label: Localized) {
    switch fields.count {
    case 1: self.init(fields[0], label: label)
    case 2: self.init(fields[0], fields[1], label: label)
    case 3: self.init(fields[0], fields[1], fields[2], label: label)
    default: return nil
    }
  }
}

extension Field {
  package func intake(mustExist: Bool = false) -> IntakeField {
    let type: IntakeType =
      switch self.type {
      case .text: .text
      case .multiline: .multiline
      case .identifier: .identifier
      case .choice(let choices):
        .choice(choices.map { IntakeChoice(key: $0.key, label: $0.label, synonyms: $0.synonyms) })
      case .yesNoUnknown: .yesNoUnknown
      case .date: .date
      case .number: .number
      case .ip: .ip
      case .mac: .mac
      case .phone: .phone
      case .email: .email
      case .reference(let kind): .reference(kind: kind)
      }
    return IntakeField(
      key: key,
      label: label,
      type: type,
      synonyms: Array(synonyms.dropFirst(2)),
      isRequired: isRequired,
      mustExist: mustExist
    )
  }
}
