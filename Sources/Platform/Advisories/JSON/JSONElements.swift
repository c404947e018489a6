/// The values of an array, in order.
package struct JSONElements: Sequence, IteratorProtocol {
  private let tape: UnsafePointer<UInt64>?
  private let strings: UnsafePointer<UInt8>?
  private var place: Int
  private let end: Int

  @inline(__always)
  init(_ tape: UnsafePointer<UInt64>?, _ strings: UnsafePointer<UInt8>?, _ place: Int, _ end: Int) {
    self.tape = tape
    self.strings = strings
    self.place = place
    self.end = end
  }

  /// For what is missing.
  static var nothing: JSONElements {
    JSONElements(nil, nil, 0, 0)
  }

  @inline(__always)
  package mutating func next() -> JSONValue? {
    guard place < end, let tape, let strings else { return nil }
    let value = JSONValue(tape, strings, place)
    place = value.next
    return value
  }
}
