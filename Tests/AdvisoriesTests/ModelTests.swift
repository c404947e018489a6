import Advisories
import Testing

@Suite struct ModelTests {
  @Test func partsAreReadByTheirLetter() {
    #expect(Part(letter: "o") == .operatingSystem)
    #expect(Part(letter: "x") == nil)
    #expect(Part(letter: "ao") == nil)
  }
}
