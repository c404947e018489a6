import Ledger
import Records
import SQL
import Support
import Testing
import Text
import Time

@Suite struct FieldRuleTests {
  static func stored(_ kind: Kind, _ field: String, _ text: String) throws -> String {
    try FieldRule.normalise(try #require(kind[field: field]), text, today: WorryTests.today)
  }

  @Test(arguments: [
    ("asset_number", "　ＫＺ０００１６ ", "KZ00016"), ("asset_number", "00123", "00123"), ("name", " CT装置　2号機 ", "CT装置　2号機"),
    ("name", "改行\nあり", "改行 あり"), ("remarks", "改行\r\nあり", "改行\nあり"), ("name", "？", "?"), ("name", "不明", "?"),
    ("os", "?", "?"),
    ("ip_address", "１０．２０．０．９", "10.20.0.9"), ("ip_address", "ＤＨＣＰ", "DHCP"), ("ip_address", "不明", "?"),
    ("ip_address", "－", ""), ("os", "－", ""), ("remarks", "確認中", "確認中"), ("name", "なし", "なし"),
    ("ip_address", "10.0.0.1、10.0.0.2", "10.0.0.1, 10.0.0.2"),
    ("mac_address", "32-3f-6d-7c-c7-2c", "32:3F:6D:7C:C7:2C"),
    ("mac_address", "確認中", "?"), ("installed_on", "平成25年8月17日", "2013-08-17"), ("installed_on", "R4.2.2", "2022-02-02"),
    ("installed_on", "unknown", "?"), ("antivirus", "導入済", "installed"), ("antivirus", "未", "none"),
    ("antivirus", "対象外", "impossible"),
    ("antivirus", "ウイルスバスター", "installed"), ("category", "ＮＷ機器", "network"), ("procurement", "借用(デモ)", "loan"),
    ("category", "不明", "?"), ("category", "", ""), ("state", "廃棄", "disposed"),
  ])
  func whatPeopleTypeIsStoredInOneForm(_ field: String, _ typed: String, _ stored: String) throws {
    #expect(try Self.stored(.asset, field, typed) == stored)
  }

  @Test(arguments: [
    ("mode", "都度", "on_demand"), ("line_type", "モバイル（ＬＴＥ）", "lte"), ("line_type", "フレッツ光", "fibre"),
    ("line_type", "SIMルータ", "lte"),
    ("mechanism", "TeamViewer", "remote_tool"), ("mechanism", "なし", "none"), ("authentication", "ID/PW", "password"),
    ("authentication", "なし", "none"), ("authentication", "共通ID", "shared_id"), ("has_connection", "○", "yes"),
    ("has_connection", "無", "no"), ("has_connection", "?", "?"), ("source_restriction", "有", "yes"),
    ("checklist_state", "済", "submitted"),
    ("checklist_state", "未", "not_submitted"), ("diagram", "対象外", "na"),
  ])
  func choicesAreKnownByTheirWords(_ field: String, _ typed: String, _ stored: String) throws {
    #expect(try Self.stored(.connection, field, typed) == stored)
  }

  @Test(arguments: [
    ("ip_address", "10.0.0.300"), ("mac_address", "00:11:22"), ("installed_on", "令和7年2月29日"),
    ("installed_on", "8.11.21"),
    ("category", "トースター"),
  ])
  func whatCannotBeStoredSaysWhy(_ field: String, _ typed: String) {
    #expect { try Self.stored(.asset, field, typed) } throws: { error in
      guard let problem = error as? FieldProblem else { return false }
      return problem.field == field && problem.value == typed && !problem.reason.ja.isEmpty
        && !problem.reason.en.isEmpty
    }
  }

  @Test func requiredFieldsAreNeitherEmptyNorUnknown() {
    for text in ["", "　", "?"] { #expect(throws: FieldProblem.self) { try Self.stored(.vendor, "name", text) } }
  }

  @Test func nothingIsLongerThanItsLimit() throws {
    #expect(throws: FieldProblem.self) { try Self.stored(.asset, "name", String(repeating: "あ", count: 501)) }
    #expect(try Self.stored(.asset, "name", String(repeating: "あ", count: 500)).count == 500)
  }

  /// What is stored is stored again unchanged, whatever was typed, and nothing traps.
  @Test(arguments: UInt64(0)..<200) func storingTwiceIsStoringOnce(_ seed: UInt64) throws {
    var chance = SplitMix64(seed: seed)
    let letters = Array("09aZ.:-/, 　\n\0\r年月日令和Ｒ有無○×？?不明%_'\"\\ーｶﾞ髙𠮷👍\u{e000}\u{301}")
    for kind in World.catalogue.kinds {
      for field in kind.fields {
        let text = String(
          (0..<Int.random(in: 0...12, using: &chance)).compactMap { _ in letters.randomElement(using: &chance) }
        )
        // What is refused is no concern here.
        guard let once = try? FieldRule.normalise(field, text, today: WorryTests.today) else { continue }
        #expect(
          try FieldRule.normalise(field, once, today: WorryTests.today) == once,
          "\(kind.key).\(field.key): \(text)"
        )
      }
    }
  }

  /// Any text survives the store.
  @Test(arguments: Engine.available) func anyTextSurvives(_ engine: Engine) async throws {
    let world = try await World(engine)
    for text in ["'; DROP TABLE asset; --", "100%_\\", "\u{e000}外字", "葛󠄀城", "𠮷野", "é", "👨‍👩‍👧", "\"{}\"", "a\u{1}b", "<b>"] {
      let record = try await world.records.create(.asset, ["name": text, "remarks": "一行目\n\(text)"], in: world.edit)
      let (found, _) = try await world.records.find(.asset, id: record.id, in: world.read)
      #expect(found == record)
      #expect(
        try await world.records.list(.asset, ListQuery(search: String(text.prefix(8))), in: world.read).total >= 1,
        "\(text)"
      )
      let set = try #require(record.lastSet)
      let undone = try await world.records.undo(set, in: world.edit)
      _ = try await world.records.undo(undone.set, in: world.edit)
      #expect(try await world.records.find(.asset, id: record.id, in: world.read).record.saysTheSame(as: record))
    }
  }
}
