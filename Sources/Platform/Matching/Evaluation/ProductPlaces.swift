import Advisories

/// Where components stand by the hash of their product's name, hardware apart from what runs on it. One block without
/// references: a comparison asks it for each product of each advisory, and hardly ever finds any.
struct ProductPlaces: Sendable {
  private struct Slot {
    var hash: UInt64 = 0
    var start: Int32 = 0
    /// As `start` where nothing is kept here.
    var end: Int32 = 0
  }

  private let slots: [Slot]
  /// Indices of components; those of one product stand together, ascending.
  let components: [Int]

  /// The components by `hash(_:_:)`.
  init(_ found: [UInt64: [Int]]) {
    var size = 8
    // At least half stays free, so that a search ends soon.
    while size < 2 * found.count { size *= 2 }
    var slots = [Slot](repeating: Slot(), count: size)
    var components: [Int] = []
    for (hash, indices) in found where !indices.isEmpty {
      var at = Int(truncatingIfNeeded: hash) & (size - 1)
      while slots[at].start != slots[at].end { at = (at + 1) & (size - 1) }
      slots[at] = Slot(hash: hash, start: Int32(components.count), end: Int32(components.count + indices.count))
      components += indices
    }
    self.slots = slots
    self.components = components
  }

  /// Hardware never stands for what runs on it (A1).
  static func hash(_ part: Part, _ name: UInt64) -> UInt64 {
    part == .hardware ? name ^ 0x9e37_79b9_7f4a_7c15 : name
  }

  /// Where in `components` those of a product are.
  func places(_ hash: UInt64) -> Range<Int> {
    slots.withUnsafeBufferPointer { slots in
      let last = slots.count - 1
      var at = Int(truncatingIfNeeded: hash) & last
      while slots[at].start != slots[at].end {
        if slots[at].hash == hash { return Int(slots[at].start)..<Int(slots[at].end) }
        at = (at + 1) & last
      }
      return 0..<0
    }
  }
}
