import Matching
import Testing

/// Not limits but figures, printed for whoever looks; run with `-c release` they are those of the product.
@Suite struct SpeedTests {
  @Test func figures() {
    let clock = ContinuousClock()
    let version = Version("7.2.8")
    let scheme = SchemeTable.shared.scheme(vendor: "fortinet", product: "fortios")
    var order = 0
    let compared = clock.measure {
      for _ in 0..<100_000 where scheme.compare(version, written: "7.2.10") == .less { order += 1 }
    }
    #expect(order == 100_000)
    print("compare, by scheme: \(compared / 100_000) each")
    let shaped = clock.measure {
      for _ in 0..<100_000 where VersionScheme.shape.compare(version, written: "7.2.10") == .less { order += 1 }
    }
    print("compare, by shape: \(shaped / 100_000) each")
    let reader = NameReader()
    let texts = NameTests.texts.map(\.0)
    let named = clock.measure { for _ in 0..<10 { for text in texts { _ = reader.read(text) } } }
    print("name: \(named / (10 * texts.count)) each")
    let read = clock.measure {
      for _ in 0..<10 { for (text, _) in RangeTextTests.texts { _ = RangeReading(text) } }
    }
    print("range text: \(read / (10 * RangeTextTests.texts.count)) each")
  }
}
