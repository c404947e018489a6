import SQL
import Support
import Testing
import Text
import Time

@testable import Assessment

/// Answers that come as a file: nothing of it is lost without a word.
@Suite struct SurveyFileTests {
  /// What is answered against a branch is told by row and column, and nothing is taken.
  @Test(arguments: Engine.available)
  func anAnswerToWhatIsNotAskedIsTold(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    let survey = try await SurveyTests.open(world, .named, count: 2)
    let faults = await #expect(throws: SurveyFile.Faults.self) {
      _ = try await world.assessment.importAnswers(
        Array("回答者,vpn,vendor\r\n病院1,はい,甲\r\n病院2,いいえ,乙\r\n".utf8),
        name: "answers.csv",
        survey: survey.id,
        round: nil,
        replacing: false,
        in: world.scope
      )
    }
    #expect(faults?.list.map { "\($0.row) \($0.column)" } == ["3 vendor"])
    let words = try #require(faults?.list.first?.words)
    #expect(words.ja.contains("「vpn」が「yes」のときだけ") && words.en.contains("only where “vpn” is “yes”"), "\(words)")
    #expect(try await world.assessment.surveys.responses(survey, round: "").isEmpty)
  }
}
