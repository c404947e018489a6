/// Cisco IOS, IOS XE and NX-OS: `15.2(4)M6`, `12.2(33)SXI4a`, `3.16.5S`, `7.0(3)I7(10)`. The first letters are the train,
/// and trains are not ordered against each other: what is fixed in one says nothing of another.
enum TrainOrder {
  static func compare(
    _ bytes: UnsafeBufferPointer<UInt8>,
    _ span: VersionSpan,
    _ otherBytes: UnsafeBufferPointer<UInt8>,
    _ otherSpan: VersionSpan
  ) -> VersionOrder {
    let train = train(bytes, span)
    let otherTrain = self.train(otherBytes, otherSpan)
    switch (train, otherTrain) {
    case (nil, nil): break
    case (let train?, let otherTrain?): if train.compareWord(otherTrain) != .equal { return .unknown }
    default: return .unknown
    }
    var left = VersionCursor(bytes, span)
    var right = VersionCursor(otherBytes, otherSpan)
    return GenericOrder.compare(&left, &right, lettersArePatches: true)
  }

  /// The word that names the train, nil where there is none: from IOS XE 16 on a letter is a rebuild.
  private static func train(_ bytes: UnsafeBufferPointer<UInt8>, _ span: VersionSpan) -> VersionCursor? {
    var cursor = VersionCursor(bytes, span)
    let major = cursor.number ?? 0
    while cursor.kind == .number { cursor.advance() }
    guard cursor.kind == .word else { return nil }
    // 15.2(4a) rebuilds a release of the main line: the letter stands inside the brackets.
    if cursor.end < span.end, bytes[cursor.end] == 41 {
      cursor.advance()
      while cursor.kind == .number { cursor.advance() }
      guard cursor.kind == .word else { return nil }
      return cursor
    }
    return major >= 16 && cursor.wordLength == 1 ? nil : cursor
  }
}
