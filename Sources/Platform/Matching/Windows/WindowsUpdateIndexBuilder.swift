import Advisories
import Time

/// Makes the index, row by row.
package struct WindowsUpdateIndexBuilder {
  private var cves = Interner()
  private var kbs = Interner()
  private var builds = Interner()
  private var products: [WindowsProductKey: Int] = [:]
  private var productOfText: [String: Int] = [:]
  private var keys: [WindowsProductKey] = []
  private var rows: [Set<UInt64>] = []
  private var buildOf: [UInt64: Int32] = [:]
  private var replaces: [Set<Int32>] = []
  private var published: [Int32] = []

  package init() {}

  package mutating func add(_ update: WindowsUpdate) {
    guard !update.kb.isEmpty else { return }
    let kb = index(ofKB: update.kb)
    for older in update.supersedes where older != update.kb {
      let index = index(ofKB: older)
      replaces[Int(kb)].insert(index)
    }
    if let day = update.published {
      let value = Int32(day.year * 10_000 + day.month * 100 + day.day)
      published[Int(kb)] = max(published[Int(kb)], value)
    }
    guard update.cve.hasPrefix("CVE-"), let product = product(update.product) else { return }
    let cve = cves.index(update.cve)
    let key = UInt64(UInt32(bitPattern: cve)) << 32 | UInt64(UInt32(bitPattern: kb))
    rows[product].insert(key)
    // Bounds such as 10.0.20348..2762 are nobody's build.
    if let build = update.fixedBuild, Version(build).isReadable(in: VersionScheme(name: "windows", rule: .windows)) {
      buildOf[key &+ UInt64(product) &* 0x9e37_79b9_7f4a_7c15] = builds.index(build)
    }
  }

  package consuming func finish() -> WindowsUpdateIndex {
    WindowsUpdateIndex(
      cves: cves.texts,
      kbs: kbs.texts,
      builds: builds.texts,
      products: keys,
      rows: rows.enumerated().map { product, keys in
        keys.sorted().map { key in
          WindowsUpdateIndex.Row(
            cve: Int32(bitPattern: UInt32(key >> 32)),
            kb: Int32(bitPattern: UInt32(key & 0xffff_ffff)),
            build: buildOf[key &+ UInt64(product) &* 0x9e37_79b9_7f4a_7c15] ?? -1
          )
        }
      },
      replaces: replaces.map { $0.sorted() },
      published: published
    )
  }

  private mutating func index(ofKB text: String) -> Int32 {
    let index = kbs.index(text)
    if Int(index) == replaces.count {
      replaces.append([])
      published.append(0)
    }
    return index
  }

  private mutating func product(_ text: String) -> Int? {
    if let known = productOfText[text] { return known < 0 ? nil : known }
    guard let key = WindowsProductKey(text) else {
      productOfText[text] = -1
      return nil
    }
    let index: Int
    if let known = products[key] {
      index = known
    } else {
      index = keys.count
      keys.append(key)
      rows.append([])
      products[key] = index
    }
    productOfText[text] = index
    return index
  }
}
