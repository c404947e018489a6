import Intake
import Ledger
import Organization
import Records
import SQL
import Support
import Testing
import Text

@Suite struct CatalogueTests {
  @Test(arguments: Engine.available) func everyFieldHasItsColumn(_ engine: Engine) async throws {
    let world = try await World(engine)
    for kind in World.catalogue.kinds {
      let columns = try await world.database.read(.facility("minato")) { tx in
        let names =
          kind.fields.map { "\(name: $0.key)" as SQL } + kind.keyed.map { "\(name: $0 + "_key")" as SQL }
          + kind.references.map { "\(name: $0.key + "_id")" as SQL }
        return try tx.rows("SELECT \(names.joined(separator: ", ")) FROM \(name: kind.table)").count
      }
      #expect(columns == 0)
    }
  }

  @Test func keysAreUniqueAndEverythingNamedExists() {
    #expect(Set(World.catalogue.kinds.map(\.key)).count == World.catalogue.kinds.count)
    for kind in World.catalogue.kinds {
      #expect(Set(kind.fields.map(\.key)).count == kind.fields.count)
      let named =
        kind.titleFields + kind.identities.flatMap { $0 } + kind.listed + kind.defaultSort.map(\.field) + kind.keyed
      for key in named { #expect(kind[field: key] != nil, "\(kind.key).\(key)") }
      for field in kind.fields {
        #expect(kind.groups.contains { $0.key == field.group }, "\(kind.key).\(field.key)")
        if let other = field.referenced { #expect(World.catalogue.kind(other) != nil) }
        #expect(!field.label.ja.isEmpty && !field.label.en.isEmpty)
        #expect(!field.key.hasSuffix("_id") && !field.key.hasSuffix("_key"))
        let keys = field.choices.map(\.key)
        #expect(Set(keys).count == keys.count)
        #expect(!keys.contains(Unknown.value))
      }
    }
  }

  /// A word that stands for two choices, or for a choice and 「不明」, would be a guess.
  @Test func noWordMeansTwoChoices() {
    for kind in World.catalogue.kinds {
      for field in kind.fields where !field.choices.isEmpty {
        var owner: [String: String] = [:]
        for choice in field.choices {
          for word in choice.synonyms {
            let key = Fold.key(word)
            #expect(owner[key] == nil || owner[key] == choice.key, "\(kind.key).\(field.key): \(word)")
            owner[key] = choice.key
            #expect(!Unknown.synonyms.contains { Fold.key($0) == key }, "\(kind.key).\(field.key): \(word)")
          }
        }
      }
    }
  }

  /// The label of a field is a spelling of that field and of no other of its kind.
  @Test func noLabelIsAnotherFieldsSynonym() {
    for kind in World.catalogue.kinds {
      for field in kind.fields {
        let label = Fold.key(field.label.ja)
        for other in kind.fields where other.key != field.key {
          #expect(
            !other.synonyms.contains { Fold.key($0) == label },
            "\(kind.key): \(field.label.ja) is also \(other.key)"
          )
        }
      }
    }
  }

  @Test func schemasForTheIntakeSayTheSame() {
    for kind in World.catalogue.kinds {
      let schema = kind.intakeSchema(in: World.catalogue)
      #expect(schema.fields.map(\.key) == kind.fields.map(\.key))
      #expect(schema.identity.count == kind.identities.count)
      #expect(World.catalogue.importKind(kind.importName)?.kind == kind)
    }
    #expect(Kind.asset.importName == "assets")
    #expect(Kind.person.importName == "people")
    #expect(Inventory.schema.field("seen_at") != nil)
  }

  @Test func commonColumnsHaveManySpellings() {
    for key in [
      "asset_number", "name", "os", "ip_address", "department", "location", "maintenance_vendor", "installed_on",
    ] {
      #expect((Kind.asset[field: key]?.synonyms.count ?? 0) >= 30, "\(key)")
    }
  }
}
