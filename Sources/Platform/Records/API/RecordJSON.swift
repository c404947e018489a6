import Journal
import Nouns
import Text
import Time
import Web

/// Records, entries and change sets as JSON, and the schemas that say so.
package enum RecordJSON {
  static let schemas: [String: Schema] = [
    "Record": record, "Entry": entry, "ChangeSet": changeSet, "BulkOutcome": outcome, "Kind": kind,
  ]

  private static let record = Schema.object([
    .always("id", .id), .always("kind", .text), .always("version", .integer(1...Int(Int32.max))),
    .always("title", .text),
    .always(
      "values",
      .map(.text),
      Localized(ja: "項目ごとの値。?は不明。ない項目は未記入", en: "By field; ? is unknown, a missing field is not recorded")
    ),
    .always(
      "names",
      .map(.text),
      Localized(ja: "ほかの記録を指す項目の、相手の名前", en: "For fields that point to records, what those are called")
    ),
    .always(
      "originals",
      .map(.text),
      Localized(ja: "ファイルに書かれていたままの値", en: "What a file had for a value stored in another form")
    ),
    .always("extras", .map(.text), Localized(ja: "項目のない列", en: "Columns of files that have no field")),
    .always("archivedAt", .optional(.instant)), .always("createdAt", .instant), .always("updatedAt", .instant),
    .always("updatedBy", .text), .always("changeSet", .optional(.text)),
  ])

  package static func write(
    _ record: Record,
    _ kind: Kind,
    _ titles: [String: String],
    _ language: Language,
    to writer: inout JSONWriter
  ) {
    writer.object { writer in
      writer.member("id", record.id)
      writer.member("kind", kind.key)
      writer.member("version", record.version)
      writer.member("title", record.title(language))
      writer.member("values", texts: record.values)
      writer.object("names") { writer in
        for field in kind.references {
          guard let id = record.known(field.key), let title = titles[id] else { continue }
          writer.member(field.key, Record.shown(title: title, language))
        }
      }
      writer.member("originals", texts: record.originals)
      writer.member("extras", texts: record.extras)
      writer.member("archivedAt", record.archivedAt)
      writer.member("createdAt", record.createdAt)
      writer.member("updatedAt", record.updatedAt)
      writer.member("updatedBy", record.updatedBy)
      writer.member("changeSet", record.lastSet)
    }
  }

  // MARK: Journal

  private static let entry = Schema.object([
    .always("id", .id), .always("at", .instant),
    .always("actor", .object([.always("id", .text), .always("name", .text)])),
    .always("kind", .text),
    .always("subject", .object([.always("type", .text), .always("id", .text), .always("title", .text)])),
    .always(
      "changes",
      .list(.object([.always("field", .text), .always("from", .optional(.text)), .always("to", .optional(.text))]))
    ),
    .always("reason", .optional(.text)), .always("changeSet", .optional(.text)), .always("request", .text),
    .always(
      "sequence",
      .optional(.count),
      Localized(ja: "封印された鎖での番号。未封印ならnull", en: "Its number in the sealed chain, null until sealed")
    ),
  ])

  static func write(_ entry: JournalEntry, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("id", entry.id)
      writer.member("at", entry.at)
      writer.object("actor") { writer in
        writer.member("id", entry.actorID)
        writer.member("name", entry.actorName)
      }
      writer.member("kind", entry.kind)
      writer.object("subject") { writer in
        writer.member("type", entry.subjectType)
        writer.member("id", entry.subjectID)
        writer.member("title", entry.subjectTitle)
      }
      writer.array("changes") { writer in
        for change in entry.changes {
          writer.object { writer in
            writer.member("field", change.field)
            writer.member("from", change.from)
            writer.member("to", change.to)
          }
        }
      }
      writer.member("reason", entry.reason)
      writer.member("changeSet", entry.set)
      writer.member("request", entry.request)
      writer.member("sequence", entry.sequence)
    }
  }

  private static let changeSet = Schema.object([
    .always("id", .id), .always("kind", .text), .always("title", .text), .always("at", .instant),
    .always("actor", .text), .always("count", .count), .always("undoneBy", .optional(.text)),
    .always("undoUntil", .instant),
  ])

  static func write(_ set: ChangeSet, _ language: Language, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("id", set.id)
      writer.member("kind", set.kind.rawValue)
      writer.member("title", set.title[language])
      writer.member("at", set.at)
      writer.member("actor", set.actorName)
      writer.member("count", set.count)
      writer.member("undoneBy", set.undoneBy)
      writer.member("undoUntil", set.undoUntil)
    }
  }

  // MARK: Outcomes

  private static let outcome = Schema.object([
    .always(
      "changeSet",
      .optional(.text),
      Localized(ja: "元に戻すときの番号。何も変わらなければnull", en: "What to undo, null where nothing was different")
    ),
    .always("changed", .count), .always("records", .list(.object([.always("id", .id), .always("version", .count)]))),
  ])

  static func answer(_ outcome: BulkOutcome, _ call: APICall) -> WebResponse {
    call.answer { writer in
      writer.member("changeSet", outcome.set)
      writer.member("changed", outcome.changed)
      writer.array("records") { writer in
        for record in outcome.records {
          writer.object { writer in
            writer.member("id", record.id)
            writer.member("version", record.version)
          }
        }
      }
    }
  }

  // MARK: Kinds

  private static let kind = Schema.object([
    .always("key", .text), .always("label", .text), .always("plural", .text), .always("importName", .text),
    .always("sortable", .list(.text)),
    .always(
      "fields",
      .list(
        .object([
          .always("key", .text), .always("label", .text), .always("type", .text), .always("required", .boolean),
          .always("pointsTo", .optional(.text)),
          .always("choices", .list(.object([.always("key", .text), .always("label", .text)]))),
          .always("help", .optional(.text)),
        ])
      )
    ),
  ])

  static func write(_ kind: Kind, _ language: Language, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("key", kind.key)
      writer.member("label", kind.label[language])
      writer.member("plural", kind.plural[language])
      writer.member("importName", kind.importName)
      writer.member("sortable", texts: PagingOrder.names(of: kind))
      writer.array("fields") { writer in
        for field in kind.fields {
          writer.object { writer in
            writer.member("key", field.key)
            writer.member("label", field.label[language])
            writer.member("type", name(of: field.type))
            writer.member("required", field.isRequired)
            writer.member("pointsTo", field.referenced)
            writer.array("choices") { writer in
              for choice in field.choices {
                writer.object { writer in
                  writer.member("key", choice.key)
                  writer.member("label", choice.label[language])
                }
              }
            }
            writer.member("help", field.help?[language])
          }
        }
      }
    }
  }

  private static func name(of type: FieldType) -> String {
    switch type {
    case .text: "text"
    case .multiline: "multiline"
    case .identifier: "identifier"
    case .choice: "choice"
    case .yesNoUnknown: "yesNoUnknown"
    case .date: "date"
    case .number: "number"
    case .ip: "ip"
    case .mac: "mac"
    case .phone: "phone"
    case .email: "email"
    case .reference: "reference"
    }
  }
}

extension RecordError {
  /// In the words of the interface. `byHeader` says whether the version stood in `If-Match`.
  func webError(_ language: Language, byHeader: Bool = false) -> WebError {
    switch self {
    case .notFound: return .notFound(Localized(ja: "この記録", en: "This record"))
    case .outOfReach:
      return WebError(
        status: 403,
        cause: message,
        remedy: Localized(ja: "その部署の担当者に頼んでください。", en: "Ask somebody of that department.")
      )
    case .invalid(let problems):
      return .invalid(problems.map { (pointer: "/values/\($0.field)", reason: $0.reason) }, language)
    case .conflict(let conflicts):
      var error =
        byHeader
        ? WebError.outdated
        : .conflict(
          message,
          remedy: Localized(
            ja: "conflictsの両方の値を見比べ、新しい版で送り直してください。",
            en: "Compare both values in conflicts and send it with the new version."
          )
        )
      error.members["conflicts"] = .array(conflicts.map(\.json))
      return error
    case .planOutdated, .cannotUndo:
      return .conflict(message, remedy: Localized(ja: "いまの状態を読み直してください。", en: "Read the present state first."))
    case .tooMany: return .invalid([(pointer: "", reason: message)], language)
    }
  }

  /// Does something and tells its errors so.
  package static func told<T>(_ call: APICall, byHeader: Bool = false, _ body: () async throws -> T) async throws -> T {
    do {
      return try await body()
    } catch let error as RecordError {
      throw error.webError(call.language, byHeader: byHeader)
    }
  }
}

extension RecordConflict {
  fileprivate var json: JSONValue {
    [
      "record": .text(record), "title": .text(title), "by": .text(by), "at": .text(at.iso),
      "currentVersion": .integer(currentVersion),
      "fields": .array(
        fields.map { ["field": .text($0.field), "theirs": .text($0.theirs), "mine": .text($0.mine)] }
      ),
    ]
  }
}
