import Matching
import Testing

@Suite struct ComponentTests {
  @Test func certaintyOfReadingsIsOrdered() {
    #expect(Confidence.guess < .likely)
    #expect(Confidence.likely < .certain)
  }
}
