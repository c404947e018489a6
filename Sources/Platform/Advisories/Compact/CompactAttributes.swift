extension CompactCriterion {
  /// The attributes behind the version that are not ANY, each with its bit of `attributeMask`.
  package var attributeValues: [(bit: Int, value: CPEValue)] {
    var values: [(bit: Int, value: CPEValue)] = []
    guard attributeMask != 0, let attributes else { return values }
    var reader = CompactBytes(attributes)
    for bit in 0..<7 where attributeMask & (1 << UInt8(bit)) != 0 {
      guard let length = reader.number() else { break }
      switch length {
      case 0: values.append((bit, .notApplicable))
      case 1: values.append((bit, .unknown))
      default:
        guard let text = reader.text(length - 2) else { return values }
        values.append((bit, .value(String(decoding: text, as: UTF8.self))))
      }
    }
    return values
  }
}
