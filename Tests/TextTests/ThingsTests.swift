import Testing
import Text

@Suite struct ThingsTests {
  @Test(arguments: [(0, "0"), (1, "1つ"), (9, "9つ"), (10, "10"), (23, "23")])
  func aCountIsSaidAsPeopleSayIt(count: Int, words: String) { #expect(count.things == words) }
}
