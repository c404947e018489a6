import Text
import Time

/// The product list of JVN: what Japanese texts call a product, and what CPE calls it. XML of MyJVN 3.2 and the JSON
/// dictionary of 4.0.
package enum JVNProductReader: FeedReader {
  package static func read(
    _ source: FeedSource,
    limits: FeedLimits = FeedLimits(),
    into: (FeedRecord) throws -> Void
  ) throws -> FeedReading {
    try source.firstSign(limits) == "<" ? readXML(source, limits, into) : readJSON(source, limits, into)
  }

  private static func readXML(
    _ source: FeedSource,
    _ limits: FeedLimits,
    _ into: (FeedRecord) throws -> Void
  ) throws -> FeedReading {
    var stream = try XMLStream.open(source, limits)
    var tally = FeedTally(limits)
    var announced: Int?
    try stream.read(
      isRecord: { $0 == "Vendor" || $0 == "Status" },
      root: { guard $0.name == "Result" else { throw JVNFields.notOne } },
      record: { node in
        if node.name == "Status" { announced = node["totalResRet"].flatMap { Int($0) } }
        for product in node.children("Product") {
          guard let vendor = node["vname"], let title = product["pname"] else {
            tally.skip(row: product.line, "名前のない製品です。", "A product without a name.")
            continue
          }
          tally.count()
          let name = JVNFields.name(product["cpe"], of: title, &tally)?.product
          try into(.product(DictionaryProduct(vendor: vendor, product: title, name: name, source: "jvn")))
        }
      }
    )
    guard tally.read > 0 else { throw JVNFields.notOne }
    let made = month(of: source.name)
    let head = FeedHead(kind: .jvnProducts, made: made, isMadeLater: made != nil, announced: announced)
    return tally.reading(head, checks: announced.map { [.count(announced: $0, found: tally.read + tally.bad)] } ?? [])
  }

  /// The XML does not say when it was made; its name does, by the month: `myjvn_product_202311.rdf`.
  private static func month(of name: String) -> Instant? {
    let numbers = name.split { !$0.isASCII || !$0.isNumber }.filter { $0.count == 6 }
    return numbers.lazy.compactMap { FeedDate.instant("\($0.prefix(4))-\($0.suffix(2))-01") }.last
  }

  /// `jvn-product-dictionary` with `vendors[]`; names in several languages yield a line for each spelling.
  private static func readJSON(
    _ source: FeedSource,
    _ limits: FeedLimits,
    _ into: (FeedRecord) throws -> Void
  ) throws -> FeedReading {
    var whole = limits
    whole.recordBytes = limits.documentBytes
    let parser = try JSONParser(whole)
    var tally = FeedTally(limits)
    var made: Instant?
    try parser.withValue(of: source.wholeContent(limits)) { value in
      guard let list = value["jvn-product-dictionary"] ?? value["jvn_product_dictionary"] else {
        throw JVNFields.notOne
      }
      made = FeedDate.instant(list["updated"]) ?? FeedDate.instant(list["generator"]?["date"])
      for vendor in list["vendors"]?.elements ?? .nothing {
        let vendors = spellings(vendor, "vname", "vname_i18")
        for product in vendor["products"]?.elements ?? .nothing {
          let titles = spellings(product, "pname", "pname_i18")
          guard let title = titles.first, !vendors.isEmpty else {
            tally.skip(nil, "名前のない製品です。", "A product without a name.")
            continue
          }
          tally.count()
          let name = JVNFields.name(cpe(product), of: title, &tally)?.product
          for vendor in vendors {
            for title in titles {
              try into(.product(DictionaryProduct(vendor: vendor, product: title, name: name, source: "jvn")))
            }
          }
        }
      }
    }
    return tally.reading(FeedHead(kind: .jvnProducts, made: made))
  }

  private static func spellings(_ value: JSONValue, _ name: StaticString, _ languages: StaticString) -> [String] {
    var found = value[name]?.filled.map { [$0] } ?? []
    for (_, text) in value[languages]?.members ?? .nothing {
      if let text = text.filled, !found.contains(text) { found.append(text) }
    }
    return found
  }

  /// `product_ids` is an object in answers and an array in the dictionary.
  static func cpe(_ product: JSONValue) -> String? {
    guard let ids = product["product_ids"] else { return nil }
    return ids["cpe"]?.filled ?? ids.elements.lazy.compactMap { $0["cpe"]?.filled }.first
  }
}
