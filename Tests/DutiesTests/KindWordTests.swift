import Duties
import Nouns
import SQL
import Support
import Testing
import Text

/// A short word of thanks: who gets it, and who cannot be chosen.
@Suite struct KindWordTests {
  @Test(arguments: Engine.available) func aWordLiesInTheInboxOfWhoeverIsChosen(_ engine: Engine) async throws {
    let world = try await World(engine)
    let scope = world.scope(ManageDuties.self, as: "a-director")
    let offered = try await world.duties.thanked(by: "a-director", World.facility).map(\.account)
    #expect(Set(offered) == ["a-manager", "a-admin", "a-head"], "neither oneself nor all the staff")
    let word = KindWord(" 今月の点検、ありがとうございました。 ", to: ["a-admin", "a-head", "a-admin"])
    #expect(try await world.duties.send(word, in: scope) == 2)
    for account in ["a-admin", "a-head"] {
      let messages = try await world.duties.newest(account, World.facility)
      #expect(messages.map(\.text.ja) == ["今月の点検、ありがとうございました。"], "\(account)")
      #expect(messages.first?.title.ja == "a-directorさんからひとこと" && messages.first?.isUrgent == false)
    }
    #expect(try await world.duties.newest("a-manager", World.facility).isEmpty)
    // The same words again are another word.
    #expect(try await world.duties.send(word, in: scope) == 2)
    #expect(try await world.duties.newest("a-admin", World.facility).count == 2)
  }

  @Test(arguments: Engine.available) func whatCannotBeSentSaysWhy(_ engine: Engine) async throws {
    let world = try await World(engine)
    let scope = world.scope(ManageDuties.self, as: "a-director")
    for (word, fields) in [
      (KindWord("  ", to: []), ["text", "to"]),
      (KindWord(String(repeating: "あ", count: KindWord.longest + 1), to: ["a-admin"]), ["text"]),
      (KindWord("どうも", to: ["a-director"]), ["to"]), (KindWord("どうも", to: ["a-admin", "nobody"]), ["to"]),
      (KindWord("どうも", to: ["a-staff"]), ["to"]),
    ] {
      let problems = await #expect(throws: DutyProblems.self) { try await world.duties.send(word, in: scope) }
      #expect(problems?.list.map(\.field) == fields, "\(word)")
    }
    for person in World.people { #expect(try await world.duties.newest(person.account, World.facility).isEmpty) }
  }
}
