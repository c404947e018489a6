/// A dictionary that forgets what was not used for longest. Prepared statements live in one.
package struct RecentlyUsed<Value> {
  package let capacity: Int
  private var entries: [String: (value: Value, used: UInt64)] = [:]
  private var moment: UInt64 = 0

  package init(capacity: Int) { self.capacity = capacity }

  package var count: Int { entries.count }

  package mutating func value(_ key: String) -> Value? {
    guard let index = entries.index(forKey: key) else { return nil }
    moment += 1
    entries.values[index].used = moment
    return entries.values[index].value
  }

  /// Keeps `value`, and answers what had to go: an eighth of the capacity at once, so that going is rare.
  package mutating func insert(_ value: Value, for key: String) -> [Value] {
    moment += 1
    entries[key] = (value, moment)
    guard entries.count > capacity else { return [] }
    let oldest = entries.sorted { $0.value.used < $1.value.used }.prefix(entries.count - capacity + capacity / 8)
    for entry in oldest { entries[entry.key] = nil }
    return oldest.map(\.value.value)
  }

  package mutating func remove(_ key: String) -> Value? { entries.removeValue(forKey: key)?.value }

  package mutating func removeAll() { entries = [:] }
}
