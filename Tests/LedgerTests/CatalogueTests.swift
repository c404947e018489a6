import Intake
import Ledger
import Organization
import Records
import SQL
import Support
import Testing
import Text
import Time

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

  /// Where its own name tells none apart what it belongs to stands before it; days and numbers stand as people read them.
  @Test func aPageCallsARecordAsPeopleDo() {
    func record(_ kind: Kind, _ values: [String: String]) -> Record {
      let at = Instant(LocalDate(dayNumber: 0), hour: 0)
      return Record(id: "r", of: kind, values: values, createdAt: at, updatedAt: at, updatedBy: "a")
    }
    let titles = ["p": "青木 葵", "v": "北辰ネットワークス"]
    let japanese = ValueText(titles: titles, dates: ShownDates(nil, .ja))
    let english = ValueText(titles: titles, dates: ShownDates(nil, .en))
    let taken = record(.trainingAttendance, ["person": "p", "done_on": "2026-11-25"])
    #expect(japanese.title(taken) == "青木 葵 令和8年11月25日（水）")
    #expect(english.title(taken) == "青木 葵 25 Nov 2026")
    #expect(japanese.title(taken, isAmongItsOwn: true) == "令和8年11月25日（水）")
    #expect(japanese.title(record(.entryRight, ["vendor": "v", "way": "card"])) == "北辰ネットワークス カード")
    #expect(japanese.title(record(.entryRight, ["person": "?", "vendor": "v", "holder": "高橋"])) == "北辰ネットワークス 高橋")
    #expect(japanese.title(record(.entryRight, ["way": "card"])) == "カード")
    #expect(japanese.title(record(.asset, ["name": "CT"])) == "CT")
    let heads = Kind.informationAsset[field: "head_count"]
    #expect(heads.map { japanese.text($0, "283000") } == "283,000" && heads.map { japanese.text($0, "?") } == "不明")
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
