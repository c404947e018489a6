import Advisories
import Matching
import Testing

@Suite struct KeyTests {
  static let product = ProductName(.operatingSystem, vendor: "fortinet", product: "fortios")

  @Test func aSuppressionOutlivesAnUpgrade() {
    func evidence(_ version: String) -> [SuppressionKey] {
      var explanation = Explanation(product: Self.product, version: version, sources: [])
      explanation.question = .productOnly
      return SuppressionKey.keys(asset: "a1", advisory: "CVE-2024-0001", explanation.evidence)
    }
    #expect(evidence("7.0.1") == evidence("7.2.8"))
    #expect(evidence("7.0.1").map(\.evidence) == ["product:o:fortinet:fortios", "product:o:fortinet:fortios"])
    // Found by a range it is another matter.
    #expect(MatchEvidence.range(Self.product).text != MatchEvidence.productOnly(Self.product).text)
  }

  @Test func onlyWhatDecidesChangesAKey() {
    var advisory = Advisory(id: "CVE-2024-0001", feed: .nvd)
    let before = ContentKey(advisory)
    advisory.summary = "another text"
    #expect(ContentKey(advisory) == before)
    advisory.configurations = CompactConfigurations([
      Configuration(.or, [CriteriaNode(.or, [Criterion(CPEName(Self.product))])])
    ])
    #expect(ContentKey(advisory) != before)
    let one = Component(product: Self.product, version: "7.0.1")
    let other = Component(product: ProductName(.hardware, vendor: "fortinet", product: "fortigate-60f"), version: nil)
    #expect(ContentKey([one, other]) == ContentKey([other, one]))
    #expect(ContentKey([one]) != ContentKey([Component(product: Self.product, version: "7.0.2")]))
    #expect(ContentKey([one]).text.utf8.count == 32)
    // As stored by an earlier run.
    #expect(ContentKey([ContentKey([one])]).text == ContentKey([ContentKey([one])]).text)
  }
}
