import Advisories
import Time

/// Release lines and their ends of support, found by product and version.
package struct SupportIndex: Sendable {
  private let cycles: [String: [SupportCycle]]

  package static let empty = SupportIndex([])

  package init(_ cycles: some Sequence<SupportCycle>) {
    var byName: [String: [SupportCycle]] = [:]
    for cycle in cycles {
      for name in Set(cycle.names.map { $0.vendor + ":" + $0.product }) { byName[name, default: []].append(cycle) }
    }
    self.cycles = byName
  }

  /// The release line of a version: the longest cycle that the version begins with.
  package func cycle(of product: ProductName, version: String) -> SupportCycle? {
    guard let found = cycles[product.vendor + ":" + product.product] else { return nil }
    let version = Version(version)
    return found.filter { version.isInBranch($0.cycle) }.max { $0.cycle.utf8.count < $1.cycle.utf8.count }
  }

  /// The release line, where its support is over by that day. A line that the source no longer lists at all is not judged.
  package func ended(_ product: ProductName, version: String, on day: LocalDate) -> SupportCycle? {
    guard let cycle = cycle(of: product, version: version) else { return nil }
    if let end = cycle.lastDay { return end < day ? cycle : nil }
    return cycle.isOver == true ? cycle : nil
  }
}

extension SupportCycle {
  /// Until when its maker cares for it at the longest; nil where the source names no day.
  package var lastDay: LocalDate? { endOfExtendedSupport ?? endOfSupport }
}
