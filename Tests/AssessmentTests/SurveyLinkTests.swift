import Nouns
import SQL
import Sealing
import Support
import Testing

@testable import Assessment

/// What a link alone opens, on both engines.
@Suite struct SurveyLinkTests {
  /// Whoever asks holds the links: a link alone does not show what another browser saved.
  @Test(arguments: Engine.available)
  func whatIsOnlyCountedOpensInTheBrowserThatSavedIt(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    let store = world.assessment.surveys
    let survey = try await SurveyTests.open(world, .aggregate, count: 2)
    let token = try await store.respondents(survey)[0].token
    let (own, other) = (Token(from: .system), Token(from: .system))
    let given = try SurveyTests.answers(["vpn": "no", "remarks": "秘密"])
    try await store.save(given, try await store.invitation(token, browser: own))
    #expect(try await store.invitation(token, browser: own).answers == given)
    for browser in [nil, other] {
      let seen = try await store.invitation(token, browser: browser)
      #expect(seen.isElsewhere && seen.answeredCount == 0 && seen.progress == .started)
      await #expect(throws: SurveyProblem.begunElsewhere) { try await store.save(given, seen) }
      await #expect(throws: SurveyProblem.begunElsewhere) { try await store.send(given, seen, by: "") }
      await #expect(throws: SurveyProblem.begunElsewhere) {
        try await store.send(nil, seen, dropping: true, by: "")
      }
    }
    // Whoever can go on erases nothing; whoever cannot may.
    try await store.beginAnew(try await store.invitation(token, browser: own))
    #expect(try await store.invitation(token, browser: own).answers == given)
    try await store.beginAnew(try await store.invitation(token, browser: other))
    let fresh = try await store.invitation(token, browser: other)
    #expect(fresh.progress == .silent && fresh.answeredCount == 0)
    try await store.save(given, fresh)
    #expect(try await store.invitation(token, browser: own).isElsewhere)
    #expect(try await store.invitation(token, browser: other).answers == given)
    let kept = try await world.database.read(.facility(SuggestionTests.facility.rawValue)) { tx in
      try tx.rows("SELECT holder FROM poll_participation").map { try $0.optionalText("holder") }
    }
    #expect(kept.count == 1 && kept[0]?.utf8.count == 64 && kept[0] != other.hash)
  }
}
