#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Writes compact configurations, from values or straight from the texts of a feed. Used again and again: its tables
/// keep their room from one record to the next.
package final class CompactEncoder {
  private struct Entry {
    let part: Part
    /// Where vendor and product stand in `names`.
    let start: Int
    let vendorCount: Int
    let productCount: Int
    let hash: UInt64
    var isVulnerable: Bool
  }

  private var entries: [Entry] = []
  private var names: [UInt8] = []
  private var body: [UInt8] = []
  /// Open addressing by hash; 0 is free, else index plus 1.
  private var slots: [Int32] = Array(repeating: 0, count: 64)
  private var current = -1
  /// `a:vendor:product` of the criterion before, as written.
  private var previous: [UInt8] = []
  private var scratch: [UInt8] = []
  private let ends: UnsafeMutablePointer<Int>

  package init() { ends = .allocate(capacity: CPEText.fieldCount) }

  deinit { ends.deallocate() }

  package func beginConfiguration(_ junction: Junction, isNegated: Bool) {
    body.append(junction.rawValue | (isNegated ? 2 : 0))
  }

  package func beginNode(_ junction: Junction, isNegated: Bool) {
    body.append(4 | junction.rawValue | (isNegated ? 2 : 0))
  }

  /// The bytes of everything since the last `finish`.
  package func finish() -> CompactConfigurations {
    defer { reset() }
    guard !body.isEmpty else { return .none }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(names.count + entries.count * 3 + body.count + 6)
    bytes.append(1)
    Self.append(entries.count, to: &bytes)
    var before: Entry?
    for entry in entries {
      let isSame = before.map { isSameVendor($0, entry) } ?? false
      let part: UInt8 = entry.part == .application ? 0 : entry.part == .operatingSystem ? 1 : 2
      bytes.append(part | (entry.isVulnerable ? 4 : 0) | (isSame ? 8 : 0))
      if !isSame {
        Self.append(entry.vendorCount, to: &bytes)
        bytes.append(contentsOf: names[entry.start..<(entry.start + entry.vendorCount)])
      }
      Self.append(entry.productCount, to: &bytes)
      let product = entry.start + entry.vendorCount
      bytes.append(contentsOf: names[product..<(product + entry.productCount)])
      before = entry
    }
    bytes.append(contentsOf: body)
    return CompactConfigurations(bytes: bytes)
  }

  /// One criterion given by values.
  package func add(_ criterion: Criterion) {
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: criterion.name.product.vendor.utf8)
    let vendorCount = scratch.count
    scratch.append(contentsOf: criterion.name.product.product.utf8)
    let index = intern(criterion.name.product.part, vendorCount, criterion.isVulnerable)
    previous.removeAll(keepingCapacity: true)
    let range = criterion.range
    let head = writeHead(
      index,
      isVulnerable: criterion.isVulnerable,
      version: Self.code(criterion.name.version),
      hasLower: range?.lower != nil,
      hasUpper: range?.upper != nil
    )
    if case .value(let text) = criterion.name.version { append(text) }
    for bound in [range?.lower, range?.upper].compactMap(\.self) {
      Self.append(bound.version.utf8.count << 1 | (bound.isIncluded ? 1 : 0), to: &body)
      body.append(contentsOf: bound.version.utf8)
    }
    let values = CPEName.attributesBehindVersion.map { criterion.name[keyPath: $0] }
    guard values.contains(where: { $0 != .any }) else { return }
    body[head] |= 0x40
    var mask: UInt8 = 0
    for (bit, value) in values.enumerated() where value != .any { mask |= 1 << UInt8(bit) }
    body.append(mask)
    for value in values {
      switch value {
      case .any: continue
      case .notApplicable: body.append(0)
      case .unknown: body.append(1)
      case .value(let text):
        Self.append(text.utf8.count + 2, to: &body)
        body.append(contentsOf: text.utf8)
      }
    }
  }

  /// One end of a range, as the feed writes it.
  typealias Bound = (text: UnsafeBufferPointer<UInt8>, isIncluded: Bool)

  /// One criterion given by a CPE 2.3 formatted string (vuln.md P1), written without making values of it. False, and
  /// nothing written, where it is none.
  func add(
    cpe: UnsafeBufferPointer<UInt8>,
    isVulnerable: Bool,
    lower: Bound?,
    upper: Bound?
  ) -> Bool {
    guard let count = CPEText.split(cpe, into: ends), count >= 5, let base = cpe.baseAddress,
      let part = Part(rawValue: base[8]), ends[2] == 9
    else { return false }
    let named = UnsafeBufferPointer(rebasing: cpe[8..<ends[4]])
    let index: Int
    if current >= 0, named.count == previous.count, memcmp(base + 8, previous, named.count) == 0 {
      index = current
      if isVulnerable { entries[index].isVulnerable = true }
    } else {
      scratch.removeAll(keepingCapacity: true)
      CPEText.append(UnsafeBufferPointer(rebasing: cpe[10..<ends[3]]), to: &scratch)
      let vendorCount = scratch.count
      CPEText.append(UnsafeBufferPointer(rebasing: cpe[(ends[3] + 1)..<ends[4]]), to: &scratch)
      guard vendorCount > 0, scratch.count > vendorCount else { return false }
      index = intern(part, vendorCount, isVulnerable)
      previous.removeAll(keepingCapacity: true)
      previous.append(contentsOf: named)
    }
    let version = count > 5 ? UnsafeBufferPointer(rebasing: cpe[(ends[4] + 1)..<ends[5]]) : CPEText.anyField
    let code = CPEText.code(version)
    let head = writeHead(
      index,
      isVulnerable: isVulnerable,
      version: code,
      hasLower: lower != nil,
      hasUpper: upper != nil
    )
    if code == 2 { appendValue(version, extra: 0) }
    if let lower { append(lower) }
    if let upper { append(upper) }
    appendAttributes(cpe, count, head)
    return true
  }

  // MARK: - Pieces

  private func reset() {
    entries.removeAll(keepingCapacity: true)
    names.removeAll(keepingCapacity: true)
    body.removeAll(keepingCapacity: true)
    previous.removeAll(keepingCapacity: true)
    if slots.count > 4096 { slots = Array(repeating: 0, count: 64) }
    slots.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
    current = -1
  }

  private func isSameVendor(_ left: Entry, _ right: Entry) -> Bool {
    left.vendorCount == right.vendorCount
      && names.withUnsafeBufferPointer { bytes in
        bytes.baseAddress.map { memcmp($0 + left.start, $0 + right.start, left.vendorCount) == 0 } ?? true
      }
  }

  /// The index of the product whose vendor and product stand in `scratch`.
  private func intern(_ part: Part, _ vendorCount: Int, _ isVulnerable: Bool) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ UInt64(part.rawValue) ^ UInt64(vendorCount) << 8
    scratch.withUnsafeBufferPointer { for byte in $0 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 } }
    var slot = Int(truncatingIfNeeded: hash >> 20) & (slots.count - 1)
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if isEntry(index, hash, part, vendorCount) {
        if isVulnerable { entries[index].isVulnerable = true }
        return index
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    let entry = Entry(
      part: part,
      start: names.count,
      vendorCount: vendorCount,
      productCount: scratch.count - vendorCount,
      hash: hash,
      isVulnerable: isVulnerable
    )
    names.append(contentsOf: scratch)
    entries.append(entry)
    slots[slot] = Int32(entries.count)
    if entries.count * 2 > slots.count { widen() }
    return entries.count - 1
  }

  private func isEntry(_ index: Int, _ hash: UInt64, _ part: Part, _ vendorCount: Int) -> Bool {
    let entry = entries[index]
    guard entry.hash == hash, entry.part == part, entry.vendorCount == vendorCount,
      entry.vendorCount + entry.productCount == scratch.count
    else { return false }
    return names.withUnsafeBufferPointer { bytes in
      bytes.baseAddress.map { memcmp($0 + entry.start, scratch, scratch.count) == 0 } ?? true
    }
  }

  private func widen() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for (index, entry) in entries.enumerated() {
      var slot = Int(truncatingIfNeeded: entry.hash >> 20) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(index + 1)
    }
  }

  /// Where the byte stands.
  private func writeHead(_ index: Int, isVulnerable: Bool, version: UInt8, hasLower: Bool, hasUpper: Bool) -> Int {
    let isSame = index == current
    current = index
    var head: UInt8 = 0x80 | version << 2
    if isVulnerable { head |= 1 }
    if isSame { head |= 2 }
    if hasLower { head |= 0x10 }
    if hasUpper { head |= 0x20 }
    body.append(head)
    if !isSame { Self.append(index, to: &body) }
    return body.count - (isSame ? 1 : 1 + Self.length(index))
  }

  private func appendAttributes(_ cpe: UnsafeBufferPointer<UInt8>, _ count: Int, _ head: Int) {
    guard count > 6 else { return }
    // Nearly all end in `:*:*:*:*:*:*:*`, of fourteen bytes.
    if count == 13, cpe.count - ends[5] == 14 {
      var isAny = true
      for at in ends[5]..<cpe.count where cpe[at] != UInt8(ascii: ":") && cpe[at] != UInt8(ascii: "*") { isAny = false }
      if isAny { return }
    }
    var mask: UInt8 = 0
    for field in 6..<count where CPEText.code(cpe, ends[field - 1] + 1, ends[field]) != 0 {
      mask |= 1 << UInt8(field - 6)
    }
    guard mask != 0 else { return }
    body[head] |= 0x40
    body.append(mask)
    for field in 6..<count {
      let text = UnsafeBufferPointer(rebasing: cpe[(ends[field - 1] + 1)..<ends[field]])
      switch CPEText.code(text) {
      case 0: continue
      case 1: body.append(0)
      default: appendValue(text, extra: 2)
      }
    }
  }

  /// A field of a CPE, unescaped and in lower case, with its length.
  private func appendValue(_ field: UnsafeBufferPointer<UInt8>, extra: Int) {
    scratch.removeAll(keepingCapacity: true)
    CPEText.append(field, to: &scratch)
    Self.append(scratch.count + extra, to: &body)
    body.append(contentsOf: scratch)
  }

  private func append(_ bound: Bound) {
    Self.append(bound.text.count << 1 | (bound.isIncluded ? 1 : 0), to: &body)
    body.append(contentsOf: bound.text)
  }

  private func append(_ text: String) {
    Self.append(text.utf8.count, to: &body)
    body.append(contentsOf: text.utf8)
  }

  private static func code(_ value: CPEValue) -> UInt8 {
    switch value {
    case .any: 0
    case .notApplicable: 1
    case .value: 2
    case .unknown: 3
    }
  }

  private static func length(_ number: Int) -> Int {
    var rest = number >> 7
    var length = 1
    while rest > 0 {
      length += 1
      rest >>= 7
    }
    return length
  }

  private static func append(_ number: Int, to bytes: inout [UInt8]) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7f) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
